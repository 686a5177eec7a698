/** Doing something by the API on behalf of a page: one thing at a time, and what came of it told. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { Problem, type Complaint } from "../../api/problem";
import { t } from "../../words/words";
import { focusWrong } from "../fields";

/** It gives a sentence on what came of it; none, or an empty one, where that shows by itself. */
export type Deed = () => Promise<string | undefined>;

export class Doing implements ReactiveController {
  isBusy = false;
  refusal?: Problem;
  /** What came of the last deed, in a sentence. */
  told = "";

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    // What was told before one left is old news.
    this.forget();
  }

  get complaints(): readonly Complaint[] {
    return this.refusal?.errors ?? [];
  }

  forget(): void {
    this.refusal = undefined;
    this.told = "";
  }

  /**
   * Does one thing; a refusal is kept and told, and the first field that it names gets the focus. True when it was done.
   * One thing at a time: who clicks meanwhile is told to wait, since a second click may be the same deed once more.
   */
  async act(deed: Deed): Promise<boolean> {
    if (this.isBusy) return this.wait();
    this.isBusy = true;
    this.told = "";
    this.host.requestUpdate();
    try {
      this.told = (await deed()) ?? "";
      this.refusal = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    } finally {
      this.isBusy = false;
      this.host.requestUpdate();
    }
    if (this.refusal) void this.host.updateComplete.then(() => focusWrong(this.host));
    return this.refusal === undefined;
  }

  private wait(): false {
    this.told = t("manage.moment");
    this.host.requestUpdate();
    return false;
  }

  /** For `@submit`: a deed with what stands in the form. */
  submits(verb: (form: FormData) => Promise<string | undefined>): (event: SubmitEvent) => void {
    return (event) => {
      event.preventDefault();
      const form = new FormData(event.target as HTMLFormElement);
      void this.act(() => verb(form));
    };
  }

  /** What was refused, with those complaints that no field tells, and what was done: where screen readers hear of it. */
  outcome(listed: readonly Complaint[] = this.complaints): TemplateResult {
    return html`${this.refusal ? refused(this.refusal, listed) : nothing} <p role="status" class="soft told">${this.told}</p>`;
  }

  /** A button that does something, `more` being said to who cannot see what it is about. It stays where it is and keeps the focus while it is busy. */
  button(words: string, act: (event: Event) => void, look = "", more = ""): TemplateResult {
    return html`<button type="button" class=${look} aria-disabled=${this.isBusy ? "true" : "false"} @click=${act}>${words}${more ? html`<span class="visually-hidden"> ${more}</span>` : nothing}</button>`;
  }

  /** The button of a form that `submits`. */
  submit(words: string): TemplateResult {
    return html`<button aria-disabled=${this.isBusy ? "true" : "false"}>${words}</button>`;
  }
}

function refused({ detail }: Problem, listed: readonly Complaint[]): TemplateResult {
  if (listed.length === 0) return html`<p class="form-problem" role="alert">${detail}</p>`;
  return html`<div class="form-problem" role="alert">
    <p>${detail}</p>
    <ul>${listed.map(({ place, message }) => html`<li><code>${place}</code> ${message}</li>`)}</ul>
  </div>`;
}
