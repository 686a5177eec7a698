import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { MailKind } from "../../api/shapes";
import { textIn } from "../../submitting";
import { LANGUAGES, look, t, type Language } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";

/** Which letters one wants. */
@customElement("agon-account-mail")
export class AgonAccountMail extends PageElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () => reading("/v1/me/mail"));

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    if (!value) return problem ? trouble(problem, this.read.reload, 2) : loading(t("account.mail"), sketch.form(6));
    return html`<section class="admin-part">
      <h2>${t("account.mail")}</h2>
      <p class="soft">${t("account.about_mail")}</p>
      ${value.sends_mail ? nothing : html`<p class="form-draft">${t("account.no_mail")}</p>`} ${this.doing.outcome()}
      <form class="form" @submit=${this.onSubmit}>
        <label class="form-field"><span>${t("account.mail_language")}</span>
          <select name="language">${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === value.language}>${name}</option>`)}</select>
        </label>
        ${value.kinds.map(kind)}
        <p><button aria-disabled=${this.doing.isBusy ? "true" : "false"}>${t("form.save")}</button></p>
      </form>
    </section>`;
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const said = new FormData(event.target as HTMLFormElement);
    const kinds = Object.fromEntries((this.read.value?.kinds ?? []).map(({ name }) => [name, said.has(name)]));
    void this.doing
      .act(async () => {
        await ask("patch", "/v1/me/mail", { body: { kinds, language: textIn(said, "language") as Language } });
        return t("form.saved");
      })
      .then(this.read.reload);
  };
}

function kind({ name, about, wanted }: MailKind): TemplateResult {
  return html`<div class="form-field switch">
    <input id="mail-${name}" type="checkbox" role="switch" name=${name} .checked=${wanted} />
    <label for="mail-${name}">${look(`mail.${name}`) ?? about}</label>
  </div>`;
}
