import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import { signIn } from "../../api/session";
import { toSignIn } from "../../links";
import { textIn } from "../../submitting";
import { entitle } from "../../titles";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { email, newPassword, username } from "./credentials";
import { goOn, nextIn } from "./onward";
import "./confirm";

/** Makes an account, has its mailed code confirmed, and signs in. */
@customElement("agon-sign-up")
export class AgonSignUp extends PageElement {
  /** The account that was made and waits for its code. Its password stays in this page's memory until then. */
  @state() private made?: { username: string; email: string; password: string };
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    entitle(t("entry.create"));
    const { made } = this;
    if (made)
      return html`<agon-confirm .place=${this.place} .username=${made.username} .email=${made.email} .confirmed=${this.enter}></agon-confirm>`;
    const wrong = this.doing.complaints;
    return html`<form class="sign-in" @submit=${this.doing.submits(this.make)}>
      <h1>${t("entry.create")}</h1>
      <p class="soft">${t("entry.creating")}</p>
      ${username(wrong)} ${email(wrong)} ${newPassword(wrong)} ${this.doing.outcome([])} ${this.doing.submit(t("entry.create"))}
      <p class="soft">${t("entry.have")} <a href=${toSignIn(nextIn(this.place))}>${t("entry.signIn")}</a></p>
    </form>`;
  }

  private readonly make = async (form: FormData): Promise<undefined> => {
    const account = {
      username: textIn(form, "username").trim(),
      email: textIn(form, "email").trim(),
      password: textIn(form, "password"),
    };
    const { confirmed } = await ask("post", "/v1/accounts", { body: account });
    this.made = account;
    if (confirmed) await this.enter();
  };

  private readonly enter = async (): Promise<void> => {
    if (!this.made) return;
    await signIn(this.made.username, this.made.password);
    goOn(this.place);
  };
}
