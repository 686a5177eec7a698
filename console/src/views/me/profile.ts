import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Me, Organization } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toOrganization, toProfile } from "../../links";
import { go } from "../../router";
import { t } from "../../words/words";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { stored } from "../storage-parts";

/** Who one is here, what one stores, and the organizations that one is in. */
@customElement("agon-account-profile")
export class AgonAccountProfile extends PageElement {
  @property({ attribute: false }) me?: Me;
  private readonly page = new Resource(this, () =>
    this.me ? reading("/v1/people/{username}", { params: { path: { username: this.me.username } } }) : undefined,
  );
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
      <section class="admin-part"><h2>${t("people.yours")}</h2>${this.own()}</section>
      <section class="admin-part"><h2>${t("account.looks")}</h2><p class="soft">${t("account.about_looks")}</p></section>
      <section class="admin-part"><h2>${t("account.organizations")}</h2>${this.memberships()} ${this.making()}</section>
      <section class="admin-part"><h2>${t("storage.title")}</h2>${this.storing()}</section>`;
  }

  private own(): TemplateResult {
    const { value, problem } = this.page;
    if (!value) return problem ? trouble(problem, this.page.reload, 2) : loading(t("people.yours"), sketch.form(8));
    return html`<p class="soft">${t("people.about_yours")} <a href=${toProfile(value.username)}>${t("people.look")}</a></p>
      <agon-form operation="profiles_change" .values=${value}
        @submit=${({ detail: { body, until } }: Submitted<"profiles_change">) => until(ask("patch", "/v1/me", { body }))}></agon-form>`;
  }

  private memberships(): TemplateResult {
    const { value, problem } = this.organizations;
    if (!value)
      return problem ? trouble(problem, this.organizations.reload, 2) : loading(t("account.organizations"), sketch.list(1));
    if (value.organizations.length === 0) return html`<p class="soft">${t("account.no_organization")}</p>`;
    return html`<ul class="plain-list">${value.organizations.map(membership)}</ul>`;
  }

  private making(): TemplateResult {
    return html`<h3>${t("organization.make")}</h3>
      <p class="soft">${t("organization.about_make")}</p>
      <agon-form operation="organizations_make" .action=${t("organization.make_it")}
        @submit=${({ detail: { body, until } }: Submitted<"organizations_make">) => until(ask("post", "/v1/organizations", { body }))}
        @sent=${({ detail }: CustomEvent<Organization>) => go(toOrganization(detail.id))}></agon-form>`;
  }

  private storing(): TemplateResult {
    const { value, problem } = this.storage;
    if (value) return stored(value);
    return problem ? trouble(problem, this.storage.reload, 2) : loading(t("storage.title"), sketch.facts(3));
  }
}

function membership({ id, name, my_role: role }: Organization): TemplateResult {
  return html`<li><a href=${toOrganization(id)}>${name}</a> ${role ? html`<span class="soft">${t(`organization.${role as "owner"}`)}</span>` : nothing}</li>`;
}
