import { html, type TemplateResult } from "lit";

/** A competition's logo; where it has none, or it cannot be drawn, its title's first letter. */
export function logo({ title, logo_url }: { title: string; logo_url: string | null }): TemplateResult {
  const letter = Array.from(title.trim())[0]?.toUpperCase() ?? "·";
  return html`<span class="logo" data-letter=${letter}>
    ${logo_url === null ? "" : html`<img src=${logo_url} alt="" decoding="async" @error=${giveUp} />`}
  </span>`;
}

function giveUp(event: Event): void {
  (event.target as HTMLImageElement).hidden = true;
}
