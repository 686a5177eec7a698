/** Doing something by the API on behalf of a page: one thing at a time, and what came of it told. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { Problem } from "../../api/problem";

export class Doing implements ReactiveController {
  isBusy = false;
  refusal?: Problem;
  /** What came of the last deed, in a sentence. */
  told = "";

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    // What was told before one left is old news.
    this.refusal = undefined;
    this.told = "";
  }

  /** Does one thing; a refusal is kept and told. True when it was done. */
  async act(verb: () => Promise<string>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.told = "";
    this.host.requestUpdate();
    try {
      this.told = await verb();
      this.refusal = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    } finally {
      this.isBusy = false;
      this.host.requestUpdate();
    }
    return this.refusal === undefined;
  }

  /** What was refused, with each complaint, and what was done: where screen readers hear of it. */
  outcome(): TemplateResult {
    const { refusal } = this;
    return html`${
      refusal
        ? html`<div class="form-problem" role="alert">
              <p>${refusal.detail}</p>
              ${refusal.errors.length > 0 ? html`<ul>${refusal.errors.map(({ place, message }) => html`<li><code>${place}</code> ${message}</li>`)}</ul>` : nothing}
            </div>`
        : nothing
    }
      <p role="status" class="soft told">${this.told}</p>`;
  }

  /** A button that does something, `more` being said to who cannot see what it is about. It stays where it is and keeps the focus while it is busy. */
  button(words: string, act: (event: Event) => void, look = "", more = ""): TemplateResult {
    return html`<button type="button" class=${look} aria-disabled=${this.isBusy ? "true" : "false"} @click=${act}>${words}${more ? html`<span class="visually-hidden"> ${more}</span>` : nothing}</button>`;
  }
}
