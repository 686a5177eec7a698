import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Competition, Phase } from "../api/shapes";
import { currentPhase, period, stateOf } from "../format";
import { toBoard, toCompetition, toJudge, toJury, toPage, toShared, toSubmissions, toTeam, type Order } from "../router";
import { LightElement } from "./light";
import { logo } from "./logo";
import { chip, empty, loading, trouble } from "./states";
import "./leaderboard";
import "./page";
import "./shared";
import "./submissions";
import "./team";
import "./teams";

/** A competition: what it is, its phases, and a phase's leaderboard, its shared code, or one of the pages. */
@customElement("agon-competition")
export class AgonCompetition extends LightElement {
  @property({ attribute: false }) competitionId = "";
  @property({ attribute: false }) phaseId: string | null = null;
  @property({ attribute: false }) boardPage = 1;
  /** The page to read; null: the leaderboard. */
  @property({ attribute: false }) pageIndex: number | null = null;
  /** The tab of teams: one's own, or for organizers all. */
  @property({ attribute: false }) isOfTeams = false;
  /** Which shared code to show; null: none. */
  @property({ attribute: false }) shared: { order: Order; cursor: string | null } | null = null;
  /** Whose submissions to show; null: none. */
  @property({ attribute: false }) submissions: { everyone: boolean; cursor: string | null } | null = null;
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}", { params: { path: { competition: this.competitionId } } }),
  );

  protected override render(): TemplateResult {
    const { value: competition, problem } = this.read;
    document.title = `${competition?.title ?? problem?.title ?? "Competition"} · Agon`;
    if (problem) return trouble(problem, this.read.reload);
    if (!competition) return loading("the competition");
    const phase = competition.phases.find(({ id }) => id === this.phaseId) ?? currentPhase(competition.phases);
    return html`
      ${lead(competition)} ${this.phases(competition, phase)} ${this.tabs(competition, phase)}
      ${
        this.isOfTeams
          ? this.teams(competition)
          : this.pageIndex === null
            ? this.ofPhase(competition, phase)
            : html`<agon-page .competitionId=${competition.id} .index=${this.pageIndex}></agon-page>`
      }
    `;
  }

  /** From each tab to the same tab of another phase. */
  private toPhase({ id }: Phase): string {
    if (this.submissions) return toSubmissions(this.competitionId, id, this.submissions.everyone);
    return this.shared ? toShared(this.competitionId, id) : toBoard(this.competitionId, id);
  }

  private phases(competition: Competition, shown: Phase | undefined): TemplateResult {
    const isBoard = this.pageIndex === null && !this.isOfTeams;
    return html`<nav aria-label="Phases">
      <ol class="phases">
        ${competition.phases.map(
          (phase) => html`<li>
            <a href=${this.toPhase(phase)} aria-current=${isBoard && phase === shown ? "true" : "false"}>
              <span class="phase-top"><b>${phase.name}</b> ${chip(phase.state)}</span>
              <span class="soft">${period(phase.starts_at, phase.ends_at)}</span>
            </a>
          </li>`,
        )}
      </ol>
    </nav>`;
  }

  private tabs(competition: Competition, phase: Phase | undefined): TemplateResult {
    const isOther = this.isOfTeams || this.shared !== null || this.submissions !== null;
    const current = (index: number | null): "page" | "false" => (index === this.pageIndex && !isOther ? "page" : "false");
    const isInside = competition.my_status === "organizer" || competition.my_status === "approved";
    return html`<nav class="tabs" aria-label="Competition">
      <a href=${toCompetition(competition.id)} aria-current=${current(null)}>Leaderboard</a>
      ${
        phase && isInside
          ? html`<a href=${toSubmissions(competition.id, phase.id)} aria-current=${this.submissions ? "page" : "false"}>Submissions</a>`
          : nothing
      }
      ${phase ? html`<a href=${toShared(competition.id, phase.id)} aria-current=${this.shared ? "page" : "false"}>Shared code</a>` : nothing}
      ${competition.pages.map(
        ({ index, title }) => html`<a href=${toPage(competition.id, index)} aria-current=${current(index)}>${title}</a>`,
      )}
      ${
        competition.teams && isInside
          ? html`<a href=${toTeam(competition.id)} aria-current=${this.isOfTeams ? "page" : "false"}>${competition.my_status === "organizer" ? "Teams" : "Team"}</a>`
          : nothing
      }
      ${phase?.judged && competition.is_juror ? html`<a href=${toJudge(phase.id)}>Judge</a>` : nothing}
      ${phase?.judged && competition.my_status === "organizer" ? html`<a href=${toJury(phase.id)}>Jury</a>` : nothing}
    </nav>`;
  }

  private teams(competition: Competition): TemplateResult {
    if (!competition.teams && !competition.my_team)
      return empty("There are no teams here", "In this competition everybody competes alone.");
    if (competition.my_status === "organizer") return html`<agon-teams .competitionId=${competition.id}></agon-teams>`;
    if (competition.my_status !== "approved")
      return empty("Teams are for participants", "Take part first: agon join, with this competition's id.");
    return html`<agon-team .competition=${competition} .changed=${this.read.reload}></agon-team>`;
  }

  private ofPhase(competition: Competition, phase: Phase | undefined): TemplateResult {
    if (!phase) return empty("No phases yet", "The leaderboard appears with the first phase.");
    if (this.submissions) {
      return html`<agon-submissions .competition=${competition} .phase=${phase} .everyone=${this.submissions.everyone} .cursor=${this.submissions.cursor}></agon-submissions>`;
    }
    if (this.shared) {
      const columns = competition.leaderboard?.columns ?? [];
      return html`<agon-shared .competitionId=${this.competitionId} .phase=${phase} .columns=${columns} .allowed=${competition.can_participants_make_submissions_public} .order=${this.shared.order} .cursor=${this.shared.cursor}></agon-shared>`;
    }
    return html`<agon-leaderboard .competitionId=${this.competitionId} .phase=${phase} .page=${this.boardPage}></agon-leaderboard>`;
  }
}

function lead(competition: Competition): TemplateResult {
  return html`<header class="lead">
    <div class="lead-title">${logo(competition)}<h1>${competition.title}</h1></div>
    ${competition.description ? html`<p>${competition.description}</p>` : nothing}
    <dl class="facts">
      <div><dt>State</dt><dd>${chip(stateOf(competition, new Date()))}</dd></div>
      <div><dt>Organizer</dt><dd>${competition.organizer}</dd></div>
      <div><dt>Dates</dt><dd>${period(competition.starts_at, competition.ends_at)}</dd></div>
      <div><dt>Participants</dt><dd>${competition.participants.toLocaleString("en-GB")}</dd></div>
    </dl>
  </header>`;
}
