import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../api/client";
import type { BulkResult, Team } from "../api/shapes";
import "../forms/form";
import type { Submitted } from "../forms/form";
import type { Column } from "../table/columns";
import "../table/table";
import { t } from "../words/words";
import { Doing } from "./manage/doing";
import { Gathered } from "./manage/gathered";
import { clearReason, oneByOne, reasonField, told, typed } from "./manage/several";
import { TabElement } from "./page-element";
import { empty } from "./states";
import { teamChip } from "./team";

type Decision = "approved" | "denied";

/** An organizer's view of a competition's teams: who is in them, whether they may submit, and what they are called. */
@customElement("agon-teams")
export class AgonTeams extends TabElement {
  /** The team that is looked after below the list. */
  @state() private chosen?: Team;
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Team>(
    this,
    () => this.competition.id,
    async (cursor) => {
      const params = { ...this.which, query: { cursor } };
      const { teams, next } = await ask("get", "/v1/competitions/{competition}/teams", { params });
      return { rows: teams, next };
    },
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { list: teams } = this;
    return html`<h2>${t("teams.title")}</h2>
      <p class="soft manage-lead">${t("teams.about")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("teams.title")} .rows=${teams.rows} .total=${teams.total} .problem=${teams.problem} .again=${teams.reload}
        .keyOf=${({ id }: Team) => id} .columns=${this.columns()} .bulk=${this.bulk} .empty=${empty(t("teams.none"), t("teams.about_none"))} @more=${teams.more} @all=${teams.all}></agon-table>
      ${this.chosen ? this.one(this.chosen) : ""}`;
  }

  private columns(): Column<Team>[] {
    return [
      { key: "name", title: t("teams.name"), kind: "heading", value: ({ name }) => name },
      { key: "members", title: t("teams.members"), value: ({ members }) => members.map(({ username }) => username).join(", ") },
      { key: "status", title: t("teams.status"), filters: true, value: ({ status }) => t(`teams.${status}`), cell: teamChip },
      { key: "do", title: t("teams.do"), sorts: false, value: () => "", cell: (team) => this.deeds(team) },
    ]; // prettier-ignore
  }

  private deeds(team: Team): TemplateResult {
    const decisions = (["approved", "denied"] as const).filter((status) => isOpen(team) && status !== team.status);
    const named = html`<span class="visually-hidden"> ${team.name}</span>`;
    return html`${decisions.map((status) => html`<button type="button" class="quiet" @click=${() => void this.decide(team, status)}>${t(status === "approved" ? "teams.approve" : "teams.deny")}${named}</button> `)}
      ${isOpen(team) ? html`<button type="button" class="quiet" @click=${() => void this.choose(team)}>${t("teams.edit")}${named}</button>` : "–"}`;
  }

  private readonly bulk = (rows: readonly Team[]): TemplateResult =>
    html`<div class="several">
      ${reasonField()}
      ${this.doing.button(t("teams.approve"), (event) => void this.decideAll(rows, "approved", typed(event, "reason")))}
      ${this.doing.button(t("teams.deny"), (event) => void this.decideAll(rows, "denied", typed(event, "reason")), "quiet")}
    </div>`;

  private one(team: Team): TemplateResult {
    const params = { path: { ...this.which.path, team: team.id } };
    const phase = this.phase?.id ?? "";
    return html`<section class="manage-part" tabindex="-1" aria-labelledby="team-title">
      <h3 id="team-title">${team.name}</h3>
      <agon-form operation="teams_change" .only=${["name", "reason"]} .name=${team.id} .values=${{ name: team.name }} .action=${t("teams.rename")}
        @submit=${({ detail: { body, until } }: Submitted<"teams_change">) => until(ask("patch", "/v1/competitions/{competition}/teams/{team}", { params, body }))} @sent=${this.list.reload}></agon-form>
      <h4>${t("teams.attempts")}</h4>
      <agon-form operation="teams_give_attempts" .name=${team.id} .only=${["attempts", "reason"]} .action=${t("teams.give")}
        @submit=${({ detail: { body, until } }: Submitted<"teams_give_attempts">) => until(ask("post", "/v1/competitions/{competition}/teams/{team}/attempts", { params, body: { ...body, phase } }))}></agon-form>
      <h4>${t("teams.put")}</h4>
      <p class="soft">${t("teams.about_put")}</p>
      <agon-form operation="teams_put" .name=${team.id} .action=${t("teams.put")}
        @submit=${({ detail: { body, until } }: Submitted<"teams_put">) => until(ask("post", "/v1/competitions/{competition}/teams/{team}/members", { params, body }))} @sent=${this.list.reload}></agon-form>
    </section>`;
  }

  private async choose(team: Team): Promise<void> {
    this.chosen = team;
    await this.updateComplete;
    this.querySelector<HTMLElement>("section.manage-part")?.focus();
  }

  private change(team: string, status: Decision, reason: string): Promise<Team> {
    const params = { path: { ...this.which.path, team } };
    return ask("patch", "/v1/competitions/{competition}/teams/{team}", { params, body: { status, reason } });
  }

  private async decide(team: Team, status: Decision): Promise<void> {
    await this.doing.act(async () => {
      await this.change(team.id, status, "");
      return t(status === "approved" ? "teams.may_submit" : "teams.may_not", { name: team.name });
    });
    this.list.reload();
  }

  private async decideAll(rows: readonly Team[], status: Decision, reason: string): Promise<void> {
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    const isDone = await this.doing.act(async () => {
      const result: BulkResult = await oneByOne([...names.keys()], (id) => this.change(id, status, reason));
      return told(result, (id) => names.get(id) ?? id);
    });
    if (isDone) clearReason(this);
    this.list.reload();
  }
}

/** One that went into another, or is no more, is left alone. */
function isOpen({ status }: Team): boolean {
  return status !== "merged" && status !== "disbanded";
}
