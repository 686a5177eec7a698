/** The one thing that somebody can do next in a competition. Pure: the clock is passed in. */
import type { Competition } from "./api/shapes";

/**
 * `sign-in`, `join`: they take no part yet. `waiting`, `denied`: organizers have to decide, or have decided against it.
 * `terms`: others hold since they joined. `submit`: a phase is open. `upcoming`: none is yet. `over`: none will be.
 */
export type NextStep = "sign-in" | "join" | "waiting" | "denied" | "terms" | "submit" | "upcoming" | "over" | "organize";

type Known = Pick<Competition, "my_status" | "terms" | "phases" | "ends_at">;

export function nextStep({ my_status, terms, phases, ends_at }: Known, isSignedIn: boolean, now: Date): NextStep {
  if (my_status === "organizer") return "organize";
  const isOver = ends_at !== null && new Date(ends_at) <= now;
  if (isOver) return "over";
  if (my_status === "denied") return "denied";
  if (my_status === "pending") return "waiting";
  if (my_status !== "approved") return isSignedIn ? "join" : "sign-in";
  if (terms && !terms.accepted) return "terms";
  return phases.some(({ state }) => state === "open") ? "submit" : "upcoming";
}
