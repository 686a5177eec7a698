/** How good one score is beside one's others. Pure. */
import type { Column, Submission } from "./api/shapes";

export interface Compared {
  /** Positive: better, in the column's own direction. */
  by: number;
}

export type Scored = Pick<Submission, "id" | "status" | "scores" | "removed_at">;

/** How much better a submission is than the best of the others by one column; null where there is no other, or no score. */
export function beside(
  its: Scored,
  others: readonly Scored[],
  { key, sorting }: Pick<Column, "key" | "sorting">,
): Compared | null {
  const own = its.scores[key];
  const scores = others
    .filter(({ id, status, removed_at }) => id !== its.id && status === "Finished" && removed_at === null)
    .flatMap(({ scores }) => scores[key] ?? []);
  if (own === undefined || scores.length === 0) return null;
  const best = sorting === "asc" ? Math.min(...scores) : Math.max(...scores);
  return { by: sorting === "asc" ? best - own : own - best };
}
