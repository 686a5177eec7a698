/** The board that ranks in a phase now: its own where it has another than the rest of its competition. */
import type { Competition, Phase } from "./api/shapes";

export function boardOf(
  { leaderboard, phases }: Pick<Competition, "leaderboard" | "phases">,
  phase: Phase | string | undefined | null,
): Competition["leaderboard"] {
  const found = typeof phase === "string" ? phases.find(({ id }) => id === phase) : phase;
  return found?.leaderboard ?? leaderboard;
}
