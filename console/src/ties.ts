/** Which rows of a board are equal, and what tells those apart that are equal in the column that ranks. Pure. */
import type { Leaderboard, Row } from "./api/shapes";
import { score } from "./format";

/** What there is to say of a row whose score others have as well. */
export interface Tie {
  /** How many others share its rank; 0: none does. */
  others: number;
  /** False where there may be more of them among the rows that are not here. */
  isCounted: boolean;
  /** The key of the column by which it is behind one of the same score; `UNSEEN` for what no reader sees, and `ROUNDED`. */
  by: string | null;
}

/** A column of the organizers' own decides. */
export const UNSEEN = "";
/** Both show the same score, which differs in digits that are not shown. */
export const ROUNDED = "…";

type Ranked = Pick<Row, "rank" | "submission" | "scores">;

/** By submission; `rows` in their order, and those behind them not here when there are fewer than `count`. */
export function tiesOf(
  rows: readonly Ranked[],
  { columns, tie_breaks, count }: Pick<Leaderboard, "columns" | "tie_breaks" | "count">,
): ReadonlyMap<string, Tie> {
  const primary = columns.find((column) => column.primary);
  const found = new Map<string, Tie>();
  if (!primary) return found;
  const by = (one: Ranked, other: Ranked | undefined): string | null => {
    const [own, its] = [one.scores[primary.key] ?? NaN, other?.scores[primary.key] ?? NaN];
    if (other?.rank == null) return null;
    if (own !== its) return looksEqual(own, its, primary.precision) ? ROUNDED : null;
    return tie_breaks.find((key) => (one.scores[key] ?? null) !== (other.scores[key] ?? null)) ?? UNSEEN;
  };
  for (const [from, to] of runs(rows)) {
    const first = rows[from];
    if (first?.rank == null) continue;
    const isCounted = to < rows.length || rows.length >= count;
    const tie = { others: to - from - 1, isCounted, by: by(first, rows[from - 1]) };
    if (tie.others > 0 || tie.by !== null) for (const { submission } of rows.slice(from, to)) found.set(submission, tie);
  }
  return found;
}

/** Of 100,000 rows few are near enough to be worth rounding. */
function looksEqual(one: number, other: number, precision: number): boolean {
  return Math.abs(one - other) < 10 ** -precision && score(one, precision) === score(other, precision);
}

/** Where each run of rows of one rank begins and ends. */
function* runs(rows: readonly Ranked[]): Generator<[number, number]> {
  let from = 0;
  for (let to = 1; to <= rows.length; to += 1) {
    if (rows[to]?.rank === rows[from]?.rank && to < rows.length) continue;
    yield [from, to];
    from = to;
  }
}
