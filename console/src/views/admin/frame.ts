import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { t } from "../../words/words";
import { SectionElement } from "../section";

/** The frame of the administrators' pages. */
@customElement("agon-admin")
export class AgonAdmin extends SectionElement {
  protected readonly frame = "admin";
  protected readonly heading = "admin.title";

  protected override refusal = (isAdmin: boolean): TemplateResult | typeof nothing => {
    if (isAdmin) return nothing;
    return html`<div class="notice trouble" role="alert">
      <h1 class="notice-title">${t("admin.not_yours")}</h1>
      <p>${t("admin.about_not_yours")}</p>
      <p class="actions"><a href="/">${t("states.home")}</a></p>
    </div>`;
  };
}
