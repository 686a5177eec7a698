/** What is said of submissions, and what is sent to hand one in. Pure: the clock is passed in. */
import type { Complaint } from "./api/problem";
import type { Question, Quota, Submission } from "./api/shapes";
import { instant, left, size, type State } from "./format";
import { number, t } from "./words/words";

type Status = Submission["status"];

/** The chip that a status is shown as. */
export const CHIPS: Record<Status, State | "failed"> = {
  Submitting: "draft",
  Submitted: "upcoming",
  Preparing: "upcoming",
  Running: "upcoming",
  Scoring: "upcoming",
  Finished: "open",
  Failed: "failed",
  Cancelled: "closed",
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
  const { extra, at_once, bytes, submission_bytes, interval_seconds } = quota;
  const left = (limit: "today" | "this_month" | "in_all"): string => {
    const of = quota[limit];
    return of ? t(`quota.${limit}`, { left: of.left, count: of.limit }) : "";
  };
  return [
    left("today"),
    left("this_month"),
    left("in_all"),
    extra ? t("quota.extra", { count: extra }) : "",
    at_once ? t("quota.at_once", { left: at_once.left, limit: at_once.limit }) : "",
    bytes ? t("quota.bytes", { left: size(bytes.left), limit: size(bytes.limit) }) : "",
    submission_bytes ? t("quota.each", { size: size(submission_bytes) }) : "",
    interval_seconds ? t("quota.interval", { time: duration(interval_seconds) }) : "",
  ].filter(Boolean);
}

/** Why nothing can be handed in now, in a sentence; empty when it can. */
export function closedBecause({ opens_at, reason }: Quota, now: Date): string {
  if (opens_at === null) return reason || t("quota.closed");
  if (new Date(opens_at) <= now) return "";
  const next = t("quota.opens", { instant: instant(opens_at), left: left(opens_at, now) });
  return reason ? `${reason} ${next}` : next;
}

/** `90 s`, `5 min`, `2 h`: the largest unit that leaves a whole or fits well. */
export function duration(seconds: number): string {
  if (seconds < 100) return `${number(Number(seconds.toFixed(seconds < 10 ? 1 : 0)))} s`;
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
