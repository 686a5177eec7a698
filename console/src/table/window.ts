/** Which of many rows are drawn: those in sight, and some before and behind them. */
export interface Slice {
  from: number;
  to: number;
}

/** So many rows are all drawn, in the page itself; more scroll in a frame of their own. */
export const WHOLE = 150;
/** Drawn beyond what is in sight, so that quick scrolling and the tabulator find something. */
const MARGIN = 12;

/** From `top` on `height` pixels are in sight, of `count` rows of `each` pixels. Borders move by ten, not with each pixel. */
export function slice(count: number, top: number, height: number, each: number): Slice {
  if (count <= WHOLE) return { from: 0, to: count };
  const first = Math.floor(Math.max(top, 0) / each);
  const seen = Math.ceil(Math.max(height, each) / each);
  const from = Math.max(0, Math.floor((first - MARGIN) / 10) * 10);
  return { from: Math.min(from, count), to: Math.min(count, Math.ceil((first + seen + MARGIN) / 10) * 10) };
}
