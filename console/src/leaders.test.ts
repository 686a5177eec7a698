import { expect, test } from "vitest";
import { bestAt, instantAt, instantsOf, linesOf, placeOf } from "./leaders";

const point = (day: number, best: number) => ({
  submission: `s${day}`,
  submitted_at: `2026-11-0${day}T00:00:00Z`,
  score: best,
  best,
});
const day = (number: number): number => Date.parse(`2026-11-0${number}T00:00:00Z`);
const ADA = { points: [point(1, 0), point(3, 0.5)] };
const GRACE = { points: [point(2, 1), point(5, 2)] };

test("each line is level until its next step, and goes on to the last time of all", () => {
  const { paths, rules } = linesOf([ADA, GRACE], { width: 100, height: 40 });
  expect(paths).toEqual(["M0 40H50V30H100", "M25 20H100V0H100"]);
  expect(rules).toEqual([
    { y: 0, value: 2 },
    { y: 20, value: 1 },
    { y: 40, value: 0 },
  ]);
});

test("what somebody had at a time is their best until then, and nothing before their first", () => {
  expect([1, 2, 4].map((at) => bestAt(ADA, day(at)))).toEqual([0, 0, 0.5]);
  expect([1, 2, 5].map((at) => bestAt(GRACE, day(at)))).toEqual([null, 1, 2]);
});

test("times and places are made of each other, within what there is", () => {
  const instants = instantsOf([ADA, GRACE]);
  expect(instants).toEqual([1, 2, 3, 5].map(day));
  expect(placeOf(day(3), instants, 100)).toBe(50);
  expect([instantAt(50, instants, 100), instantAt(-7, instants, 100), instantAt(300, instants, 100)]).toEqual(
    [3, 1, 5].map(day),
  );
});

test("of one time and one score a line stands in the middle", () => {
  expect(linesOf([{ points: [point(1, 3)] }], { width: 100, height: 40 })).toEqual({
    paths: ["M0 20H100"],
    rules: [{ y: 20, value: 3 }],
  });
  expect(linesOf([], { width: 100, height: 40 })).toEqual({ paths: [], rules: [] });
});
