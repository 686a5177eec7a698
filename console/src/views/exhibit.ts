/** What a submission put out, as strangers' files: nothing of them can run, load anything or reach the console. */
import { html, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
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

/** Bytes of a line, and the least and the most that is shown at once, in rem: nobody can look into a frame how long its page is. */
const LINES = { text: { bytes: 40, least: 4.5, most: 34 }, html: { bytes: 60, least: 12, most: 40 } } as const;

/** The height of the frame of a file of so many bytes, in rem; who wants another one draws it. */
export function heightOf(kind: "text" | "html", bytes: number): number {
  const { bytes: each, least, most } = LINES[kind];
  return Math.min(most, Math.max(least, 2.5 + Math.ceil(bytes / each) * 1.15));
}

/** By its own property: the page's policy takes no style attributes. Once for each file, so that it stays as it was drawn. */
function sized(kind: "text" | "html", { size_bytes: bytes, name }: ShownFile): (frame: Element | undefined) => void {
  return (frame) => {
    if (!(frame instanceof HTMLElement) || frame.dataset.of === `${name} ${bytes}`) return;
    frame.dataset.of = `${name} ${bytes}`;
    frame.style.setProperty("height", `${heightOf(kind, bytes)}rem`);
  };
}

function content(one: ShownFile): TemplateResult {
  const { name, kind, url } = one;
  if (url === null) return html`<p class="soft">${t("exhibit.large")}</p>`;
  switch (kind) {
    case "image":
      return html`<img src=${url} alt=${name} referrerpolicy="no-referrer" />`;
    case "text":
    case "html":
      // An empty `sandbox`: no script, no form, an origin of its own. A page has a policy of its own, too, from storage.
      return html`<iframe sandbox="" src=${url} title=${name} class=${kind} referrerpolicy="no-referrer" loading="lazy" ${ref(sized(kind, one))} @load=${arrived}></iframe>`;
    case "other":
      return html`<p><a href=${url} download rel="noreferrer">${t("exhibit.download", { name })}</a></p>`;
  }
}

/** A frame is a place in the page's own colours until there is something in it: by itself it flashes white in the dark. */
export function arrived({ currentTarget }: Event): void {
  (currentTarget as HTMLIFrameElement).toggleAttribute("data-arrived", true);
}
