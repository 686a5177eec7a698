/** Instants that decide something: how long until then, and when that is, which nobody can misread. The clock is passed in. */
import { locale, t } from "./words/words";

const MINUTE_MS = 60_000;
/** As in `days >= 3`: below it hours say more, below three hours minutes. */
const FEW = 3;

/** `in 89 days`, `in 5 hours`, `3 days ago`. */
export function distance(at: string, now: Date): string {
  const minutes = (new Date(at).getTime() - now.getTime()) / MINUTE_MS;
  const hours = minutes / 60;
  const days = hours / 24;
  const said = new Intl.RelativeTimeFormat(locale(), { numeric: "always" });
  // What is left is not to sound longer than it is.
  if (Math.abs(days) >= FEW) return said.format(Math.trunc(days), "day");
  if (Math.abs(hours) >= FEW) return said.format(Math.trunc(hours), "hour");
  return said.format(minutes > 0 ? Math.ceil(minutes) : Math.trunc(minutes), "minute");
}

/** `Sat 27 Feb 2027, 00:00 UTC (26 Feb, 16:00 your time)`; without the bracket for who lives by UTC. */
export function exactly(at: string, timeZone?: string): string {
  const date = new Date(at);
  const day = date
    .toLocaleDateString(locale(), { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })
    .replace(/,(?= \d)/, "");
  const utc = t("deadlines.utc", { day, time: clock(date, "UTC") });
  const [ownDay, ownTime] = [dayOf(date, timeZone), clock(date, timeZone)];
  if (ownDay === dayOf(date, "UTC") && ownTime === clock(date, "UTC")) return utc;
  return t("deadlines.both", { utc, day: ownDay, time: ownTime });
}

function dayOf(date: Date, timeZone?: string): string {
  return date.toLocaleDateString(locale(), { day: "numeric", month: "short", timeZone });
}

function clock(date: Date, timeZone?: string): string {
  return date.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });
}
