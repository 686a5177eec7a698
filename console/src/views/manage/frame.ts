/** The frame of the pages that look after a competition: their list at the side, one line of pages.ts each. */
import { html, type TemplateResult } from "lit";
import type { Page } from "../../pages";
import { t, type PlainKey } from "../../words/words";

const WIDE = matchMedia("(min-width: 56rem)");

/**
 * A page beside the list of `pages`, which stands in sections in the order of pages.ts. `link` draws one line of it.
 * Where there is no room the list is a menu, which closes when one has gone somewhere.
 */
export function managed(
  pages: readonly Page[],
  here: Page | null,
  link: (page: Page) => TemplateResult,
  content: unknown,
): TemplateResult {
  return html`<div class="managed">
    <nav aria-label=${t("pages.manage")}>
      <details class="side" ?open=${WIDE.matches} @click=${close}>
        <summary>${here ? t(here.title) : t("pages.manage")}</summary>
        ${sectionsOf(pages).map(([title, of]) => section(title, of, link))}
      </details>
    </nav>
    <div class="managed-page">${content}</div>
  </div>`;
}

function close({ currentTarget, target }: Event): void {
  if (!WIDE.matches && target instanceof HTMLAnchorElement) (currentTarget as HTMLDetailsElement).open = false;
}

function section(title: PlainKey, pages: readonly Page[], link: (page: Page) => TemplateResult): TemplateResult {
  return html`<p class="side-title">${t(title)}</p>
    <ul>${pages.map((page) => html`<li>${link(page)}</li>`)}</ul>`;
}

function sectionsOf(pages: readonly Page[]): [PlainKey, Page[]][] {
  const sections = new Map<PlainKey, Page[]>();
  for (const page of pages) {
    const title = page.section ?? "manage.more";
    sections.set(title, [...(sections.get(title) ?? []), page]);
  }
  return [...sections];
}
