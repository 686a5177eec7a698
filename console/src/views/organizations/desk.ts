import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Organization } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { go } from "../../router";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { Doing } from "../manage/doing";
import { asked } from "../people/asked";

/** For an organization's owner and managers: what it says, whom it asks in, and its end. */
@customElement("agon-organization-desk")
export class AgonOrganizationDesk extends LightElement {
  @property({ attribute: false }) organization!: Organization;
  /** Has the organization read anew. */
  @property({ attribute: false }) changed: () => void = () => undefined;
  /** It is to be deleted, if that is said once more. */
  @state() private isAsked = false;
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    reading("/v1/organizations/{organization}/invitations", { params: this.which }),
  );

  private get which() {
    return { path: { organization: this.organization.id } };
  }

  protected override render(): TemplateResult {
    const { value, problem, reload } = this.read;
    const { id } = this.organization;
    return html`<section class="admin-part" aria-labelledby="house-asked">
        <h2 id="house-asked">${t("asked.title")}</h2>
        ${this.doing.outcome()}
        ${asked({ of: id, rows: value?.invitations, problem, again: reload, doing: this.doing, revoke: (one) => this.revoke(one.id) })}
        <h3>${t("asked.invite")}</h3>
        <p class="soft">${t("asked.about_invite")}</p>
        <agon-form operation="organizations_invite" .name=${id} .action=${t("asked.ask")} @submit=${this.onInvite} @sent=${reload}></agon-form>
      </section>
      <section class="admin-part" aria-labelledby="house-change">
        <h2 id="house-change">${t("organization.change")}</h2>
        <agon-form operation="organizations_change" .name=${id} .values=${this.organization} @submit=${this.onChange} @sent=${this.changed}></agon-form>
      </section>
      ${this.organization.my_role === "owner" ? this.removing() : nothing}`;
  }

  private removing(): TemplateResult {
    return html`<section class="admin-part danger" aria-labelledby="house-remove">
      <h2 id="house-remove">${t("organization.remove")}</h2>
      <p class="soft">${t("organization.about_remove")}</p>
      <p class="actions">
        ${
          this.isAsked
            ? html`${this.doing.button(t("organization.remove_now"), () => void this.dissolve(), "grave")}
              ${this.doing.button(t("organization.keep"), () => (this.isAsked = false), "quiet")}`
            : this.doing.button(t("organization.remove"), () => (this.isAsked = true), "quiet")
        }
      </p>
    </section>`;
  }

  private async dissolve(): Promise<void> {
    const isGone = await this.doing.act(async () => {
      await ask("delete", "/v1/organizations/{organization}", { params: this.which });
      return "";
    });
    if (isGone) go("/account");
  }

  private revoke(invitation: string): Promise<unknown> {
    const params = { path: { ...this.which.path, invitation } };
    return ask("delete", "/v1/organizations/{organization}/invitations/{invitation}", { params });
  }

  private readonly onInvite = ({ detail: { body, until } }: Submitted<"organizations_invite">): void =>
    until(ask("post", "/v1/organizations/{organization}/invitations", { params: this.which, body }));

  private readonly onChange = ({ detail: { body, until } }: Submitted<"organizations_change">): void =>
    until(ask("patch", "/v1/organizations/{organization}", { params: this.which, body }));
}
