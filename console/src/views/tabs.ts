import { html, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";

/** Which tab of a row was brought into sight last: its reader scrolls further as they like. */
const shown = new WeakMap<Element, string>();

/** A row of links to pages that stand beside each other. Where it is too long it scrolls, and begins at the current one. */
export function tabs(name: string, links: unknown): TemplateResult {
  // The links are drawn after the row itself.
  const drawn = (row?: Element): void => {
    if (row) queueMicrotask(() => reveal(row));
  };
  return html`<nav class="tabs" aria-label=${name} ${ref(drawn)}>${links}</nav>`;
}

function reveal(row: Element): void {
  const current = row.querySelector<HTMLAnchorElement>("a[aria-current='page']");
  if (!current || shown.get(row) === current.href) return;
  shown.set(row, current.href);
  row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}
