/** What is said of submissions, and what is sent to hand one in. Pure: the clock is passed in. */
import type { Complaint } from "./api/problem";
import type { Question, Quota, Submission } from "./api/shapes";
import { count, instant, left, size, type State } from "./format";

type Status = Submission["status"];

/** The chip that a status is shown as, and the words in it. */
export const STATUS: Record<Status, [chip: State | "failed", words: string]> = {
  Submitting: ["draft", "Waits for an organizer"],
  Submitted: ["upcoming", "In line"],
  Preparing: ["upcoming", "Preparing"],
  Running: ["upcoming", "Running"],
  Scoring: ["upcoming", "Scoring"],
  Finished: ["open", "Finished"],
  Failed: ["failed", "Failed"],
  Cancelled: ["closed", "Cancelled"],
};

export const FAULTS: Record<NonNullable<Submission["fault"]>, string> = {
  participant: "It failed because of what was submitted.",
  organizer:
    "It failed because of the competition, not because of your submission. The organizers can mend it and run it again.",
  platform: "It failed because of the platform, not because of your submission.",
};

export function isFinal(status: Status): boolean {
  return status === "Finished" || status === "Failed" || status === "Cancelled";
}

const FIRST_SECONDS = 2;
const LAST_SECONDS = 15;

/** How long until one looks again at what runs: soon after something has changed, then ever later. */
export function pauseSeconds(unchangedMs: number): number {
  return Math.min(FIRST_SECONDS + unchangedMs / 10_000, LAST_SECONDS);
}

/** What is left of each limit, as lines; none where nothing is limited. */
export function allowances(quota: Quota): string[] {
  const left = (of: Quota["today"], when: string): string =>
    of ? `${of.left} of ${count(of.limit, "submission", "submissions")} left ${when}` : "";
  return [
    left(quota.today, "today"),
    left(quota.this_month, "this month"),
    left(quota.in_all, "in all"),
    quota.extra ? `${count(quota.extra, "attempt", "attempts")} of these from the organizers` : "",
    quota.at_once ? `${quota.at_once.left} of ${quota.at_once.limit} at the same time` : "",
    quota.bytes ? `${size(quota.bytes.left)} of ${size(quota.bytes.limit)} left` : "",
    quota.submission_bytes ? `${size(quota.submission_bytes)} at most each` : "",
    quota.interval_seconds ? `one every ${duration(quota.interval_seconds)}` : "",
  ].filter(Boolean);
}

/** Why nothing can be handed in now, in a sentence; empty when it can. */
export function closedBecause({ opens_at, reason }: Quota, now: Date): string {
  if (opens_at === null) return reason || "Nothing can be handed in now.";
  if (new Date(opens_at) <= now) return "";
  return `${reason ? `${reason} ` : ""}The next attempt opens on ${instant(opens_at)}, in ${left(opens_at, now)}.`;
}

/** `90 s`, `5 min`, `2 h`: the largest unit that leaves a whole or fits well. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** What stands in a form's field; empty where there is none. */
export function textIn(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === "string" ? value : "";
}

/** The answers in a form to the questions that its fields `ALL.KEY` ask; what was left empty is not sent. */
export function answersIn(form: FormData, sheet: readonly Question[], all = "fact_sheet"): Record<string, string | boolean> {
  const found: Record<string, string | boolean> = {};
  for (const { key, type } of sheet) {
    const field = `${all}.${key}`;
    const value = textIn(form, field).trim();
    if (type === "checkbox") found[key] = form.has(field);
    else if (value) found[key] = value;
  }
  return found;
}

const METHOD = ["name", "description", "project_url", "publication_url", "code_url", "bibtex"] as const;

/** What a form says of the method, its fields being `method.NAME`. */
export function methodIn(form: FormData): Record<string, string> {
  return Object.fromEntries(
    METHOD.filter((name) => form.has(`method.${name}`)).map((name) => [name, textIn(form, `method.${name}`).trim()]),
  );
}

/** What is said against one field, and not against another whose name begins alike. */
export function against(place: string, complaints: readonly Complaint[]): string {
  return complaints
    .filter((one) => one.place === place || one.place.startsWith(`${place}.`))
    .map(({ message }) => message)
    .join(" ");
}
