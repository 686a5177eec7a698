import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask } from "../api/client";
import { Problem } from "../api/problem";
import { arrived } from "./exhibit";
import { LightElement } from "./light";
import { t } from "../words/words";

/** A page that scoring made, in a frame that may do nothing; an organizer may have its scripts run (ADR 60). */
@customElement("agon-result-page")
export class AgonResultPage extends LightElement {
  @property() name = "";
  @property() url = "";
  /** The submission whose page's scripts the caller may have run; null where they may not. */
  @property({ attribute: false }) live: string | null = null;
  /** What it is called for the API, where it is not the one page of detailed results. */
  @property({ attribute: false }) file?: string;
  @property({ type: Boolean }) captioned = false;
  @state() private address?: string;
  @state() private refusal?: Problem;

  protected override render(): TemplateResult {
    return html`<figure class="exhibit-file">
      ${this.captioned || this.live ? html`<figcaption><span>${this.name}</span> ${this.live ? this.button() : nothing}</figcaption>` : nothing}
      <p class="soft" role="status" ?hidden=${!this.address}>${this.address ? t("run.live") : nothing}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      ${this.address ? this.running(this.address) : this.still()}
    </figure>`;
  }

  private button(): TemplateResult {
    return this.address
      ? html`<button type="button" class="quiet" @click=${() => (this.address = undefined)}>${t("run.make_still")}</button>`
      : html`<button type="button" class="quiet" @click=${this.open}>${t("run.make_live")}</button>`;
  }

  private still(): TemplateResult {
    // An empty `sandbox`: no script, no form, an origin of its own. The page has a policy of its own, too, from storage.
    return html`<iframe sandbox="" src=${this.url} title=${t("run.of", { name: this.name })} class="html tall" referrerpolicy="no-referrer" loading="lazy" @load=${arrived}></iframe>`;
  }

  private running(address: string): TemplateResult {
    // Scripts and nothing else, in an origin of nobody's: with `allow-same-origin` it would be that of all such pages.
    return html`<iframe sandbox="allow-scripts" src=${address} title=${t("run.of", { name: this.name })} class="html tall" referrerpolicy="no-referrer" @load=${arrived}></iframe>`;
  }

  private readonly open = async (): Promise<void> => {
    if (this.live === null) return;
    try {
      const params = { path: { submission: this.live }, query: { name: this.file } };
      const { url } = await ask("get", "/v1/submissions/{submission}/live-page", { params });
      this.refusal = undefined;
      this.address = url;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    }
  };
}
