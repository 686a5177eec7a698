import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Me, Organization } from "../../api/shapes";
import { toOrganization } from "../../links";
import { t } from "../../words/words";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import { stored } from "../storage-parts";

/** Who one is here, what one stores, and the organizations that one is in. */
@customElement("agon-account-profile")
export class AgonAccountProfile extends PageElement {
  @property({ attribute: false }) me?: Me;
  private readonly storage = new Resource(this, () => reading("/v1/me/storage"));
  private readonly organizations = new Resource(this, () => reading("/v1/organizations"));

  protected override render(): TemplateResult {
    const { me } = this;
    return html`<section class="admin-part">
        <h2>${t("account.profile")}</h2>
        ${
          me
            ? html`<dl class="facts">
                <div><dt>${t("account.name")}</dt><dd>${me.username}</dd></div>
                <div><dt>${t("account.id")}</dt><dd><code>${me.id}</code></dd></div>
                ${me.is_admin ? html`<div><dt>${t("account.role")}</dt><dd><a href="/admin">${t("account.administrator")}</a></dd></div>` : nothing}
              </dl>`
            : nothing
        }
        <p class="soft">${t("account.about_name")}</p>
      </section>
      <section class="admin-part"><h2>${t("account.looks")}</h2><p class="soft">${t("account.about_looks")}</p></section>
      <section class="admin-part"><h2>${t("account.organizations")}</h2>${this.memberships()}</section>
      <section class="admin-part"><h2>${t("storage.title")}</h2>${this.storing()}</section>`;
  }

  private memberships(): TemplateResult {
    const { value, problem } = this.organizations;
    if (!value) return problem ? trouble(problem, this.organizations.reload, 2) : loading(t("account.organizations"));
    if (value.organizations.length === 0) return html`<p class="soft">${t("account.no_organization")}</p>`;
    return html`<ul class="plain-list">${value.organizations.map(membership)}</ul>`;
  }

  private storing(): TemplateResult {
    const { value, problem } = this.storage;
    if (value) return stored(value);
    return problem ? trouble(problem, this.storage.reload, 2) : loading(t("storage.title"));
  }
}

function membership({ id, name, my_role: role }: Organization): TemplateResult {
  return html`<li><a href=${toOrganization(id)}>${name}</a> ${role ? html`<span class="soft">${t(`organization.${role as "owner"}`)}</span>` : nothing}</li>`;
}
