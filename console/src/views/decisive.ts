/** An instant that decides something: how long until then, and when that is in UTC and where its reader is. */
import { html, type TemplateResult } from "lit";
import { distance, exactly } from "../deadlines";
import { precisely } from "../format";
import { t } from "../words/words";

type Dates = Readonly<{ starts_at: string; ends_at: string | null }>;

export function opening(at: string, now = new Date()): TemplateResult {
  const words = { distance: distance(at, now) };
  return decisive(new Date(at) > now ? t("deadlines.opens", words) : t("deadlines.opened", words), at);
}

export function closing(at: string | null, now = new Date()): TemplateResult {
  if (at === null) return html`<b>${t("deadlines.endless")}</b>`;
  const words = { distance: distance(at, now) };
  return decisive(new Date(at) > now ? t("deadlines.closes", words) : t("deadlines.closed", words), at);
}

/** From when on boards stay as they are. */
export function freezing(at: string, now = new Date()): TemplateResult {
  const words = { distance: distance(at, now) };
  return decisive(new Date(at) > now ? t("deadlines.freezes", words) : t("deadlines.frozen", words), at);
}

/** Until when something is kept for who reads it. */
export function keeping(at: string, now = new Date()): TemplateResult {
  return decisive(t("deadlines.kept", { distance: distance(at, now) }), at);
}

/** In a sentence: `in 89 days`, and when that is. */
export function remaining(at: string, now = new Date()): TemplateResult {
  return decisive(distance(at, now), at);
}

/** What comes next: the beginning of what has not begun, else the end. */
export function upcoming({ starts_at, ends_at }: Dates, now = new Date()): TemplateResult {
  return new Date(starts_at) > now ? opening(starts_at, now) : closing(ends_at, now);
}

function decisive(words: string, at: string): TemplateResult {
  return html`<span class="decisive"><b>${words}</b> <span aria-hidden="true">·</span> <time datetime=${at} title=${precisely(at)}>${exactly(at)}</time></span>`;
}
