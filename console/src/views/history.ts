import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { History } from "../api/shapes";
import { plot } from "../chart";
import { direction, moment, score } from "../format";
import { competitionOf, toBoard, toProfile, toSubmission } from "../links";
import { callBySlug } from "../slugs";
import { PageElement } from "./page-element";
import { entitle } from "../titles";
import { when } from "./when";
import { person } from "./people/named";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { rich, t } from "../words/words";

const WIDTH = 720;
const HEIGHT = 240;
/** Room for the scores at the left, and for dots and dates at the edges. */
const MARGIN = { top: 16, right: 16, bottom: 34, left: 76 };

/** A participant's scores over time, as a picture and as the table behind it. */
@customElement("agon-history")
export class AgonHistory extends PageElement {
  private readonly read = new Resource(this, () => {
    const { phaseId: phase, username, team } = this;
    const query = { board: this.query("board") ?? undefined };
    return team === null
      ? reading("/v1/phases/{phase}/participants/{username}/history", { params: { path: { phase, username }, query } })
      : reading("/v1/phases/{phase}/teams/{team}/history", { params: { path: { phase, team }, query } });
  });
  private readonly members = new Resource(this, () => {
    const { competitionId: competition, team } = this;
    return team === null
      ? undefined
      : reading("/v1/competitions/{competition}/teams/{team}", { params: { path: { competition, team } } });
  });
  private readonly competition = new Resource(this, () =>
    reading("/v1/competitions/{competition}", { params: { path: { competition: this.competitionId } } }),
  );

  protected override updated(): void {
    if (this.competition.value) callBySlug(this.place, this.competition.value);
  }

  protected override render(): TemplateResult {
    const { value: history, problem } = this.read;
    const name = history?.participant ?? (this.username || t("board.team"));
    entitle(name, t("pages.history"), this.competition.value?.title);
    if (!history)
      return problem
        ? trouble(problem, this.read.reload)
        : loading(this.it, sketch.lead, sketch.title, sketch.picture, sketch.table(4));
    const phase = this.competition.value?.phases.find(({ id }) => id === this.phaseId);
    const where = [this.competition.value?.title, phase?.name].filter(Boolean).join(" · ");
    return html`
      <p class="crumb"><a href=${toBoard(this.param("competition"), this.phaseId)}>${t("history.back")}</a></p>
      <header class="lead"><h1><bdi>${history.participant}</bdi></h1><p>${where}</p>${this.people()}</header>
      <section class="board history" aria-labelledby="history-title">
        <header>
          <div>
            <h2 id="history-title">${t("history.over_time", { column: history.column.title })}</h2>
            <p class="soft">${this.subtitle(history)}</p>
          </div>
        </header>
        ${
          history.points.length === 0
            ? empty(t("board.none"), t("history.none_hint"))
            : html`${chart(history, new Date())} ${table(history, new Date())}`
        }
      </section>
    `;
  }

  private people(): TemplateResult | typeof nothing {
    const members = this.members.value?.members.map(({ username }) => username);
    if (members)
      return html`<p class="soft">${rich("history.people", { names: html`${members.map((one, at) => html`${at ? ", " : ""}${person(one)}`)}` })}</p>`;
    return this.team
      ? nothing
      : html`<p><a href=${toProfile(this.username)}>${t("people.page_of", { name: this.username })}</a></p>`;
  }

  private get phaseId(): string {
    return this.query("phase") ?? "";
  }

  private get username(): string {
    return this.param("username");
  }

  /** What is waited for. */
  private get it(): string {
    return this.username ? t("history.of", { name: this.username }) : t("history.of_team");
  }

  /** The id of a team, when it is about one. */
  private get team(): string | null {
    return this.param("team") || null;
  }

  /** The id, by whatever name the address has it. */
  private get competitionId(): string {
    return competitionOf(this.phaseId) || this.param("competition");
  }

  private subtitle({ points, column, truncated }: History): string {
    const of = { count: points.length };
    return `${truncated ? t("history.newest", of) : t("history.submissions", of)}, ${direction(column.sorting).words}`;
  }
}

function chart(history: History, now: Date): TemplateResult {
  const { points, column } = history;
  const { dots, best, rules } = plot(points, WIDTH, HEIGHT);
  const [first, last] = [points[0], points.at(-1)];
  const right = MARGIN.left + WIDTH + MARGIN.right;
  return html`<figure class="chart">
    <svg viewBox="0 0 ${right} ${MARGIN.top + HEIGHT + MARGIN.bottom}" role="img" aria-label=${summary(history)}>
      <g transform="translate(${MARGIN.left} ${MARGIN.top})">
        ${rules.map(
          ({ y, value }) =>
            svg`<path class="rule" d="M0 ${y}H${WIDTH}" /><text class="scale" x="-14" y=${y} dy="0.35em" text-anchor="end">${score(value, column.precision)}</text>`,
        )}
        <path class="best" d=${best} />
        ${dots.map(
          ({ x, y }, at) => svg`<circle class="dot" cx=${x} cy=${y} r="5"><title>${said(history, at, now)}</title></circle>`,
        )}
        ${first ? svg`<text class="scale" y=${HEIGHT + 26}>${moment(first.submitted_at, now)}</text>` : nothing}
        ${
          last && last !== first
            ? svg`<text class="scale" x=${WIDTH} y=${HEIGHT + 26} text-anchor="end">${moment(last.submitted_at, now)}</text>`
            : nothing
        }
      </g>
    </svg>
    <figcaption class="soft"><span class="key dot-key"></span> ${t("history.dot")} <span class="key best-key"></span> ${t("history.best")}</figcaption>
  </figure>`;
}

function said({ points, column }: History, at: number, now: Date): string {
  const point = points[at];
  return point ? `${moment(point.submitted_at, now)}: ${score(point.score, column.precision)}` : "";
}

/** What the picture shows, in a sentence. */
function summary({ participant, column, points }: History): string {
  const scores = points.map((point) => point.score);
  const [low = "", high = "", best = ""] = [Math.min(...scores), Math.max(...scores), points.at(-1)?.best].map(
    (value) => score(value, column.precision) ?? "",
  );
  return t("history.summary", { column: column.title, participant, count: points.length, low, high, best });
}

function table({ column, points, opens }: History, now: Date): TemplateResult {
  return html`<div class="table-frame" tabindex="0" role="group" aria-label=${t("history.table")}>
    <table>
      <caption class="visually-hidden">${t("history.caption", { column: column.title })}</caption>
      <thead>
        <tr>
          <th scope="col">${t("board.submitted")}</th>
          <th scope="col" class="score-cell">${column.title}</th>
          <th scope="col" class="score-cell">${t("history.best_then")}</th>
        </tr>
      </thead>
      <tbody>
        ${[...points].reverse().map(
          (point) => html`<tr>
            <th scope="row">${opens ? html`<a href=${toSubmission(point.submission)}>${when(point.submitted_at, now)}</a>` : when(point.submitted_at, now)}</th>
            <td class="score-cell">${score(point.score, column.precision)}</td>
            <td class="score-cell">${score(point.best, column.precision)}</td>
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
