import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import { signIn } from "../../api/session";
import { toSignIn } from "../../links";
import { textIn } from "../../submitting";
import { entitle } from "../../titles";
import { rich, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { code, newPassword, username as nameField } from "./credentials";
import { goOn, nextIn } from "./onward";

/** Has a code mailed to who forgot their password, sets another one by it, and signs in. */
@customElement("agon-forgot")
export class AgonForgot extends PageElement {
  /** Whose code was asked for; empty: none yet. */
  @state() private username = "";
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    entitle(t("entry.renew"));
    return this.username ? this.second() : this.first();
  }

  private first(): TemplateResult {
    return html`<form class="sign-in" @submit=${this.doing.submits(this.send)}>
      <h1>${t("entry.forgotten")}</h1>
      <p class="soft">${t("entry.mailCode")}</p>
      ${nameField(this.doing.complaints, this.query("username") ?? "")} ${this.doing.outcome([])}
      ${this.doing.submit(t("entry.mailIt"))}
      <p class="soft"><a href=${toSignIn(nextIn(this.place))}>${t("entry.back")}</a></p>
    </form>`;
  }

  private second(): TemplateResult {
    const wrong = this.doing.complaints;
    return html`<form class="sign-in" @submit=${this.doing.submits(this.reset)}>
      <h1>${t("entry.renew")}</h1>
      <p class="soft">${rich("entry.mailed", { name: html`<b>${this.username}</b>` })}</p>
      <input type="hidden" name="username" autocomplete="username" value=${this.username} />
      ${code(wrong)} ${newPassword(wrong)} ${this.doing.outcome([])} ${this.doing.submit(t("entry.setIt"))}
      <p><button type="button" class="link" @click=${() => (this.username = "")}>${t("entry.again")}</button></p>
    </form>`;
  }

  private readonly send = async (form: FormData): Promise<undefined> => {
    const username = textIn(form, "username").trim();
    await ask("post", "/v1/accounts/password/forgot", { body: { username } });
    this.username = username;
  };

  private readonly reset = async (form: FormData): Promise<undefined> => {
    const [username, password] = [textIn(form, "username"), textIn(form, "password")];
    const body = { username, password, code: textIn(form, "code").trim() };
    await ask("post", "/v1/accounts/password/reset", { body });
    await signIn(username, password);
    goOn(this.place);
  };
}
