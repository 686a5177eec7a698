import { expect, test } from "vitest";
import { plot } from "./chart";

const point = (day: number, score: number, best: number) => ({
  submission: `s${day}`,
  submitted_at: `2026-11-0${day}T00:00:00Z`,
  score,
  best,
});

test("scores stand where their time and height are, and the best goes on level", () => {
  const { dots, best, rules } = plot([point(1, 0.5, 0.5), point(3, 0, 0.5), point(5, 1, 1)], 100, 50);
  expect(dots).toEqual([
    { x: 0, y: 25 },
    { x: 50, y: 50 },
    { x: 100, y: 0 },
  ]);
  expect(best).toBe("M0 25H50V25H100V0H100");
  expect(rules).toEqual([
    { y: 0, value: 1 },
    { y: 25, value: 0.5 },
    { y: 50, value: 0 },
  ]);
});

test("a single submission stands in the middle", () => {
  const { dots, rules } = plot([point(1, 0.5, 0.5)], 100, 50);
  expect(dots).toEqual([{ x: 50, y: 25 }]);
  expect(rules).toEqual([{ y: 25, value: 0.5 }]);
});

test("without submissions nothing is drawn", () => {
  expect(plot([], 100, 50).dots).toEqual([]);
  expect(plot([], 100, 50).best).toBe("");
});
