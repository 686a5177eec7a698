/** The board that ranks in a phase now: its own where it has another than the rest of its competition. */
import type { Column, Competition, Phase } from "./api/shapes";
import { score } from "./format";

export function boardOf(
  { leaderboard, phases }: Pick<Competition, "leaderboard" | "phases">,
  phase: Phase | string | undefined | null,
): Competition["leaderboard"] {
  const found = typeof phase === "string" ? phases.find(({ id }) => id === phase) : phase;
  return found?.leaderboard ?? leaderboard;
}

/** The columns that scores stand in: an error stands behind its score, and in none of its own. */
export function scoresOf(columns: readonly Column[]): Column[] {
  return columns.filter(({ error_of: of }) => of === null);
}

/** A score as it is shown, with its error where it has one, such as 0.85 ± 0.02; null when there is none. */
export function scored(
  scores: Readonly<Record<string, number | null>>,
  column: Column,
  columns: readonly Column[],
): string | null {
  const text = score(scores[column.key], column.precision);
  const of = columns.find(({ error_of: key }) => key === column.key);
  const error = of && score(scores[of.key], of.precision);
  return text !== null && error != null ? `${text}\u00a0±\u00a0${error}` : text;
}
