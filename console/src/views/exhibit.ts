/** What a submission put out, as strangers' files: nothing of them can run, load anything or reach the console. */
import { html, type TemplateResult } from "lit";
import type { Output, ShownFile } from "../api/shapes";
import { size } from "../format";
import { t } from "../words/words";

export function exhibit(output: Output): TemplateResult {
  if (output.files.length === 0) return html`<p class="soft">${t("exhibit.none")}</p>`;
  return html`<div class="exhibit">${output.files.map(file)}</div>`;
}

function file(one: ShownFile): TemplateResult {
  return html`<figure class="exhibit-file">
    <figcaption><span>${one.name}</span> <span class="soft">${size(one.size_bytes)}</span></figcaption>
    ${content(one)}
  </figure>`;
}

function content({ name, kind, url }: ShownFile): TemplateResult {
  if (url === null) return html`<p class="soft">${t("exhibit.large")}</p>`;
  switch (kind) {
    case "image":
      return html`<img src=${url} alt=${name} referrerpolicy="no-referrer" />`;
    case "text":
    case "html":
      // An empty `sandbox`: no script, no form, an origin of its own. A page has a policy of its own, too, from storage.
      return html`<iframe sandbox="" src=${url} title=${name} class=${kind} referrerpolicy="no-referrer" loading="lazy" @load=${arrived}></iframe>`;
    case "other":
      return html`<p><a href=${url} download rel="noreferrer">${t("exhibit.download", { name })}</a></p>`;
  }
}

/** A frame is a place in the page's own colours until there is something in it: by itself it flashes white in the dark. */
export function arrived({ currentTarget }: Event): void {
  (currentTarget as HTMLIFrameElement).toggleAttribute("data-arrived", true);
}
