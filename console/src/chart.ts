/** Where the marks of a chart of scores over time stand. Pure, so that it can be tried without a browser. */
import type { Point } from "./api/shapes";

export interface Plot {
  /** Each submission's score. */
  dots: { x: number; y: number }[];
  /** The best until then, as the path of a line that goes on level until somebody does better. */
  best: string;
  /** The lines across, from the top: how high, and of which score. */
  rules: { y: number; value: number }[];
}

/** Points, the oldest first, in a field of this size. Higher scores stand higher, whichever way is better. */
export function plot(points: readonly Point[], width: number, height: number): Plot {
  const times = points.map(({ submitted_at }) => Date.parse(submitted_at));
  const scores = points.map(({ score }) => score);
  const low = Math.min(...scores);
  const high = Math.max(...scores);
  const x = scale(Math.min(...times), Math.max(...times), 0, width);
  const y = scale(low, high, height, 0);
  const values = high > low ? [high, (high + low) / 2, low] : [high];
  return {
    dots: points.map(({ score }, at) => ({ x: x(times[at] ?? 0), y: y(score) })),
    best: steps(
      points.map(({ best }, at) => ({ x: x(times[at] ?? 0), y: y(best) })),
      width,
    ),
    rules: values.map((value) => ({ y: y(value), value })),
  };
}

/** Of a single value the middle is taken. */
function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => round(from === to ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start));
}

function steps(corners: readonly { x: number; y: number }[], width: number): string {
  const [first, ...rest] = corners;
  return first ? `M${first.x} ${first.y}${rest.map(({ x, y }) => `H${x}V${y}`).join("")}H${width}` : "";
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
