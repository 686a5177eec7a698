import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Problem } from "../api/problem";
import { SECOND_STEP, signIn } from "../api/session";
import { toConfirm, toForgot, toSignUp } from "../links";
import { textIn } from "../submitting";
import { entitle } from "../titles";
import { t } from "../words/words";
import { nextIn } from "./account/onward";
import { Doing } from "./manage/doing";
import { LightElement } from "./light";
import { PageElement } from "./page-element";

/** Asks for a user name and a password. Whoever shows it sees by the session's event that somebody has signed in. */
@customElement("agon-sign-in")
export class AgonSignIn extends LightElement {
  /** Why one has to sign in here. */
  @property({ attribute: false }) reason = "";
  /** Whose sign-in is over: nobody else's goes on with the page. Empty: it is asked for. */
  @property({ attribute: false }) username = "";
  /** Where to go on who makes an account, or another password, first; null: to the page that stands here once they have. */
  @property({ attribute: false }) next: string | null = null;
  /** The account asks for a code of its authenticator, too. */
  @state() private asksCode = false;
  private typed = "";
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    if (!this.username) entitle(t("pages.signIn"));
    return html`<form class="sign-in" @submit=${this.doing.submits(this.enter)}>
      <h1>${t("entry.signIn")}</h1>
      ${this.reason ? html`<p class="soft">${this.reason}</p>` : nothing} ${this.doing.outcome([])}
      <label>${t("entry.name")} <input name="username" autocomplete="username" autocapitalize="none" required .value=${this.username} ?readonly=${this.username !== ""} /></label>
      <label>${t("entry.password")} <input name="password" type="password" autocomplete="current-password" required /></label>
      ${this.asksCode ? html`<label>${t("second.code")} <input name="code" autocomplete="one-time-code" inputmode="numeric" pattern="\\s*[0-9]{6}\\s*" maxlength="8" required /></label>` : nothing}
      ${this.doing.submit(t("entry.signIn"))} ${this.username ? nothing : this.others()}
    </form>`;
  }

  /** What somebody needs who cannot sign in. */
  private others(): TemplateResult {
    const next = this.next ?? location.pathname + location.search;
    const isRefused = this.doing.refusal?.status === 403 && !this.asksCode;
    return html`${isRefused ? html`<p><a href=${toConfirm(this.typed, next)}>${t("entry.confirm")}</a></p>` : nothing}
      <p class="soft"><a href=${toForgot(this.typed || null, next)}>${t("entry.forgotten")}</a></p>
      <p class="soft">${t("entry.none")} <a href=${toSignUp(next)}>${t("entry.create")}</a></p>`;
  }

  private readonly enter = async (form: FormData): Promise<undefined> => {
    this.typed = textIn(form, "username").trim();
    try {
      await signIn(this.typed, textIn(form, "password"), textIn(form, "code").trim());
    } catch (error) {
      if (error instanceof Problem && error.code === SECOND_STEP) this.askCode();
      throw error;
    }
  };

  private askCode(): void {
    this.asksCode = true;
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>("input[name=code]")?.focus());
  }
}

/** The page of signing in, which leads to where one was. */
@customElement("agon-sign-in-page")
export class AgonSignInPage extends PageElement {
  protected override render(): TemplateResult {
    return html`<agon-sign-in .next=${nextIn(this.place) ?? "/"}></agon-sign-in>`;
  }
}
