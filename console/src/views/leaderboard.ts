import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Leaderboard, Phase, Row } from "../api/shapes";
import { clock, count, moment } from "../format";
import { toBoard, toHistory, toResults } from "../router";
import { board, type Links } from "./board";
import { LightElement } from "./light";
import { empty, loading, trouble } from "./states";
import "./exports";

const REFRESH_SECONDS = 10;

/** A phase's leaderboard, one page of it, read again every few seconds while somebody looks. */
@customElement("agon-leaderboard")
export class AgonLeaderboard extends LightElement {
  @property({ attribute: false }) competitionId = "";
  @property({ attribute: false }) phase?: Phase;
  @property({ attribute: false }) page = 1;
  /** The board's key; null: the first one. */
  @state() private key: string | null = null;
  private readonly read = new Resource(
    this,
    () => {
      const query = { page: this.page, board: this.key ?? undefined };
      return this.phase && reading("/v1/phases/{phase}/leaderboard", { params: { path: { phase: this.phase.id }, query } });
    },
    REFRESH_SECONDS,
  );
  private readonly boards = new Resource(
    this,
    () => this.phase && reading("/v1/phases/{phase}/leaderboards", { params: { path: { phase: this.phase.id } } }),
  );

  protected override render(): TemplateResult {
    const { value: leaderboard, problem } = this.read;
    if (!leaderboard) return problem ? trouble(problem, this.read.reload, 2) : loading("the leaderboard");
    return html`<section class="board" aria-labelledby="board-title">
      <header>
        <div>
          <h2 id="board-title">${leaderboard.title}</h2>
          <p class="soft">${this.subtitle(leaderboard)}</p>
        </div>
        ${this.freshness()}
      </header>
      ${this.choice(leaderboard)} ${this.notice(leaderboard)}
      ${
        leaderboard.rows.length === 0
          ? empty("No scores yet", "The first submission that is scored opens the ranking.")
          : board(leaderboard, new Date(), (row) => this.links(leaderboard, row))
      }
      ${leaderboard.pages > 1 ? this.pager(leaderboard) : nothing}
      ${leaderboard.organizer ? html`<agon-exports .phaseId=${leaderboard.phase} .board=${leaderboard.key}></agon-exports>` : nothing}
    </section>`;
  }

  /** Where names are hidden, only one's own row leads to somebody. */
  private links({ anonymous, detailed_results, phase, final_phase }: Leaderboard, row: Row): Links {
    return {
      history: anonymous && !row.mine ? null : toHistory(final_phase ?? phase, row.participant, row.team, this.key),
      results: detailed_results ? toResults(row.submission) : null,
    };
  }

  /** The other boards of the phase, where there are some. */
  private choice(shown: Leaderboard): TemplateResult | typeof nothing {
    const boards = this.boards.value?.boards ?? [];
    if (boards.length < 2) return nothing;
    return html`<div class="board-choice" role="group" aria-label="Leaderboards">
      ${boards.map(
        ({
          key,
          title,
        }) => html`<button type="button" aria-pressed=${key === shown.key ? "true" : "false"} @click=${() => (this.key = key)}>
          ${title}
        </button>`,
      )}
    </div>`;
  }

  private notice(leaderboard: Leaderboard): TemplateResult | typeof nothing {
    const { frozen_at, final, anonymous } = leaderboard;
    const words = [
      frozen_at && `Frozen: the board stands as it was on ${moment(frozen_at, new Date())}, until the phase ends.`,
      final && "This is the final ranking.",
      anonymous && "The organizers hide names on this board.",
    ].filter((word): word is string => Boolean(word));
    return words.length ? html`<p class="board-notice">${words.join(" ")}</p>` : nothing;
  }

  private subtitle(leaderboard: Leaderboard): string {
    return `${this.phase?.name} · ${count(leaderboard.count, "entry", "entries")}`;
  }

  private freshness(): TemplateResult {
    const { problem, checkedAt } = this.read;
    if (problem) return html`<p class="fresh stale" role="status">Not refreshing: ${problem.detail}</p>`;
    const at = checkedAt && clock(checkedAt);
    if (this.phase?.state !== "open" || this.read.value?.frozen_at) return html`<p class="fresh">Checked ${at}</p>`;
    return html`<p class="fresh"><span class="pulse" aria-hidden="true"></span>Live, checked ${at}</p>`;
  }

  private pager({ page, pages }: Leaderboard): TemplateResult {
    const to = (number: number): string => toBoard(this.competitionId, this.phase?.id ?? "", number);
    return html`<nav class="pager" aria-label="Pages of the leaderboard">
      ${page > 1 ? html`<a href=${to(page - 1)} rel="prev">← Better ranks</a>` : html`<span></span>`}
      <span class="soft">Page ${page} of ${pages}</span>
      ${page < pages ? html`<a href=${to(page + 1)} rel="next">Further ranks →</a>` : html`<span></span>`}
    </nav>`;
  }
}
