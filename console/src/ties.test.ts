import { expect, test } from "vitest";
import type { Leaderboard } from "./api/shapes";
import { ROUNDED, tiesOf, UNSEEN } from "./ties";

type Given = Parameters<typeof tiesOf>[0][number];

const COLUMNS = [
  { key: "accuracy", primary: true, precision: 2 },
  { key: "seconds", primary: false, precision: 2 },
] as Leaderboard["columns"];

function row(rank: number | null, accuracy: number | null, seconds: number | null = 1): Given {
  return { rank, submission: `${rank} ${accuracy} ${seconds} ${(made += 1)}`, scores: { accuracy, seconds } };
}
let made = 0;

function told(rows: Given[], count = rows.length, tie_breaks = ["seconds"]) {
  const found = tiesOf(rows, { columns: COLUMNS, tie_breaks, count });
  return rows.map(({ submission }) => found.get(submission));
}

test("of rows that differ in the column that ranks nothing is said", () => {
  expect(told([row(1, 0.9), row(2, 0.8), row(3, 0.7)])).toEqual([undefined, undefined, undefined]);
});

test("rows of one rank are tied, each with all others", () => {
  const [first, second, third, fourth] = told([row(1, 0.9), row(1, 0.9), row(1, 0.9), row(4, 0.5)]);
  expect([first, second, third]).toEqual(Array(3).fill({ others: 2, isCounted: true, by: null }));
  expect(fourth).toBeUndefined();
});

test("equal scores of two ranks were told apart by the next column that differs, which the one behind says", () => {
  const [first, second, third, fourth] = told([row(1, 0.9, 1), row(2, 0.9, 2), row(2, 0.9, 2), row(4, 0.9, null)]);
  expect(first).toBeUndefined();
  expect([second, third]).toEqual(Array(2).fill({ others: 1, isCounted: true, by: "seconds" }));
  expect(fourth).toEqual({ others: 0, isCounted: true, by: "seconds" });
});

test("what no column that is shown tells apart was told apart by one that is not", () => {
  expect(told([row(1, 0.9, 1), row(2, 0.9, 1)]).map((tie) => tie?.by)).toEqual([undefined, UNSEEN]);
  expect(told([row(1, 0.9, 1), row(2, 0.9, 2)], 2, []).map((tie) => tie?.by)).toEqual([undefined, UNSEEN]);
});

test("scores that only look equal differ in digits that are not shown", () => {
  expect(told([row(1, 0.902), row(2, 0.901), row(3, 0.5)]).map((tie) => tie?.by)).toEqual([undefined, ROUNDED, undefined]);
});

test("how many are tied is not known while rows behind them are not here", () => {
  const here = [row(1, 0.9), row(2, 0.5), row(2, 0.5)];
  expect(told(here, 10)[2]).toEqual({ others: 1, isCounted: false, by: null });
  expect(told([...here, row(4, 0.1)], 10)[2]?.isCounted).toBe(true);
});

test("who has no rank is tied with nobody", () => {
  expect(told([row(1, 0.9), row(null, null), row(null, null)])).toEqual([undefined, undefined, undefined]);
});
