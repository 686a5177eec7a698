import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { reading } from "../api/client";
import { askBoard, readingBoard } from "../api/packed";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Leaderboard, Row } from "../api/shapes";
import { clock } from "../format";
import { toBoard, toHistory, toResults } from "../links";
import { go } from "../router";
import { board, type Links } from "./board";
import { rich, t } from "../words/words";
import { remaining } from "./decisive";
import { TabElement } from "./page-element";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import "./exports";
import "./leaders";

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
      const board = this.key ?? undefined;
      return this.phase && readingBoard(this.phase.id, { board });
    },
    () => (this.isLive ? REFRESH_SECONDS : undefined),
  );
  private readonly boards = new Resource(
    this,
    () => this.phase && reading("/v1/phases/{phase}/leaderboards", { params: { path: { phase: this.phase.id } } }),
  );

  /** The board on display, and the rows of its pages after the first. */
  @state() private shown?: Leaderboard;
  @state() private further: readonly Row[] = [];
  /** The submissions of rows that have come since its reader looked, and those of rows that were there then. */
  @state() private news: ReadonlySet<string> = new Set();
  private looked?: { at: string; submissions: Set<string> };
  /** The board as it was read last. */
  private of?: Leaderboard;
  private isReading = false;
  /** All rows are to be here once what is being read is. */
  private isAllWanted = false;

  /** The board's key; null: the first one. */
  private get key(): string | null {
    return this.query("board");
  }

  /** What stands is final or frozen else: who looks at that costs no calls. */
  private get isLive(): boolean {
    return this.phase?.state === "open" && !this.read.value?.frozen_at && this.further.length <= MOST_LIVE;
  }

  protected override willUpdate(): void {
    this.follow();
    this.compare();
  }

  /** Which rows are new to who looks. One's own are no news. */
  private compare(): void {
    const at = `${this.shown?.phase} ${this.shown?.key}`;
    if (this.shown && this.looked?.at !== at)
      this.looked = { at, submissions: new Set(this.rows.map(({ submission }) => submission)) };
    const known = this.looked?.submissions;
    const news = this.rows
      .filter(({ submission, mine }) => !mine && !known?.has(submission))
      .map(({ submission }) => submission);
    if (news.join() !== [...this.news].join()) this.news = new Set(news);
  }

  private get rows(): readonly Row[] {
    return [...(this.shown?.rows ?? []), ...this.further];
  }

  private readonly onLooked = (): void => {
    this.looked = undefined;
    this.requestUpdate();
    this.querySelector<HTMLElement>(".table-frame")?.focus({ preventScroll: true });
  };

  private follow(): void {
    const { value } = this.read;
    const isSame = value !== undefined && value.phase === this.shown?.phase && value.key === this.shown.key;
    // What is being read comes first: a board that moves all the time would never be here as a whole.
    if (this.of === value || (isSame && this.isReading)) return;
    this.of = value;
    // Ranks have moved: all that is here is read anew, and takes its place at once. Who reads further down stays there.
    if (isSame && this.further.length > 0) void this.readOn(value, 0, this.pagesHere - 1);
    else this.begin(value);
  }

  private begin(board: Leaderboard | undefined): void {
    [this.shown, this.further] = [board, []];
    this.isReading = this.isAllWanted = false;
  }

  /** A page, or as many as are said to be wanted. */
  private readonly more = (event: Event): void => {
    const { detail: rows } = event as Partial<CustomEvent<number>>;
    this.goOn(Math.ceil((rows ?? 1) / Math.max(this.shown?.rows.length ?? 1, 1)));
  };
  private readonly all = (): void => this.goOn(Infinity);

  private goOn(most: number): void {
    if (this.isReading) this.isAllWanted ||= most === Infinity;
    else if (this.shown) void this.readOn(this.shown, this.further.length, most, this.pagesHere);
  }

  /** All pages but the last have as many rows as the first. */
  private get pagesHere(): number {
    return 1 + Math.ceil(this.further.length / Math.max(this.shown?.rows.length ?? 1, 1));
  }

  /** Reads so many pages of a board behind those that are here, and shows them together with `kept` rows: each time all are put in order. */
  private async readOn(board: Leaderboard, kept: number, most: number, here = 1): Promise<void> {
    this.isReading = true;
    const isGoingOn = board === this.shown;
    try {
      const found: Leaderboard[] = [];
      const last = Math.min(board.pages, here + most);
      for (let next = here + 1; next <= last && this.of === board; next += AT_ONCE)
        found.push(
          ...(await Promise.all(numbers(next, Math.min(last, next + AT_ONCE - 1)).map((one) => this.page(board, one)))),
        );
      if (this.of !== board) return;
      // What one goes on to read is no news.
      if (isGoingOn)
        for (const { submission } of found.flatMap(({ rows }) => rows)) this.looked?.submissions.add(submission);
      this.shown = board;
      this.further = others(board.rows, [...this.further.slice(0, kept), ...found.flatMap(({ rows }) => rows)]);
    } catch (error) {
      // It is asked for again with the next row that comes in sight.
      if (!(error instanceof Problem)) throw error;
      if (this.of === board && this.shown !== board) this.begin(board);
    }
    if (this.of !== board) return;
    const isAllWanted = this.isAllWanted;
    this.isReading = this.isAllWanted = false;
    this.requestUpdate();
    if (isAllWanted) this.goOn(Infinity);
  }

  private page({ phase, key: board }: Leaderboard, page: number): Promise<Leaderboard> {
    return askBoard(phase, { page, board });
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty(t("board.no_phases"), t("board.no_phases_hint"));
    const { problem } = this.read;
    const leaderboard = this.shown;
    if (!leaderboard)
      return problem
        ? trouble(problem, this.read.reload, 2)
        : loading(t("board.loading"), sketch.title, sketch.table(7), sketch.picture);
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
          : board(leaderboard, { rows: this.further, news: this.news, more: this.more, all: this.all }, new Date(), (row) =>
              this.links(leaderboard, row),
            )
      }
      ${leaderboard.organizer ? html`<agon-exports .phaseId=${leaderboard.phase} .board=${leaderboard.key}></agon-exports>` : nothing}
      ${this.tellsLeaders(leaderboard) ? html`<agon-leaders .competition=${this.name} .board=${leaderboard} .key=${this.key}></agon-leaders>` : nothing}
    </section>`;
  }

  /** Where names are hidden nobody is told how others got there. */
  private tellsLeaders({ rows, anonymous, organizer }: Leaderboard): boolean {
    return rows.length > 1 && (!anonymous || organizer);
  }

  /** Where names are hidden, only one's own row leads to somebody. */
  private links({ anonymous, detailed_results, phase, final_phase }: Leaderboard, row: Row): Links {
    return {
      history:
        anonymous && !row.mine ? null : toHistory(this.name, final_phase ?? phase, row.participant, row.team, this.key),
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
          hidden,
          final,
        }) => html`<button type="button" aria-pressed=${key === shown.key ? "true" : "false"} @click=${() => choose(key)}>
          ${title}${hidden ? html` <small class="soft">${final ? t("board.at_end") : t("board.hidden")}</small>` : nothing}
        </button>`,
      )}
    </div>`;
  }

  private notice(leaderboard: Leaderboard): TemplateResult | typeof nothing {
    const { frozen_at, final, anonymous } = leaderboard;
    const freezesAt = !frozen_at && !final && this.boards.value?.freezes_at;
    const words = [
      frozen_at && rich("board.frozen", { left: remaining(frozen_at) }),
      freezesAt && rich("board.freezes", { left: remaining(freezesAt) }),
      final && this.phase?.state === "closed" && t("board.final"),
      this.isRunning && t("board.other_at_end"),
      this.phase?.final_selection &&
        this.phase.state !== "closed" &&
        t("board.choose", { most: this.phase.final_selection }),
      anonymous && t("board.anonymous"),
    ].filter(Boolean);
    return words.length ? html`<p class="board-notice">${words.map((word) => html`${word} `)}</p>` : nothing;
  }

  /** Another ranking is to take its place. */
  private get isRunning(): boolean {
    return this.boards.value?.has_final === true && this.phase?.state !== "closed";
  }

  private subtitle(leaderboard: Leaderboard): string {
    return `${this.phase?.name} · ${t("board.entries", { count: leaderboard.count })}`;
  }

  private freshness(): TemplateResult {
    const { problem, checkedAt } = this.read;
    if (problem) return html`<p class="fresh stale" role="status">${t("board.stale", { why: problem.detail })}</p>`;
    const time = checkedAt ? clock(checkedAt) : "";
    const checked = t("board.checked", { time });
    if (!this.isLive) return html`<p class="fresh">${checked}</p>`;
    // A clock that ticks beside what is read would be looked at instead.
    const { size: count } = this.news;
    return html`<p class="fresh" title=${checked}><span class="fresh-news" role="status">${count ? html`<button type="button" class="link" title=${t("board.news_hint")} @click=${this.onLooked}>${t("board.news", { count })}<span class="visually-hidden">: ${t("board.news_seen")}</span></button>` : nothing}</span><span class="fresh-dot" aria-hidden="true"></span>${t("board.live")}</p>`;
  }
}

/** Rows that are not among the first, each once: one that moved while pages were read may be on two of them. */
function others(first: readonly Row[], rows: readonly Row[]): Row[] {
  const found = new Map(rows.map((row) => [row.submission, row]));
  for (const { submission } of first) found.delete(submission);
  return [...found.values()];
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}
