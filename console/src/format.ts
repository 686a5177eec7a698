/** Values as people read them, in their language. The clock is passed in. */
import type { Column, CompetitionCard, Phase } from "./api/shapes";
import { locale, number, t } from "./words/words";

const MINUS = "\u2212";

export type State = "draft" | "upcoming" | "open" | "closed" | "archived";

/** A score with the column's number of decimals; null when there is none. */
export function score(value: number | null | undefined, precision: number): string | null {
  if (value === null || value === undefined) return null;
  const text = value.toFixed(Math.min(Math.max(precision, 0), 20));
  // Rounding to zero must not leave a sign: "-0.00" reads as a score of its own.
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", MINUS);
}

export function direction(sorting: Column["sorting"]): { arrow: string; words: string } {
  return sorting === "asc" ? { arrow: "\u2193", words: t("values.lower") } : { arrow: "\u2191", words: t("values.higher") };
}

/** Bytes, as people say them. */
export function size(bytes: number): string {
  if (bytes < 1000) return t("values.bytes", { count: bytes });
  const units = ["values.kB", "values.MB", "values.GB"] as const;
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false };
  return t(units[power - 1] ?? "values.GB", { number: number(bytes / 1000 ** power, digits) });
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
  return date.toLocaleString(locale(), options);
}

export function clock(date: Date, timeZone?: string): string {
  return date.toLocaleTimeString(locale(), { timeZone });
}

/**
 * An instant that decides something: `1 Dec 2026, 08:00 your time (00:00 UTC)`. As an `end`, midnight belongs to the day that
 * is over: `30 Nov 2026, 24:00 UTC`.
 */
export function instant(at: string, end = false, timeZone?: string): string {
  const [own, utc] = [clockOf(at, timeZone), clockOf(at, "UTC")];
  const { day, time } = end && own.time === "00:00" ? endOfDay(at, timeZone) : own;
  if (own.day === utc.day && own.time === utc.time) return t("time.utc", { day, time });
  const there = own.day === utc.day ? utc.time : `${utc.day.replace(/ \d+$/, "")}, ${utc.time}`;
  return t("time.own", { day, time, utc: there });
}

/** `2 days 3 h`, `5 h`, `12 min`: how long it is until then; empty when it is over. */
export function left(until: string, now: Date): string {
  const minutes = Math.ceil((new Date(until).getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return "";
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days >= 3) return t("time.days", { count: days });
  if (days > 0)
    return [t("time.days", { count: days }), hours > 0 ? t("time.hours", { hours }) : ""].filter(Boolean).join(" ");
  return minutes >= 180 ? t("time.hours", { hours }) : t("time.minutes", { minutes });
}

/** Everything about an instant, for who points at it. */
export function precisely(at: string, timeZone?: string): string {
  const own = new Date(at).toLocaleString(locale(), { dateStyle: "full", timeStyle: "long", timeZone });
  return `${own}; ${new Date(at).toISOString().replace(".000Z", "Z")}`;
}

function clockOf(at: string, timeZone?: string): { day: string; time: string } {
  const date = new Date(at);
  const second = date.getUTCSeconds() ? "2-digit" : undefined;
  return {
    day: date.toLocaleDateString(locale(), { day: "numeric", month: "short", year: "numeric", timeZone }),
    time: date.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", second, hourCycle: "h23", timeZone }),
  };
}

function endOfDay(at: string, timeZone?: string): { day: string; time: string } {
  return { day: clockOf(new Date(new Date(at).getTime() - 1000).toISOString(), timeZone).day, time: "24:00" };
}

type Stated = Pick<CompetitionCard, "published" | "starts_at" | "ends_at"> & Partial<Pick<CompetitionCard, "archived">>;

export function stateOf(competition: Stated, now: Date): State {
  if (!competition.published) return "draft";
  if (competition.archived) return "archived";
  if (new Date(competition.starts_at) > now) return "upcoming";
  return competition.ends_at !== null && new Date(competition.ends_at) <= now ? "closed" : "open";
}

/** The phase whose board is shown first: the open one, else the last that was open, else the first. */
export function currentPhase(phases: readonly Phase[]): Phase | undefined {
  const begun = phases.filter((phase) => phase.state !== "upcoming");
  return begun.find((phase) => phase.state === "open") ?? begun.at(-1) ?? phases[0];
}
