/** What a view asks the API to do: it is busy meanwhile, and tells what came of it. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { Problem, type Complaint } from "../api/problem";
import { focusWrong } from "./fields";

/** A deed; it gives a sentence on what came of it, or nothing where that shows by itself. */
export type Deed = () => Promise<string | undefined>;

export class Asking implements ReactiveController {
  refusal?: Problem;
  isBusy = false;
  private told = "";

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    // It has nothing to begin.
  }

  get complaints(): readonly Complaint[] {
    return this.refusal?.errors ?? [];
  }

  /** Does one thing at a time. A refusal is kept and told; the first field that it names gets the focus. */
  async act(deed: Deed): Promise<void> {
    if (this.isBusy) return;
    this.become({ isBusy: true, told: "" });
    try {
      const told = (await deed()) ?? "";
      this.become({ isBusy: false, told, refusal: undefined });
    } catch (error) {
      const refusal = error instanceof Problem ? error : undefined;
      this.become({ isBusy: false, refusal });
      if (!refusal) throw error;
    }
    await this.host.updateComplete;
    if (this.refusal) focusWrong(this.host);
  }

  /** For `@submit`: a deed with what stands in the form. */
  submits(verb: (form: FormData) => Promise<string | undefined>): (event: SubmitEvent) => void {
    return (event) => {
      event.preventDefault();
      const form = new FormData(event.target as HTMLFormElement);
      void this.act(() => verb(form));
    };
  }

  /** What was refused, and what was done: where screen readers hear of it. */
  outcome(): TemplateResult {
    return html`${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <p role="status" class="soft told">${this.told}</p>`;
  }

  /** A form's button. It stays where it is and keeps the focus while it is busy. */
  button(words: string): TemplateResult {
    return html`<button aria-disabled=${this.isBusy ? "true" : "false"}>${words}</button>`;
  }

  /** A button that does something by itself. */
  does(words: unknown, deed: Deed, look = "quiet"): TemplateResult {
    return html`<button type="button" class=${look} aria-disabled=${this.isBusy ? "true" : "false"} @click=${() => void this.act(deed)}>${words}</button>`;
  }

  private become(state: { isBusy: boolean; told?: string; refusal?: Problem }): void {
    Object.assign(this, state);
    this.host.requestUpdate();
  }
}
