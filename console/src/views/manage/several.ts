/** Doing one thing to several rows at once, and saying what came of each. */
import { html, type TemplateResult } from "lit";
import { Problem } from "../../api/problem";
import type { BulkResult } from "../../api/shapes";
import { list, t } from "../../words/words";

/** The API takes so many ids in one call. */
const AT_ONCE = 99;

/** Has all of `ids` done, as many at once as may be. */
export async function inBatches(ids: readonly string[], send: (some: string[]) => Promise<BulkResult>): Promise<BulkResult> {
  const done: string[] = [];
  const refused: Record<string, string> = {};
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const result = await send(ids.slice(from, from + AT_ONCE));
    done.push(...result.done);
    Object.assign(refused, result.refused);
  }
  return { done, refused };
}

/** The same by a call for each, one after the other: what one is refused keeps no other from it. */
export async function oneByOne(ids: readonly string[], send: (id: string) => Promise<unknown>): Promise<BulkResult> {
  const done: string[] = [];
  const refused: Record<string, string> = {};
  for (const id of ids) {
    try {
      await send(id);
      done.push(id);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refused[id] = error.detail;
    }
  }
  return { done, refused };
}

/** What came of it, in sentences: how many it was done to, and why not to the others, by their names. */
export function told({ done, refused }: BulkResult, nameOf: (id: string) => string): string {
  const reasons = new Map<string, string[]>();
  for (const [id, reason] of Object.entries(refused)) reasons.set(reason, [...(reasons.get(reason) ?? []), nameOf(id)]);
  const lines = [...reasons].map(([reason, names]) => t("several.refused", { names: list(names), reason }));
  return [t("several.done", { count: done.length }), ...lines].join(" ");
}

/** What is typed beside the buttons of a bulk bar. */
export function typed(event: Event, name: string): string {
  const bar = (event.currentTarget as HTMLElement).closest(".bulk-bar, form, .several");
  return bar?.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`)?.value.trim() ?? "";
}

export function reasonField(): TemplateResult {
  return html`<label class="several-field">${t("several.reason")} <input name="reason" maxlength="1000" autocomplete="off" /></label>`;
}

/** Empties the reason when it was used: it is not the next deed's. */
export function clearReason(host: HTMLElement): void {
  for (const field of host.querySelectorAll<HTMLInputElement>(".bulk-bar [name=reason]")) field.value = "";
}
