/** The table of a leaderboard: its columns, and what stands in them. */
import { html, nothing, type TemplateResult } from "lit";
import type { Column as BoardColumn, Leaderboard, Row } from "../api/shapes";
import { scored as withError, scoresOf } from "../board-of";
import { direction } from "../format";
import type { Column } from "../table/columns";
import { ROUNDED, tiesOf, UNSEEN, type Tie } from "../ties";
import "../table/table";
import { list, t } from "../words/words";
import { when } from "./when";

type Question = Leaderboard["questions"][number];

/** Where a row leads to. */
export interface Links {
  history: string | null;
  results: string | null;
}

/** More rows than those of the first page, and who asks for them. */
export interface Further {
  rows: readonly Row[];
  /** The submissions of those that are new to who looks. */
  news: ReadonlySet<string>;
  more: (event: Event) => void;
  all: () => void;
}

/** `toRow` has the addresses of what there is to say of a row. */
export function board(leaderboard: Leaderboard, further: Further, now: Date, toRow: (row: Row) => Links): TemplateResult {
  const rows = [...leaderboard.rows, ...further.rows];
  const ties = tiesOf(rows, leaderboard);
  return html`<agon-table .name=${caption(leaderboard)} .rows=${rows} .total=${leaderboard.count} .columns=${columnsOf(leaderboard, ties, further.news, now, toRow)} .keyOf=${keyOf} .classOf=${classOf} .pinned=${rows.find(({ mine }) => mine)} @more=${further.more} @all=${further.all}></agon-table>
    ${explained(rows, leaderboard, ties)}`;
}

/** By which rule equal scores are put in order, and who gets which medal, where there are some. */
function explained(
  rows: readonly Row[],
  { columns, tie_breaks }: Leaderboard,
  ties: ReadonlyMap<string, Tie>,
): TemplateResult | typeof nothing {
  const primary = columns.find((column) => column.primary);
  if (ties.size === 0 || !primary) return nothing;
  const found = [...ties.values()];
  const others = tie_breaks.map((key) => titleOf(key, columns));
  const shares = found.some((tie) => tie.others > 0);
  const isMedal = rows.some((row) => medalOf(row) && (ties.get(row.submission)?.others ?? 0) > 0);
  const words = [
    others.length > 0 && t("board.ties_by", { column: primary.title, columns: list(others) }),
    found.some(({ by }) => by === ROUNDED) && t("board.ties_rounded", { column: primary.title }),
    found.some(({ by }) => by === UNSEEN) && t("board.ties_unseen"),
    shares && (others.length > 0 ? t("board.ties_shared_by_all") : t("board.ties_shared")),
    isMedal && t("board.ties_medals"),
  ].filter((word): word is string => Boolean(word));
  return html`<section class="board-ties" aria-labelledby="ties-title">
    <h3 id="ties-title">${t("board.ties")}</h3>
    <p>${words.join(" ")}</p>
  </section>`;
}

function titleOf(key: string, columns: Leaderboard["columns"]): string {
  return columns.find((column) => column.key === key)?.title ?? key;
}

function keyOf({ submission }: Row): string {
  return submission;
}

function classOf(row: Row): string {
  return `${medalOf(row)} ${row.mine ? "mine" : ""}`.trim();
}

function medalOf({ rank, baseline }: Row): string {
  return rank !== null && rank <= 3 && !baseline ? `medal-${rank}` : "";
}

function caption({ title, columns }: Leaderboard): string {
  const primary = columns.find((column) => column.primary);
  return primary
    ? t("board.ranked_by", { title, column: primary.title, direction: direction(primary.sorting).words })
    : title;
}

function columnsOf(
  leaderboard: Leaderboard,
  ties: ReadonlyMap<string, Tie>,
  news: ReadonlySet<string>,
  now: Date,
  toRow: (row: Row) => Links,
): Column<Row>[] {
  const scores = scoresOf(leaderboard.columns).sort((a, b) => (a.task ?? -1) - (b.task ?? -1) || a.index - b.index);
  return [
    {
      key: "rank",
      title: t("board.rank"),
      class: "rank-cell",
      value: ({ rank }) => rank,
      cell: (row) => rankOf(row, ties.get(row.submission)),
    },
    {
      key: "participant",
      title: t("board.participant"),
      kind: "heading",
      class: "name-cell",
      value: ({ participant }) => participant,
      cell: (row) => html`${named(row, toRow(row), news.has(row.submission))}${tied(ties.get(row.submission), leaderboard)}`,
    },
    ...scores.map((column) => scored(column, leaderboard)),
    ...leaderboard.questions.map(answered),
    {
      key: "submitted",
      title: t("board.submitted"),
      class: "time-cell",
      sorts: "desc",
      value: ({ submitted_at }) => submitted_at,
      cell: ({ submitted_at }) => when(submitted_at, now),
    },
  ];
}

/** The sign of a shared rank is for the eye: its row says in words who shares it. */
function rankOf({ rank }: Row, tie: Tie | undefined): TemplateResult {
  const sign = tie && tie.others > 0 ? html`<span class="tie-sign" aria-hidden="true">=</span>` : nothing;
  return html`<span class="rank">${rank ?? missing(t("board.no_rank"))}</span>${sign}`;
}

function tied(tie: Tie | undefined, { columns }: Leaderboard): TemplateResult | typeof nothing {
  if (!tie) return nothing;
  const shared = tie.isCounted ? t("board.tied", { count: tie.others }) : t("board.tied_at_least", { count: tie.others });
  const words = [tie.others > 0 && shared, tie.by !== null && decidedBy(tie.by, columns)].filter(Boolean);
  return html` <span class="tie">${words.join(" · ")}</span>`;
}

function decidedBy(key: string, columns: Leaderboard["columns"]): string {
  if (key === ROUNDED) return t("board.tie_rounded");
  return key === UNSEEN ? t("board.tie_unseen") : t("board.tie_by", { column: titleOf(key, columns) });
}

function named(row: Row, to: Links, isNew: boolean): TemplateResult {
  return html`${to.history ? html`<a href=${to.history}><bdi>${row.participant}</bdi></a>` : html`<bdi>${row.participant}</bdi>`}${marks(row, isNew)}${results(row, to.results)}`;
}

function results(row: Row, to: string | null): TemplateResult | typeof nothing {
  return to
    ? html` <a class="row-results" href=${to} aria-label=${t("board.details_of", { participant: row.participant })}>${t("board.details")}</a>`
    : nothing;
}

function marks(row: Row, isNew: boolean): TemplateResult | typeof nothing {
  const found = [
    row.team && t("board.team"),
    row.mine && (row.team ? t("board.yours") : t("board.you")),
    row.name,
    row.baseline && t("board.baseline"),
    row.verified && t("board.verified"),
    row.edited && t("board.edited"),
    row.brought && t("board.brought"),
    isNew && t("board.is_new"),
  ];
  const words = found.filter((word): word is string => Boolean(word));
  return words.length ? html`${words.map((word) => html` <span class="mark-word">${word}</span>`)}` : nothing;
}

function scored(column: BoardColumn, leaderboard: Leaderboard): Column<Row> {
  const { arrow, words } = direction(column.sorting);
  return {
    key: `score.${column.key}`,
    title: column.title,
    over: above(column, leaderboard),
    note: html`<span class="arrow" aria-hidden="true" title=${words}>${arrow}</span><span class="visually-hidden"> (${words})</span>`,
    kind: "number",
    class: `score-cell ${column.primary ? "primary" : ""}`,
    sorts: column.sorting,
    ordered: column.primary ? (column.sorting === "asc" ? "ascending" : "descending") : undefined,
    value: ({ scores }) => scores[column.key],
    cell: ({ scores }) =>
      html`<span>${withError(scores, column, leaderboard.columns) ?? missing(t("board.no_score"))}</span>`,
  };
}

/** The header group and the task that a column stands under. */
function above(column: BoardColumn, { groups, tasks }: Leaderboard): string {
  const group = groups.find(({ key }) => key === column.group)?.title;
  const task =
    column.task === null ? tasks.length > 0 && t("board.all_tasks") : tasks.find(({ index }) => index === column.task)?.name;
  return [group, task].filter(Boolean).join(" · ");
}

function answered({ key, title }: Question): Column<Row> {
  const words = ({ fact_sheet }: Row): string | undefined => {
    const given = fact_sheet[key];
    return typeof given === "boolean" ? (given ? t("values.yes") : t("values.no")) : given;
  };
  return {
    key: `answer.${key}`,
    title,
    class: "answer-cell",
    filters: true,
    value: words,
    cell: (row) => html`<span>${words(row) ?? missing(t("board.no_answer"))}</span>`,
  };
}

function missing(words: string): TemplateResult {
  return html`<span aria-hidden="true">–</span><span class="visually-hidden">${words}</span>`;
}
