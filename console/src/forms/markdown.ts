import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { LightElement } from "../views/light";
import { t } from "../words/words";

const PAUSE_MS = 150;

/** A text in Markdown or HTML, and beside it, as one types, what becomes of it. `typed` tells the text. */
@customElement("agon-markdown")
export class AgonMarkdown extends LightElement {
  @property({ attribute: false }) value = "";
  @property({ attribute: false }) format: "markdown" | "html" = "markdown";
  @property({ attribute: false }) controlId = "";
  @property({ attribute: false }) name = "";
  @property({ attribute: false }) describedBy = "";
  @property({ type: Boolean }) invalid = false;
  @property({ type: Boolean }) needed = false;
  @property({ attribute: false }) maxLetters?: number;
  @state() private isPreviewed = false;
  @state() private preview?: HTMLElement;
  private timer?: number;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.timer);
  }

  protected override render(): TemplateResult {
    return html`<div class="markdown ${this.isPreviewed ? "previewed" : ""}">
        <textarea id=${this.controlId} name=${this.name} rows="10" .value=${this.value} ?required=${this.needed} aria-invalid=${this.invalid ? "true" : "false"} aria-describedby=${this.describedBy || nothing} @input=${this.onInput}></textarea>
        ${this.isPreviewed ? this.previewed() : nothing}
      </div>
      <span class="markdown-foot"
        ><button type="button" class="quiet" aria-pressed=${this.isPreviewed ? "true" : "false"} @click=${this.toggle}>${t("form.preview")}</button>
        ${this.format === "markdown" ? html`<small class="soft">${t("form.markdown")}</small>` : nothing}</span
      >`;
  }

  private previewed(): TemplateResult {
    return html`<div class="preview" role="region" aria-label=${t("form.preview")} tabindex="0">
      ${this.preview?.hasChildNodes() ? this.preview : html`<p class="soft">${t("form.empty_preview")}</p>`}
    </div>`;
  }

  private readonly toggle = (): void => {
    this.isPreviewed = !this.isPreviewed;
    if (this.isPreviewed) void this.draw();
  };

  private readonly onInput = ({ target }: Event): void => {
    this.value = (target as HTMLTextAreaElement).value;
    this.dispatchEvent(new CustomEvent("typed", { detail: this.value }));
    window.clearTimeout(this.timer);
    if (this.isPreviewed) this.timer = window.setTimeout(() => void this.draw(), PAUSE_MS);
  };

  /** What cleans and sets a text is loaded by who first looks at one. */
  private async draw(): Promise<void> {
    const { prose } = await import("../prose");
    this.preview = prose({ format: this.format, content: this.value, assets: {} }, 3);
  }
}
