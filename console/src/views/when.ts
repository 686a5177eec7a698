/** Instants as people read them, each with what machines and the curious read. */
import { html, nothing, type TemplateResult } from "lit";
import { instant, left, moment, precisely } from "../format";
import { t } from "../words/words";

/** When something happened. */
export function when(at: string, now = new Date()): TemplateResult {
  return html`<time datetime=${at} title=${precisely(at)}>${moment(at, now)}</time>`;
}

/** When something begins or ends, in the reader's time and in UTC. */
function deadline(at: string, end = false): TemplateResult {
  return html`<time datetime=${at} title=${precisely(at)}>${instant(at, end)}</time>`;
}

/** Until when something holds, and how long that still is. */
export function until(at: string, now = new Date()): TemplateResult {
  const time = left(at, now);
  return html`${deadline(at, true)}${rest(time && t("time.left", { time }))}`;
}

interface Dates {
  starts_at: string;
  ends_at: string | null;
}

export function beginning({ starts_at }: Dates): TemplateResult {
  const until = left(starts_at, new Date());
  return html`${until ? t("time.begins") : t("time.began")} ${deadline(starts_at)}${rest(until && t("time.in", { time: until }))}`;
}

export function ending({ starts_at, ends_at }: Dates): TemplateResult {
  const now = new Date();
  if (ends_at === null) return html`${t("time.endless")}`;
  const until = left(ends_at, now);
  const isBegun = new Date(starts_at) <= now;
  return html`${until ? t("time.ends") : t("time.ended")} ${deadline(ends_at, true)}${rest(isBegun && until && t("time.left", { time: until }))}`;
}

/** What matters of a competition now: when it begins, or else when it ends or has ended. */
export function next(dates: Dates): TemplateResult {
  return new Date(dates.starts_at) > new Date() ? beginning(dates) : ending(dates);
}

function rest(time: string | false): TemplateResult | typeof nothing {
  return time ? html`, <b>${time}</b>` : nothing;
}
