/** What a thread is called, and what was said of it. */
import { html, type TemplateResult } from "lit";
import type { Thread } from "../../api/shapes";
import { t } from "../../words/words";

export function titleOf({ title }: Pick<Thread, "title">): string {
  return title || t("forum.deleted");
}

export function marks({ pinned, locked, answer }: Thread): TemplateResult[] {
  const words = [pinned && t("forum.pinned"), locked && t("forum.locked"), answer !== null && t("forum.answered")];
  return words.filter(Boolean).map((word) => html`<span class="mark-word">${word}</span> `);
}
