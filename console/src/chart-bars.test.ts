import { expect, test } from "vitest";
import { columns } from "./chart-bars";

test("bars stand side by side, as high as their values", () => {
  const { shown, most } = columns([0, 3, 4], 300, 100);
  expect(most).toBe(4);
  expect(shown.map(({ y, height }) => [y, height])).toEqual([
    [100, 0],
    [25, 75],
    [0, 100],
  ]);
  expect(shown.map(({ x, width }) => x + width < 300)).toEqual([true, true, true]);
  expect(shown.map(({ x }) => x)).toEqual([12, 112, 212]);
});

test("the most is a number that reads well", () => {
  expect([1, 3, 17, 41, 99].map((value) => columns([value], 10, 10).most)).toEqual([1, 4, 20, 50, 100]);
});

test("nothing happened, or there is no day: no bar has any height", () => {
  expect(columns([0, 0], 100, 50).shown.every(({ height }) => height === 0)).toBe(true);
  expect(columns([], 100, 50)).toEqual({ shown: [], most: 0 });
});
