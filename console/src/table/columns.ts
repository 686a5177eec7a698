/** What a table shows, and which of its rows in which order. Pure, and quick for 100,000 rows. */
import type { TemplateResult } from "lit";

export type Cell = string | number | boolean | null | undefined;

export interface Choice {
  value: string;
  label: string;
}

/** A column of rows of one kind. */
export interface Column<Row> {
  key: string;
  title: string;
  /** What it is sorted, searched, filtered and saved by. */
  value: (row: Row) => Cell;
  /** What is seen of it; without, the value. */
  cell?: (row: Row) => unknown;
  /** Numbers stand to the right; the first of `heading` is the row's own name. */
  kind?: "text" | "number" | "heading";
  /** Which order its first click gives; false: it sorts nothing. */
  sorts?: "asc" | "desc" | false;
  /** What its header says beside the title: what it stands under, an arrow. */
  over?: string;
  note?: unknown;
  /** Its order at the start, said to who cannot see it (aria-sort). */
  ordered?: "ascending" | "descending";
  /** Rows are chosen by its values; by these, where whoever gives the rows chooses them (`seeks` of the table). */
  filters?: boolean | readonly Choice[];
  /** Shown when it is chosen only. */
  isExtra?: boolean;
  class?: string;
}

/** What a reader has chosen; it stands in the address. */
export interface View {
  /** `KEY` or `-KEY`, the largest first. */
  sort: string;
  q: string;
  /** Columns that are not as they were: hidden, or extra ones shown. */
  turned: ReadonlySet<string>;
  only: Readonly<Record<string, string>>;
}

export const AS_IT_IS: View = { sort: "", q: "", turned: new Set(), only: {} };

export function isShown<Row>({ key, isExtra = false }: Column<Row>, { turned }: View): boolean {
  return turned.has(key) === isExtra;
}

/** What of a view is looked for here, where whoever gives the rows looks for the rest. */
export function lookedForHere<Row>(view: View, columns: readonly Column<Row>[]): View {
  const elsewhere = columns.filter(({ filters }) => typeof filters === "object").map(({ key }) => key);
  const only = Object.fromEntries(Object.entries(view.only).filter(([key]) => !elsewhere.includes(key)));
  return { ...view, q: "", only };
}

/** The rows that fit what is looked for, in the order that was chosen. Without a value comes last, whichever way. */
export function arranged<Row>(rows: readonly Row[], columns: readonly Column<Row>[], view: View): readonly Row[] {
  return ordered(chosen(rows, columns, view), columns, view.sort);
}

function chosen<Row>(rows: readonly Row[], columns: readonly Column<Row>[], { q, only }: View): readonly Row[] {
  const wanted = folded(q.trim());
  const filters = columns.filter(({ key }) => only[key] !== undefined);
  if (!wanted && filters.length === 0) return rows;
  return rows.filter(
    (row) =>
      filters.every(({ key, value }) => String(value(row) ?? "") === only[key]) &&
      (!wanted || columns.some(({ value }) => folded(String(value(row) ?? "")).includes(wanted))),
  );
}

/** Keys are made once for each row, so that comparing is cheap: 10,000 rows take some ten milliseconds. */
function ordered<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): readonly Row[] {
  const column = columns.find(({ key }) => key === sort.replace(/^-/, ""));
  if (!column) return rows;
  const sign = sort.startsWith("-") ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: sortKey(column.value(row)) }));
  const there = keyed.filter(({ key }) => key !== null) as { row: Row; key: string | number }[];
  there.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return [...there, ...keyed.filter(({ key }) => key === null)].map(({ row }) => row);
}

function sortKey(value: Cell): string | number | null {
  if (value === null || value === undefined || value === "" || Number.isNaN(value)) return null;
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  // `item 9` before `item 10`.
  return folded(value).replace(/\d+/g, (digits) => digits.padStart(15, "0"));
}

/** Without case and accents. */
export function folded(text: string): string {
  const plain = text.toLowerCase();
  // eslint-disable-next-line no-control-regex -- What is ASCII has no accents: it is most of what there is.
  return /^[\x00-\x7f]*$/.test(plain) ? plain : plain.normalize("NFD").replace(/\p{M}/gu, "");
}

/** The values of a column to choose from, as they come; none where there are too many to choose from. */
export function valuesOf<Row>(rows: readonly Row[], { value }: Column<Row>, most = 50): string[] {
  const found = new Set<string>();
  for (const row of rows) {
    const one = String(value(row) ?? "");
    if (one) found.add(one);
    if (found.size > most) return [];
  }
  return [...found].sort((a, b) => a.localeCompare(b));
}

/** What a spreadsheet would take for a formula, and must not. */
const FORMULA = /^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Rows as CSV (RFC 4180), values as they are sorted by. */
export function csv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const head = columns.map(({ title, over }) => quoted([over, title].filter(Boolean).join(" · ")));
  const lines = rows.map((row) => columns.map(({ value }) => saved(value(row))).join(","));
  return [head.join(","), ...lines, ""].join("\r\n");
}

function saved(value: Cell): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return String(value);
  return quoted(FORMULA.test(value) ? `'${value}` : value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export type Bulk<Row> = (rows: readonly Row[]) => TemplateResult;
