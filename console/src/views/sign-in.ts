import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Problem } from "../api/problem";
import { signIn } from "../api/session";
import { textIn } from "../submitting";
import { LightElement } from "./light";

/** Asks for a user name and a password. Whoever shows it sees by the session's event that somebody has signed in. */
@customElement("agon-sign-in")
export class AgonSignIn extends LightElement {
  /** Why one has to sign in here. */
  @property({ attribute: false }) reason = "";
  @state() private problem?: Problem;
  @state() private isBusy = false;

  protected override render(): TemplateResult {
    document.title = "Sign in · Agon";
    return html`<form class="sign-in" @submit=${this.onSubmit}>
      <h1>Sign in</h1>
      ${this.reason ? html`<p class="soft">${this.reason}</p>` : nothing}
      ${this.problem ? html`<p class="form-problem" role="alert">${this.problem.detail}</p>` : nothing}
      <label>User name <input name="username" autocomplete="username" autocapitalize="none" required /></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required /></label>
      <button ?disabled=${this.isBusy}>Sign in</button>
      <p class="soft">New here? Make an account with <code>agon login --sign-up</code>.</p>
    </form>`;
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.target as HTMLFormElement);
    this.isBusy = true;
    try {
      await signIn(textIn(fields, "username").trim(), textIn(fields, "password"));
      this.problem = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.problem = error;
    } finally {
      this.isBusy = false;
    }
  };
}
