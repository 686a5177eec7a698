import { expect, test } from "vitest";
import type { Column } from "./api/shapes";
import { scored, scoresOf } from "./board-of";

const SCORE = { key: "accuracy", precision: 2, error_of: null } as Column;
const ERROR = { key: "bar", precision: 3, error_of: "accuracy" } as Column;

test("an error stands behind its score, and in no column of its own", () => {
  expect(scoresOf([SCORE, ERROR])).toEqual([SCORE]);
  expect(scored({ accuracy: 0.9, bar: 0.0125 }, SCORE, [SCORE, ERROR])).toBe("0.90\u00a0±\u00a00.013");
});

test.each([
  [{ accuracy: 0.9 }, "0.90"],
  [{ accuracy: 0.9, bar: null }, "0.90"],
  [{ bar: 0.1 }, null],
] as const)("of %j it says %s", (scores, said) => {
  expect(scored(scores, SCORE, [SCORE, ERROR])).toBe(said);
});
