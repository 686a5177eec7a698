import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Resource } from "../api/resource";
import { current } from "../api/session";
import type { Invitation, Team } from "../api/shapes";
import { copy } from "../clipboard";
import { toJoin, toTeam } from "../links";
import { go } from "../router";
import { textIn } from "../submitting";
import { rich, t } from "../words/words";
import type { State } from "../format";
import { Doing } from "./manage/doing";
import { TabElement } from "./page-element";
import "./people/team-invitations";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";

const CHIPS: Record<Team["status"], State> = {
  approved: "open",
  pending: "upcoming",
  denied: "closed",
  merged: "closed",
  disbanded: "closed",
};

export function teamChip(team: Team): TemplateResult {
  return html`<span class="chip ${CHIPS[team.status]}">${t(`teams.${team.status}`)}</span>`;
}

/** A participant's team: who is in it and, for its leader, the code that lets others in; or how to make or join one. */
@customElement("agon-team")
export class AgonTeam extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () => {
    const { id: competition, my_team: team } = this.competition;
    return team
      ? reading("/v1/competitions/{competition}/teams/{team}", { params: { path: { competition, team } } })
      : undefined;
  });

  private readonly asked = new Resource(this, () =>
    this.competition.my_status === "approved" ? reading("/v1/me/invitations", {}) : undefined,
  );

  /** What stands in the team's name, for who leads it: mergers that others offer are there. */
  private readonly ofTeam = new Resource(this, () => {
    const { id: competition, my_team: team } = this.competition;
    if (!team || this.read.value?.code == null) return undefined;
    return reading("/v1/competitions/{competition}/teams/{team}/invitations", { params: { path: { competition, team } } });
  });

  protected override render(): TemplateResult {
    const { teams, my_team, my_status } = this.competition;
    if (!teams && !my_team) return empty(t("team.none"), t("team.none_hint"));
    if (my_status !== "approved") return this.outsider();
    const { value: team, problem } = this.read;
    if (this.competition.my_team && !team)
      return problem
        ? trouble(problem, this.read.reload, 2)
        : loading(t("team.it"), sketch.title, sketch.facts(3), sketch.list(2));
    return html`
      ${this.doing.outcome([])} ${team && this.isInvited(team) ? html`<p class="board-notice">${t("team.in_one", { name: team.name })}</p>` : nothing}
      ${this.invitations()}
      ${team ? this.card(team) : this.ways()}
      ${team?.code ? html`<agon-team-invitations .competition=${this.competition.id} .team=${team.id}></agon-team-invitations>` : nothing}
    `;
  }

  /** Into another team than the one that they are in. */
  private isInvited({ code }: Team): boolean {
    const given = this.query("code");
    return given !== null && given !== code;
  }

  private outsider(): TemplateResult {
    const code = this.query("code");
    const next = code ? toTeam(this.name, code) : null;
    const join = html`<a class="button" href=${toJoin(this.name, next)}>${t("team.take_part")}</a>`;
    return empty(t("team.outside"), t("team.outside_hint"), join);
  }

  /** What the caller is asked into in this competition, and their team where they lead it. */
  private invitations(): TemplateResult[] {
    const { id, my_team: team } = this.competition;
    const mine = (this.asked.value?.invitations ?? []).filter(({ competition }) => competition === id);
    const offered = (this.ofTeam.value?.invitations ?? []).filter(
      ({ subject, status }) => subject !== team && status === "open",
    );
    return [...mine, ...offered].map((one) => this.invitation(one));
  }

  private invitation({ id, to, name, by }: Invitation): TemplateResult {
    const params = { path: { invitation: id } };
    const accept = () => ask("post", "/v1/me/invitations/{invitation}/accept", { params });
    const decline = () => ask("post", "/v1/me/invitations/{invitation}/decline", { params });
    return html`<section class="team-card" aria-label=${t("team.invitation")}>
      <p>${rich(`team.asked_${to}`, { name: html`<b>${name}</b>`, by })}</p>
      <p class="actions">
        ${this.doing.button(t("inbox.accept"), () => void this.act(accept, t("inbox.accepted"), true), "", name)}
        ${this.doing.button(t("inbox.decline"), () => void this.act(decline, t("inbox.declined")), "quiet", name)}
      </p>
    </section>`;
  }

  private ways(): TemplateResult {
    const code = this.query("code");
    const make = html`<form class="team-card" @submit=${this.onMake}>
      <h2>${t("team.make")}</h2>
      <p class="soft">${t("team.about_make")}</p>
      <label>${t("titles.name")} <input name="name" required minlength="2" maxlength="40" autocomplete="off" /></label>
      ${this.doing.submit(t("team.make_it"))}
    </form>`;
    const join = html`<form class="team-card" @submit=${this.onJoin}>
      <h2>${t("team.join")}</h2>
      <p class="soft">${t(code ? "team.invited" : "team.about_join")}</p>
      <label>${t("titles.code")} <input name="code" required maxlength="80" value=${code ?? ""} autocapitalize="none" autocomplete="off" spellcheck="false" /></label>
      ${this.doing.submit(t("team.join_it"))}
    </form>`;
    // Who is invited came for that.
    return html`<div class="team-ways">${code ? [join, make] : [make, join]}</div>`;
  }

  private card(team: Team): TemplateResult {
    const leads = team.code !== null;
    const isAlone = team.members.length === 1;
    const params = this.which(team);
    const dissolve = () => ask("delete", "/v1/competitions/{competition}/teams/{team}", { params });
    // As the API has it: nobody leaves submissions behind.
    const mayLeave = !isAlone || !team.submitted;
    return html`<section class="team-card" aria-labelledby="team-name">
      <header><h2 id="team-name">${team.name}</h2>${teamChip(team)}</header>
      <p class="soft">${t(`team.means_${team.status}`)}</p>
      <ul class="team-members" aria-label=${t("team.members")}>${team.members.map((member, place) => this.member(team, member, place === 0))}</ul>
      ${team.code ? this.code(team, team.code) : nothing}
      <p class="actions">
        ${mayLeave ? this.doing.button(t("team.leave"), () => void this.leave(team), "quiet") : nothing}
        ${
          leads && !team.submitted && !isAlone
            ? this.doing.button(
                t("team.dissolve"),
                () => void this.act(dissolve, t("team.dissolved", { name: team.name }), true),
                "quiet",
              )
            : nothing
        }
      </p>
    </section>`;
  }

  private member(team: Team, { user, username }: Team["members"][number], leads: boolean): TemplateResult {
    const params = this.which(team);
    const lead = () => ask("post", "/v1/competitions/{competition}/teams/{team}/leader", { params, body: { username } });
    const remove = () =>
      ask("delete", "/v1/competitions/{competition}/teams/{team}/members/{user}", {
        params: { path: { ...params.path, user } },
      });
    const may = team.code !== null && !leads;
    return html`<li>
      <span>${username}${leads ? html` <span class="mark-word">${t("team.leads")}</span>` : nothing}</span>
      ${
        may
          ? html`<span class="actions">
            ${this.doing.button(t("team.lead"), () => void this.act(lead, t("team.lead_offered", { name: username })), "plain", username)}
            ${this.doing.button(t("team.remove"), () => void this.act(remove, t("team.removed", { name: username })), "plain", username)}
          </span>`
          : nothing
      }
    </li>`;
  }

  private code(team: Team, code: string): TemplateResult {
    const params = this.which(team);
    const renew = () => ask("post", "/v1/competitions/{competition}/teams/{team}/code", { params });
    return html`<div class="team-code">
      <p>${t("team.about_code")}</p>
      <code>${code}</code>
      <p class="actions">
        <button type="button" class="quiet" @click=${() => this.copy(location.origin + toTeam(this.competition.slug, code))}>${t("team.copy_link")}</button>
        <button type="button" class="quiet" @click=${() => this.copy(code)}>${t("team.copy")}</button>
        ${this.doing.button(t("team.renew"), () => void this.act(renew, t("team.renewed")), "quiet")}
      </p>
    </div>`;
  }

  private async copy(code: string): Promise<void> {
    await this.doing.act(async () => {
      await copy(code);
      return t("shell.copied");
    });
  }

  private async leave(team: Team): Promise<void> {
    const me = team.members.find(({ username }) => username.toLowerCase() === current()?.username.toLowerCase());
    if (!me) return;
    const params = { path: { ...this.which(team).path, user: me.user } };
    const leave = () => ask("delete", "/v1/competitions/{competition}/teams/{team}/members/{user}", { params });
    await this.act(leave, t("team.left", { name: team.name }), true);
  }

  private readonly onMake = (event: SubmitEvent): void => {
    event.preventDefault();
    const body = { name: entered(event, "name") };
    const make = () =>
      ask("post", "/v1/competitions/{competition}/teams", { params: { path: { competition: this.competition.id } }, body });
    void this.act(make, t("team.made", { name: body.name }), true);
  };

  private readonly onJoin = (event: SubmitEvent): void => {
    event.preventDefault();
    const body = { code: entered(event, "code") };
    const join = () =>
      ask("post", "/v1/competitions/{competition}/teams/join", {
        params: { path: { competition: this.competition.id } },
        body,
      });
    void this.act(join, t("team.joined"), true).then((isDone) => {
      // An invitation that is accepted is none any more.
      if (isDone && this.query("code")) go(toTeam(this.name), "replace");
    });
  };

  private which(team: Team): { path: { competition: string; team: string } } {
    return { path: { competition: this.competition.id, team: team.id } };
  }

  private async act(verb: () => Promise<unknown>, told: string, changes = false): Promise<boolean> {
    const isDone = await this.doing.act(async () => {
      await verb();
      return told;
    });
    if (!isDone) return false;
    this.asked.reload();
    this.ofTeam.reload();
    if (changes) this.changed();
    else this.read.reload();
    return true;
  }
}

function entered(event: SubmitEvent, field: string): string {
  return textIn(new FormData(event.target as HTMLFormElement), field).trim();
}
