/**
 * The table of a leaderboard. On a phone each row becomes a small card that carries its own labels; a table that is not
 * laid out as one loses its meaning to some screen readers, so the roles are spelled out.
 */
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Column, Leaderboard, Row } from "../api/shapes";
import { direction, moment, score } from "../format";

type Question = Leaderboard["questions"][number];

/** Where a row leads to. */
export interface Links {
  history: string | null;
  results: string | null;
}

/** A column with the words that stand over it. */
type Shown = Column & { over: string };

/** `toRow` has the addresses of what there is to say of a row. */
export function board(leaderboard: Leaderboard, now: Date, toRow: (row: Row) => Links): TemplateResult {
  const columns = [...leaderboard.columns]
    .sort((a, b) => (a.task ?? -1) - (b.task ?? -1) || a.index - b.index)
    .map((column) => ({ ...column, over: above(column, leaderboard) }));
  return html`<div class="table-frame" tabindex="0" role="group" aria-label="Ranking table">
    <table role="table">
      <caption class="visually-hidden">${caption(leaderboard.title, columns)}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="rank-cell">Rank</th>
          <th role="columnheader" scope="col" class="name-cell">Participant</th>
          ${columns.map(heading)}${leaderboard.questions.map(({ title }) => html`<th role="columnheader" scope="col" class="answer-cell">${title}</th>`)}
          <th role="columnheader" scope="col" class="time-cell">Submitted</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          leaderboard.rows,
          (row) => row.submission,
          (row) => line(row, columns, leaderboard.questions, now, toRow(row)),
        )}
      </tbody>
    </table>
  </div>`;
}

function caption(title: string, columns: readonly Column[]): string {
  const primary = columns.find((column) => column.primary);
  return primary ? `${title}, ranked by ${primary.title}: ${direction(primary.sorting).words}` : title;
}

/** The header group and the task that a column stands under. */
function above(column: Column, { groups, tasks }: Leaderboard): string {
  const group = groups.find(({ key }) => key === column.group)?.title;
  const task =
    column.task === null ? tasks.length > 0 && "All tasks" : tasks.find(({ index }) => index === column.task)?.name;
  return [group, task].filter(Boolean).join(" · ");
}

function heading(column: Shown): TemplateResult {
  const { arrow, words } = direction(column.sorting);
  const sorted = column.primary ? (column.sorting === "asc" ? "ascending" : "descending") : nothing;
  return html`<th role="columnheader" scope="col" class="score-cell ${column.primary ? "primary" : ""}" aria-sort=${sorted}>
    ${column.over ? html`<span class="column-group">${column.over}<span class="visually-hidden">: </span></span>` : nothing}${column.title}<span class="arrow" aria-hidden="true" title=${words}>${arrow}</span><span class="visually-hidden"> (${words})</span>
  </th>`;
}

function line(row: Row, columns: readonly Shown[], questions: readonly Question[], now: Date, to: Links): TemplateResult {
  const medal = row.rank !== null && row.rank <= 3 && !row.baseline ? `medal-${row.rank}` : "";
  return html`<tr role="row" class="${medal} ${row.mine ? "mine" : ""}">
    <td role="cell" class="rank-cell"><span class="rank">${row.rank ?? missing("no rank")}</span></td>
    <th role="rowheader" scope="row" class="name-cell">${to.history ? html`<a href=${to.history}>${row.participant}</a>` : row.participant}${marks(row)}${results(row, to.results)}</th>
    ${columns.map((column) => cell(row, column))}${questions.map((question) => answer(row, question))}
    <td role="cell" class="time-cell">
      ${label("Submitted")}<time datetime=${row.submitted_at} title=${row.submitted_at}>${moment(row.submitted_at, now)}</time>
    </td>
  </tr>`;
}

function results(row: Row, to: string | null): TemplateResult | typeof nothing {
  return to
    ? html` <a class="row-results" href=${to} aria-label="Detailed results of ${row.participant}">Details</a>`
    : nothing;
}

function marks(row: Row): TemplateResult | typeof nothing {
  const found = [
    row.team && "Team",
    row.mine && (row.team ? "Yours" : "You"),
    row.name,
    row.baseline && "Baseline",
    row.verified && "Verified",
    row.edited && "Edited",
  ];
  const words = found.filter((word): word is string => Boolean(word));
  return words.length ? html`${words.map((word) => html` <span class="mark-word">${word}</span>`)}` : nothing;
}

function cell(row: Row, column: Shown): TemplateResult {
  const value = score(row.scores[column.key], column.precision);
  return html`<td role="cell" class="score-cell ${column.primary ? "primary" : ""}">
    ${label([column.title, column.over].filter(Boolean).join(" · "), direction(column.sorting).arrow)}<span>${value ?? missing("no score")}</span>
  </td>`;
}

function answer({ fact_sheet }: Row, { key, title }: Question): TemplateResult {
  const given = fact_sheet[key];
  const words = typeof given === "boolean" ? (given ? "Yes" : "No") : given;
  return html`<td role="cell" class="answer-cell">${label(title)}<span>${words ?? missing("no answer")}</span></td>`;
}

/** Seen on a phone only, where the header row is not. */
function label(text: string, arrow = ""): TemplateResult {
  return html`<span class="cell-label" aria-hidden="true">${text} ${arrow}</span>`;
}

function missing(words: string): TemplateResult {
  return html`<span aria-hidden="true">–</span><span class="visually-hidden">${words}</span>`;
}
