import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading, since } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Submission } from "../../api/shapes";
import { t } from "../../words/words";
import { LightElement } from "../light";

const PAGE = /\.html?$/i;
const IMAGE = /\.(?:png|jpe?g|gif|webp|svg)$/i;

/** What scoring wrote about one's own run: pages in frames that may do nothing, and images. */
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
    const { detailed_results: page, results = {} } = this.files.value ?? {};
    const others = Object.entries(results).filter(([name]) => PAGE.test(name) || IMAGE.test(name));
    const found = page ? [["detailed_results.html", page] as [string, string], ...others] : others;
    if (found.length === 0) return nothing;
    return html`<section class="part" aria-labelledby="inline-title">
      <h2 id="inline-title">${t("run.results")}</h2>
      <p class="soft">${t("run.sandbox")}</p>
      <div class="exhibit">${found.map(([name, url]) => figure(name, url))}</div>
    </section>`;
  }
}

function figure(name: string, url: string): TemplateResult {
  // An empty `sandbox`: no script, no form, an origin of its own. The page has a policy of its own, too, from storage.
  return html`<figure class="exhibit-file">
    <figcaption>${name}</figcaption>
    ${
      IMAGE.test(name)
        ? html`<img src=${url} alt=${t("run.of", { name })} referrerpolicy="no-referrer" loading="lazy" />`
        : html`<iframe sandbox="" src=${url} title=${t("run.of", { name })} class="html tall" referrerpolicy="no-referrer" loading="lazy"></iframe>`
    }
  </figure>`;
}
