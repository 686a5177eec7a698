import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading, since } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Submission } from "../../api/shapes";
import { t } from "../../words/words";
import { LightElement } from "../light";
import "../result-page";

const PAGE = /\.html?$/i;
const IMAGE = /\.(?:png|jpe?g|gif|webp|svg)$/i;

/** What scoring wrote about one's own run: pages in frames that may do nothing unless an organizer wants it, and images. */
@customElement("agon-inline-results")
export class AgonInlineResults extends LightElement {
  @property({ attribute: false }) submission!: Submission;
  private readonly files = new Resource(this, () => {
    const { id: submission, status, tasks, attempt } = this.submission;
    if (status !== "Finished" || tasks.length) return undefined;
    const params = { path: { submission }, query: { in_frames: "true" as const } };
    return since(attempt, reading("/v1/submissions/{submission}/files", { params }));
  });

  protected override render(): TemplateResult | typeof nothing {
    const { detailed_results: page, results = {}, live } = this.files.value ?? {};
    const others = Object.entries(results).filter(([name]) => PAGE.test(name) || IMAGE.test(name));
    const found = page ? [["detailed_results.html", page] as [string, string], ...others] : others;
    if (found.length === 0) return nothing;
    return html`<section class="part" aria-labelledby="inline-title">
      <h2 id="inline-title">${t("run.results")}</h2>
      <p class="soft">${t(live ? "run.sandbox_live" : "run.sandbox")}</p>
      <div class="exhibit">${found.map(([name, url]) => figure(name, url, live ? this.submission.id : null))}</div>
    </section>`;
  }
}

function figure(name: string, url: string, live: string | null): TemplateResult {
  if (!IMAGE.test(name))
    return html`<agon-result-page .name=${name} .file=${name} .url=${url} .live=${live} captioned></agon-result-page>`;
  return html`<figure class="exhibit-file">
    <figcaption>${name}</figcaption>
    <img src=${url} alt=${t("run.of", { name })} referrerpolicy="no-referrer" loading="lazy" />
  </figure>`;
}
