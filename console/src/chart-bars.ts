/** Where the bars of a chart stand. Pure, so that it can be tried without a browser. */
export interface Bar {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One bar for each value, in a field of this size, and the most that it shows: a number that reads well, above all values. */
export function columns(values: readonly number[], width: number, height: number): { shown: Bar[]; most: number } {
  const most = roundUp(Math.max(0, ...values));
  const step = width / Math.max(values.length, 1);
  const shown = values.map((value, at) => {
    const high = most > 0 ? round((value / most) * height) : 0;
    return { x: round(at * step + step * 0.12), y: round(height - high), width: round(step * 0.76), height: high };
  });
  return { shown, most };
}

/** The next of 1, 2, 4, 5, 10, 20, … : half of it is a whole number, too, from 2 on. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const unit = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 4, 5, 10].find((factor) => factor * unit >= value) ?? 10) * unit;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
