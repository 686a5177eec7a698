import { expect, test } from "vitest";
import { beside } from "./best";

const one = (id: string, a: number | undefined, status = "Finished", removed_at: string | null = null) =>
  ({ id, status, removed_at, scores: a === undefined ? {} : { a } }) as Parameters<typeof beside>[0];
const up = { key: "a", sorting: "desc" } as const;
const down = { key: "a", sorting: "asc" } as const;

test("a score is told beside the best of one's others, in the direction in which the board ranks", () => {
  const others = [one("1", 2), one("2", 5), one("3", 9, "Failed"), one("4", 9, "Finished", "2026-01-01T00:00:00Z")];
  expect(beside(one("x", 6), others, up)).toEqual({ by: 1 });
  expect(beside(one("x", 6), others, down)).toEqual({ by: -4 });
  expect(beside(one("2", 5), others, up)).toEqual({ by: 3 });
});

test("without another, or without a score, there is nothing to tell", () => {
  expect(beside(one("x", 6), [one("x", 6)], up)).toBeNull();
  expect(beside(one("x", undefined), [one("1", 2)], up)).toBeNull();
});
