/** The best so far of each of the first of a board: where its lines stand, and what each had at some time. Pure. */
import type { Leaders } from "./api/shapes";

type Leader = Leaders["leaders"][number];
type Steps = Pick<Leader, "points">;

export interface Lines {
  /** The path of each: level until they do better, and on to the last time of all. */
  paths: string[];
  /** The lines across, from the top: how high, and of which score. */
  rules: { y: number; value: number }[];
}

export interface Size {
  width: number;
  height: number;
}

/** The times in milliseconds at which somebody did better, each once, the earliest first. */
export function instantsOf(leaders: readonly Steps[]): number[] {
  const all = leaders.flatMap(({ points }) => points.map(({ submitted_at }) => Date.parse(submitted_at)));
  return [...new Set(all)].sort((a, b) => a - b);
}

/** The best that somebody had by then; null before their first. */
export function bestAt({ points }: Steps, instant: number): number | null {
  return points.findLast(({ submitted_at }) => Date.parse(submitted_at) <= instant)?.best ?? null;
}

/** In a field of this size. Higher scores stand higher, whichever way is better. */
export function linesOf(leaders: readonly Steps[], { width, height }: Size): Lines {
  const instants = instantsOf(leaders);
  const scores = leaders.flatMap(({ points }) => points.map(({ best }) => best));
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const y = (value: number): number => round(high > low ? height - ((value - low) / (high - low)) * height : height / 2);
  const paths = leaders.map(({ points }) => {
    const corners = points.map(({ submitted_at, best }) => ({
      x: placeOf(Date.parse(submitted_at), instants, width),
      y: y(best),
    }));
    const [first, ...rest] = corners;
    return first ? `M${first.x} ${first.y}${rest.map((one) => `H${one.x}V${one.y}`).join("")}H${width}` : "";
  });
  const values = scores.length === 0 ? [] : high > low ? [high, (high + low) / 2, low] : [high];
  return { paths, rules: values.map((value) => ({ y: y(value), value })) };
}

/** How far to the right a time stands. */
export function placeOf(instant: number, instants: readonly number[], width: number): number {
  const [from, to] = [instants[0] ?? 0, instants.at(-1) ?? 0];
  return from === to ? 0 : round(((instant - from) / (to - from)) * width);
}

/** The time at a place; the inverse of `placeOf`, kept within what there is. */
export function instantAt(x: number, instants: readonly number[], width: number): number {
  const [from, to] = [instants[0] ?? 0, instants.at(-1) ?? 0];
  return from + Math.min(Math.max(x / width, 0), 1) * (to - from);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
