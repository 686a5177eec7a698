import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { Doing } from "../manage/doing";
import { asked } from "./asked";

/** For who leads a team: whom it asks in, and the teams that it would merge with. */
@customElement("agon-team-invitations")
export class AgonTeamInvitations extends LightElement {
  @property({ attribute: false }) competition = "";
  @property({ attribute: false }) team = "";
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}/teams/{team}/invitations", { params: this.which }),
  );

  private get which() {
    return { path: { competition: this.competition, team: this.team } };
  }

  protected override render(): TemplateResult {
    const { value, problem, reload } = this.read;
    return html`<section class="admin-part" aria-labelledby="team-asked">
        <h2 id="team-asked">${t("asked.title")}</h2>
        ${this.doing.outcome()}
        ${asked({ of: this.team, rows: value?.invitations, problem, again: reload, doing: this.doing, revoke: (one) => this.revoke(one.id) })}
      </section>
      <section class="admin-part" aria-labelledby="team-invite">
        <h2 id="team-invite">${t("asked.invite")}</h2>
        <p class="soft">${t("asked.about_invite")}</p>
        <agon-form operation="teams_invite" .name=${this.team} .action=${t("asked.ask")} @submit=${this.onInvite} @sent=${reload}></agon-form>
      </section>
      <section class="admin-part" aria-labelledby="team-merge">
        <h2 id="team-merge">${t("asked.merge")}</h2>
        <p class="soft">${t("asked.about_merge")}</p>
        <agon-form operation="teams_offer_merger" .name=${this.team} .only=${["name"]} .changes=${{ name: { label: t("asked.team_name"), required: true } }} .action=${t("asked.offer_merger")}
          @submit=${this.onMerge} @sent=${reload}></agon-form>
      </section>`;
  }

  private revoke(invitation: string): Promise<unknown> {
    const params = { path: { ...this.which.path, invitation } };
    return ask("delete", "/v1/competitions/{competition}/teams/{team}/invitations/{invitation}", { params });
  }

  private readonly onInvite = ({ detail: { body, until } }: Submitted<"teams_invite">): void =>
    until(ask("post", "/v1/competitions/{competition}/teams/{team}/invitations", { params: this.which, body }));

  private readonly onMerge = ({ detail: { body, until } }: Submitted<"teams_offer_merger">): void =>
    until(ask("post", "/v1/competitions/{competition}/teams/{team}/mergers", { params: this.which, body }));
}
