/** Values as people read them. Pure: the clock is passed in. */
import type { Column, CompetitionCard, Phase } from "./api/shapes";

const LOCALE = "en-GB";
const MINUS = "\u2212";

export type State = "draft" | "upcoming" | "open" | "closed";

/** A score with the column's number of decimals; null when there is none. */
export function score(value: number | null | undefined, precision: number): string | null {
  if (value === null || value === undefined) return null;
  const text = value.toFixed(Math.min(Math.max(precision, 0), 20));
  // Rounding to zero must not leave a sign: "-0.00" reads as a score of its own.
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", MINUS);
}

export function direction(sorting: Column["sorting"]): { arrow: string; words: string } {
  return sorting === "asc" ? { arrow: "\u2193", words: "lower is better" } : { arrow: "\u2191", words: "higher is better" };
}

/** Bytes, as people say them. */
export function size(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  if (power === 0) return count(bytes, "byte", "bytes");
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}

export function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString(LOCALE)} ${number === 1 ? one : many}`;
}

/** `23 Nov, 20:14`, with the year where it is not `now`'s. */
export function moment(instant: string, now: Date, timeZone?: string): string {
  const date = new Date(instant);
  const options: Intl.DateTimeFormatOptions = {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  };
  if (date.getFullYear() !== now.getFullYear()) options.year = "numeric";
  return date.toLocaleString(LOCALE, options);
}

export function clock(date: Date, timeZone?: string): string {
  return date.toLocaleTimeString(LOCALE, { timeZone });
}

/** `1\u201330 Nov 2026`, or `From 1 Nov 2026` where there is no end. */
export function period(startsAt: string, endsAt: string | null, timeZone?: string): string {
  const days = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone });
  const start = new Date(startsAt);
  if (endsAt === null) return `From ${days.format(start)}`;
  const end = new Date(endsAt);
  return end < start ? days.format(start) : days.formatRange(start, end);
}

export function stateOf(competition: Pick<CompetitionCard, "published" | "starts_at" | "ends_at">, now: Date): State {
  if (!competition.published) return "draft";
  if (new Date(competition.starts_at) > now) return "upcoming";
  return competition.ends_at !== null && new Date(competition.ends_at) <= now ? "closed" : "open";
}

/** The phase whose board is shown first: the open one, else the last that was open, else the first. */
export function currentPhase(phases: readonly Phase[]): Phase | undefined {
  const begun = phases.filter((phase) => phase.state !== "upcoming");
  return begun.find((phase) => phase.state === "open") ?? begun.at(-1) ?? phases[0];
}
