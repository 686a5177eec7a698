/** How the first of a board got there: a line each, what each had at the time that one points at, and the same as a table. */
import { html, nothing, svg, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { reading } from "../api/client";
import { Extra } from "../api/resource";
import type { Leaderboard, Leaders } from "../api/shapes";
import { direction, moment, score } from "../format";
import { bestAt, instantAt, instantsOf, linesOf, placeOf } from "../leaders";
import { toHistory, toSubmission } from "../links";
import { t } from "../words/words";
import { LightElement } from "./light";
import { when } from "./when";

type Leader = Leaders["leaders"][number];

/** So many are read at once, and how many of them are drawn is chosen. */
const MOST = 10;
const CHOICES = [5, MOST] as const;
const HEIGHT = 200;
/** Room for the scores at the left, and for lines and dates at the edges. */
const MARGIN = { top: 10, right: 10, bottom: 26, left: 58 };
/** The width until it is measured, in pixels. */
const WIDTH = 640;
const [BACK, ON] = [new Set(["ArrowLeft", "ArrowDown"]), new Set(["ArrowRight", "ArrowUp"])];

@customElement("agon-leaders")
export class AgonLeaders extends LightElement {
  /** The competition as the address names it. */
  @property({ attribute: false }) competition = "";
  /** The board that it is of, as it was read last. */
  @property({ attribute: false }) board?: Leaderboard;
  /** The key of the board in the page's address. */
  @property({ attribute: false }) key: string | null = null;
  @state() private most: number = CHOICES[0];
  /** The time that is pointed at; undefined: now. */
  @state() private at?: number;
  /** The place of the one that is pointed at. */
  @state() private chosen?: number;
  @state() private width = WIDTH;
  private readonly sizes = new ResizeObserver(() => this.measure());

  private readonly read = new Extra(this, () => {
    if (!this.board) return undefined;
    const { phase, key: board } = this.board;
    return reading("/v1/phases/{phase}/leaderboard/history", { params: { path: { phase }, query: { board, top: MOST } } });
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("board");
    const isSame = before?.phase === this.board?.phase && before?.key === this.board?.key;
    // The board was made anew, and what is told of it with it.
    if (before && isSame && before.rebuilt_at !== this.board?.rebuilt_at) this.read.reload();
  }

  protected override updated(): void {
    this.measure();
  }

  private measure(): void {
    const plot = this.querySelector(".leaders-plot");
    if (plot && plot.clientWidth > 0) this.width = plot.clientWidth - MARGIN.left - MARGIN.right;
  }

  protected override render(): TemplateResult | typeof nothing {
    const found = this.read.value;
    if (!found) return this.read.problem ? nothing : skeleton();
    // Without a second score of anybody there is nothing that came to be.
    if (!found.leaders.some(({ points }) => points.length > 1)) return nothing;
    const leaders = found.leaders.slice(0, this.most);
    return html`<section class="leaders" aria-labelledby="leaders-title">
      <header>
        <div>
          <h3 id="leaders-title">${t("leaders.title")}</h3>
          <p class="soft">${this.subtitle(found)}</p>
        </div>
        ${found.leaders.length > CHOICES[0] ? this.choice() : nothing}
      </header>
      <div class="leaders-body">${this.plot(leaders, found)} ${this.legend(leaders, found)}</div>
      ${table(leaders, found)}
    </section>`;
  }

  private subtitle({ column }: Leaders): string {
    const told = t("leaders.subtitle", { column: column.title, direction: direction(column.sorting).words });
    return this.board?.final ? `${told}. ${t("leaders.until_end")}` : told;
  }

  private choice(): TemplateResult {
    return html`<div class="board-choice" role="group" aria-label=${t("leaders.how_many")}>
      ${CHOICES.map(
        (count) =>
          html`<button type="button" aria-pressed=${count === this.most ? "true" : "false"} @click=${() => (this.most = count)}>
            ${t("leaders.first", { count })}
          </button>`,
      )}
    </div>`;
  }

  /** A slider over time for who uses the keyboard: its value says what each had. */
  private plot(leaders: readonly Leader[], { column }: Leaders): TemplateResult {
    const instants = instantsOf(leaders);
    const { width } = this;
    const { paths, rules } = linesOf(leaders, { width, height: HEIGHT });
    const [from, to] = [instants[0] ?? 0, instants.at(-1) ?? 0];
    const now = instants.filter((instant) => instant <= (this.at ?? to)).length;
    const x = this.at === undefined ? undefined : placeOf(this.at, instants, width);
    return html`<div class="leaders-plot" role="slider" tabindex="0" aria-label=${t("leaders.at")} aria-valuemin="1" aria-valuemax=${Math.max(instants.length, 1)} aria-valuenow=${Math.max(now, 1)} aria-valuetext=${this.said(leaders, column, to)}
      @pointermove=${(event: PointerEvent) => this.point(event, instants)} @pointerdown=${(event: PointerEvent) => this.point(event, instants)} @pointerleave=${this.leave} @blur=${this.leave} @keydown=${(event: KeyboardEvent) => this.step(event, instants)}>
      <svg width=${MARGIN.left + width + MARGIN.right} height=${MARGIN.top + HEIGHT + MARGIN.bottom} aria-hidden="true">
        <g transform="translate(${MARGIN.left} ${MARGIN.top})">
          ${rules.map(
            ({ y, value }) =>
              svg`<path class="rule" d="M0 ${y}H${width}" /><text class="scale" x="-8" y=${y} dy="0.35em" text-anchor="end">${score(value, column.precision)}</text>`,
          )}
          ${paths.map((path, place) => svg`<path class="line ${this.classOf(place, leaders)}" d=${path} />`).reverse()}
          ${x === undefined ? nothing : svg`<path class="at" d="M${x} 0V${HEIGHT}" />`}
          <text class="scale" y=${HEIGHT + 20}>${day(from)}</text>
          ${to > from ? svg`<text class="scale" x=${width} y=${HEIGHT + 20} text-anchor="end">${day(to)}</text>` : nothing}
        </g>
      </svg>
    </div>`;
  }

  private classOf(place: number, leaders: readonly Leader[]): string {
    const dimmed = this.chosen !== undefined && this.chosen !== place ? "dimmed" : "";
    return `series-${place} ${leaders[place]?.mine ? "mine" : ""} ${dimmed}`.trim();
  }

  /** Each with the best that they had at the time that is pointed at. */
  private legend(leaders: readonly Leader[], { column }: Leaders): TemplateResult {
    const at = this.at ?? Infinity;
    return html`<div class="leaders-legend">
      <p class="soft">${this.at === undefined ? t("leaders.now") : moment(new Date(this.at).toISOString(), new Date())}</p>
      <ol>
        ${leaders.map(
          (
            leader,
            place,
          ) => html`<li class=${this.classOf(place, leaders)} @pointerenter=${() => (this.chosen = place)} @pointerleave=${this.unchoose} @focusin=${() => (this.chosen = place)} @focusout=${this.unchoose}>
            <svg class="swatch" width="22" height="10" aria-hidden="true"><path class="line series-${place}" d="M0 5H22" /></svg>
            <a href=${this.historyOf(leader)}><bdi>${leader.participant}</bdi></a>
            <span class="value">${score(bestAt(leader, at), column.precision) ?? html`<span aria-hidden="true">–</span><span class="visually-hidden">${t("leaders.none_yet")}</span>`}</span>
          </li>`,
        )}
      </ol>
    </div>`;
  }

  private historyOf({ participant, team }: Leader): string {
    const { phase = "", final_phase = null } = this.board ?? {};
    return toHistory(this.competition, final_phase ?? phase, participant, team, this.key);
  }

  private said(leaders: readonly Leader[], column: Leaders["column"], to: number): string {
    const at = this.at ?? to;
    const each = leaders.map((leader) =>
      t("leaders.said", {
        name: leader.participant,
        score: score(bestAt(leader, at), column.precision) ?? t("leaders.none_yet"),
      }),
    );
    return `${moment(new Date(at).toISOString(), new Date())}. ${each.join("; ")}`;
  }

  private point({ clientX, currentTarget }: PointerEvent, instants: readonly number[]): void {
    const left = (currentTarget as HTMLElement).getBoundingClientRect().left + MARGIN.left;
    this.at = instantAt(clientX - left, instants, this.width);
  }

  private step(event: KeyboardEvent, instants: readonly number[]): void {
    const now = this.at ?? instants.at(-1) ?? 0;
    const to = BACK.has(event.key)
      ? instants.findLast((instant) => instant < now)
      : ON.has(event.key)
        ? instants.find((instant) => instant > now)
        : { Home: instants[0], End: instants.at(-1) }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.at = to;
  }

  private readonly leave = (): void => void (this.at = undefined);
  private readonly unchoose = (): void => void (this.chosen = undefined);
}

function day(instant: number): string {
  return moment(new Date(instant).toISOString(), new Date());
}

/** As high as what comes, so that nothing below it moves. */
function skeleton(): TemplateResult {
  return html`<section class="leaders" role="status">
    <span class="visually-hidden">${t("states.loading", { what: t("leaders.loading") })}</span>
    <div class="leaders-body"><div class="leaders-plot"></div></div>
  </section>`;
}

function table(leaders: readonly Leader[], { column }: Leaders): TemplateResult {
  const rows = leaders
    .flatMap((leader) => leader.points.map((point) => ({ leader, point })))
    .sort((a, b) => b.point.submitted_at.localeCompare(a.point.submitted_at));
  return html`<details class="leaders-table">
    <summary>${t("leaders.as_table")}</summary>
    <div class="table-frame" tabindex="0" role="group" aria-label=${t("leaders.table")}>
      <table>
        <caption class="visually-hidden">${t("leaders.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">${t("board.submitted")}</th>
            <th scope="col">${t("board.participant")}</th>
            <th scope="col" class="score-cell">${column.title}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ leader, point }) => html`<tr>
              <td>${leader.opens ? html`<a href=${toSubmission(point.submission)}>${when(point.submitted_at)}</a>` : when(point.submitted_at)}</td>
              <th scope="row"><bdi>${leader.participant}</bdi></th>
              <td class="score-cell">${score(point.best, column.precision)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
