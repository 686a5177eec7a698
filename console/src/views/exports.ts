import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask } from "../api/client";
import { Problem } from "../api/problem";
import { LightElement } from "./light";
import { t } from "../words/words";

const FORMATS = ["csv", "json", "zip"] as const;
type Format = (typeof FORMATS)[number];

/** For organizers: the board as a file, with everything that stands on it. */
@customElement("agon-exports")
export class AgonExports extends LightElement {
  @property({ attribute: false }) phaseId = "";
  @property({ attribute: false }) board = "";
  @state() private refusal?: Problem;
  @state() private making = "";

  protected override render(): TemplateResult {
    return html`<div class="exports" role="group" aria-label=${t("exports.title")}>
        <span class="soft">${t("exports.export")}</span>
        ${FORMATS.map((format) => this.button(format))}
      </div>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}`;
  }

  private button(format: Format): TemplateResult {
    const words = format === "zip" ? t("exports.all") : format.toUpperCase();
    return html`<button type="button" ?disabled=${this.making !== ""} @click=${() => this.download(format)}>
      ${this.making === format ? t("exports.making") : words}
    </button>`;
  }

  private async download(format: Format): Promise<void> {
    this.making = format;
    this.refusal = undefined;
    try {
      const body = format === "zip" ? { format } : { format, board: this.board };
      const { url } = await ask("post", "/v1/phases/{phase}/leaderboard/exports", {
        params: { path: { phase: this.phaseId } },
        body,
      });
      // It is sent as a file, so the page stays.
      location.assign(url);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    } finally {
      this.making = "";
    }
  }
}
