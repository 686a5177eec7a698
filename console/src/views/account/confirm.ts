import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ask } from "../../api/client";
import { toSignIn } from "../../links";
import { go } from "../../router";
import { textIn } from "../../submitting";
import { entitle } from "../../titles";
import { rich, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { code, username as nameField } from "./credentials";
import { nextIn } from "./onward";

/** Confirms an account by the code that was mailed, or has another one mailed. */
@customElement("agon-confirm")
export class AgonConfirm extends PageElement {
  /** Whose account; empty: it is asked for. */
  @property({ attribute: false }) username = "";
  /** Where the mail went, if that is known here. */
  @property({ attribute: false }) email = "";
  /** What follows a confirmation; without it, the page to sign in. */
  @property({ attribute: false }) confirmed?: () => Promise<void>;
  private isConfirmed = false;
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    entitle(t("entry.confirm"));
    const wrong = this.doing.complaints;
    const username = this.username || this.query("username");
    return html`<form class="sign-in" @submit=${this.doing.submits(this.confirm)}>
      <h1>${t("entry.confirm")}</h1>
      <p class="soft">${rich("entry.sent", { address: this.email ? html`<b>${this.email}</b>` : t("entry.yours") })}</p>
      ${username ? html`<input type="hidden" name="username" value=${username} />` : nameField(wrong)} ${code(wrong)}
      ${this.doing.outcome([])} ${this.doing.submit(t("entry.confirmIt"))}
      <p>${this.doing.button(t("entry.resend"), () => void this.doing.act(this.resend), "link")}</p>
      ${this.confirmed ? nothing : html`<p class="soft"><a href=${toSignIn(nextIn(this.place))}>${t("entry.signIn")}</a></p>`}
    </form>`;
  }

  private get form(): FormData {
    return new FormData(this.querySelector("form") ?? undefined);
  }

  private readonly confirm = async (form: FormData): Promise<undefined> => {
    // Who is confirmed, and could not be signed in, has not to be confirmed again.
    if (!this.isConfirmed) {
      const body = { username: textIn(form, "username").trim(), code: textIn(form, "code").trim() };
      await ask("post", "/v1/accounts/confirm", { body });
      this.isConfirmed = true;
    }
    if (this.confirmed) await this.confirmed();
    else go(toSignIn(nextIn(this.place)), "replace");
  };

  private readonly resend = async (): Promise<string> => {
    const username = textIn(this.form, "username").trim();
    if (!username) return t("entry.nameFirst");
    await ask("post", "/v1/accounts/resend", { body: { username } });
    return t("entry.resent");
  };
}
