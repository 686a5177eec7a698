import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Leaderboard, Row } from "../api/shapes";
import { clock, instant } from "../format";
import { toBoard, toHistory, toResults } from "../links";
import { go } from "../router";
import { board, type Links } from "./board";
import { t } from "../words/words";
import { TabElement } from "./page-element";
import { empty, loading, trouble } from "./states";
import "./exports";

const REFRESH_SECONDS = 10;
/** So many pages are read at once, where all are wanted. */
const AT_ONCE = 4;
/** With more rows here a board stands still: to read them all anew every few seconds would cost more than it tells. */
const MOST_LIVE = 10_000;

/** A phase's leaderboard, read again every few seconds while it moves and somebody looks; further pages as they come in sight. */
@customElement("agon-leaderboard")
export class AgonLeaderboard extends TabElement {
  private readonly read = new Resource(
    this,
    () => {
      const query = { board: this.key ?? undefined };
      return this.phase && reading("/v1/phases/{phase}/leaderboard", { params: { path: { phase: this.phase.id }, query } });
    },
    () => (this.isLive ? REFRESH_SECONDS : undefined),
  );
  private readonly boards = new Resource(
    this,
    () => this.phase && reading("/v1/phases/{phase}/leaderboards", { params: { path: { phase: this.phase.id } } }),
  );

  /** The rows of the pages after the first, of the board as it was read last. */
  @state() private further: readonly Row[] = [];
  private of?: Leaderboard;
  private isReading = false;

  /** The board's key; null: the first one. */
  private get key(): string | null {
    return this.query("board");
  }

  /** What stands is final or frozen else: who looks at that costs no calls. */
  private get isLive(): boolean {
    return this.phase?.state === "open" && !this.read.value?.frozen_at && this.further.length <= MOST_LIVE;
  }

  protected override willUpdate(): void {
    if (this.of === this.read.value) return;
    this.of = this.read.value;
    // Ranks have moved: what follows is read anew as it comes in sight.
    this.further = [];
  }

  private readonly more = (): void => void this.readOn(1);
  private readonly all = (): void => void this.readOn(Infinity);

  /** Reads so many of the pages that are not here yet, and puts them there together: each time all rows are put in order. */
  private async readOn(most: number): Promise<void> {
    if (this.isReading || !this.phase) return;
    this.isReading = true;
    const [of, phase] = [this.of, this.phase.id];
    try {
      const found: Leaderboard[] = [];
      const pages = this.pagesToCome.slice(0, most);
      for (let at = 0; at < pages.length && this.of === of; at += AT_ONCE)
        found.push(...(await Promise.all(pages.slice(at, at + AT_ONCE).map((page) => this.page(phase, page)))));
      if (this.of === of && found.length > 0) this.further = [...this.further, ...found.flatMap(({ rows }) => rows)];
    } catch (error) {
      // It is asked for again with the next row that comes in sight.
      if (!(error instanceof Problem)) throw error;
    } finally {
      this.isReading = false;
    }
  }

  private page(phase: string, page: number): Promise<Leaderboard> {
    const query = { page, board: this.key ?? undefined };
    return ask("get", "/v1/phases/{phase}/leaderboard", { params: { path: { phase }, query } });
  }

  /** All pages but the last have as many rows as the first. */
  private get pagesToCome(): number[] {
    const { pages = 0, rows = [] } = this.of ?? {};
    const next = 2 + Math.ceil(this.further.length / Math.max(rows.length, 1));
    return Array.from({ length: Math.max(0, pages - next + 1) }, (_, at) => next + at);
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty(t("board.no_phases"), t("board.no_phases_hint"));
    const { value: leaderboard, problem } = this.read;
    if (!leaderboard) return problem ? trouble(problem, this.read.reload, 2) : loading(t("board.loading"));
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
          ? empty(t("board.none"), t("board.none_hint"))
          : board(leaderboard, { rows: this.further, more: this.more, all: this.all }, new Date(), (row) =>
              this.links(leaderboard, row),
            )
      }
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
    const choose = (key: string): void => go(toBoard(this.name, this.query("phase"), 1, key), "replace");
    return html`<div class="board-choice" role="group" aria-label=${t("board.boards")}>
      ${boards.map(
        ({
          key,
          title,
        }) => html`<button type="button" aria-pressed=${key === shown.key ? "true" : "false"} @click=${() => choose(key)}>
          ${title}
        </button>`,
      )}
    </div>`;
  }

  private notice(leaderboard: Leaderboard): TemplateResult | typeof nothing {
    const { frozen_at, final, anonymous } = leaderboard;
    const words = [
      frozen_at && t("board.frozen", { instant: instant(frozen_at) }),
      final && t("board.final"),
      anonymous && t("board.anonymous"),
    ].filter((word): word is string => Boolean(word));
    return words.length ? html`<p class="board-notice">${words.join(" ")}</p>` : nothing;
  }

  private subtitle(leaderboard: Leaderboard): string {
    return `${this.phase?.name} · ${t("board.entries", { count: leaderboard.count })}`;
  }

  private freshness(): TemplateResult {
    const { problem, checkedAt } = this.read;
    if (problem) return html`<p class="fresh stale" role="status">${t("board.stale", { why: problem.detail })}</p>`;
    const time = checkedAt ? clock(checkedAt) : "";
    if (!this.isLive) return html`<p class="fresh">${t("board.checked", { time })}</p>`;
    return html`<p class="fresh"><span class="pulse" aria-hidden="true"></span>${t("board.live", { time })}</p>`;
  }
}
