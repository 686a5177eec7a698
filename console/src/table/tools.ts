/** What stands around a table: looking for something, filters, columns, CSV, and what is done with selected rows. */
import { html, nothing, type TemplateResult } from "lit";
import { t } from "../words/words";
import { csv, isShown, valuesOf, type Choice, type Column, type View } from "./columns";

/** Fewer rows are seen at a glance. */
const MANY = 8;
/** Fewer columns need no choosing. */
const MANY_COLUMNS = 4;
const PAUSE_MS = 120;

interface Tools<Row> {
  columns: readonly Column<Row>[];
  view: View;
  rows: readonly Row[];
  shown: readonly Row[];
  name: string;
  total?: number;
  seeks: string;
  change: (changed: Partial<View>) => void;
}

export function tools<Row>(table: Tools<Row>): TemplateResult | typeof nothing {
  const { rows, view, columns, seeks } = table;
  const isChosen = view.q !== "" || Object.keys(view.only).length > 0;
  if (rows.length === 0 && !(seeks && isChosen)) return nothing;
  const isMany = rows.length >= MANY || isChosen;
  return html`<div class="table-tools">
    ${isMany ? search(table) : nothing}
    ${isMany ? columns.filter(({ filters }) => filters).map((column) => filter(column, table)) : nothing}
    <span class="table-count soft" role="status">${isMany ? counted(table) : nothing}</span>
    ${columns.length >= MANY_COLUMNS ? chooser(table) : nothing}
    <button type="button" class="quiet" @click=${() => save(table)}>${t("table.csv")}</button>
  </div>`;
}

function counted<Row>({ rows, shown, total = rows.length }: Tools<Row>): string {
  if (total === Infinity) return t("table.rows_so_far", { count: shown.length });
  if (shown.length === rows.length) return t("table.rows", { count: Math.max(total, rows.length) });
  return t("table.found", { count: shown.length, total: Math.max(total, rows.length) });
}

let timer: number | undefined;

function search<Row>({ view, seeks, change }: Tools<Row>): TemplateResult {
  const words = seeks || t("table.search");
  const onInput = ({ target }: Event): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => change({ q: (target as HTMLInputElement).value }), PAUSE_MS);
  };
  return html`<input type="search" class="table-search" aria-label=${words} placeholder=${words} .value=${view.q} @input=${onInput} />`;
}

function filter<Row>(column: Column<Row>, { rows, view, change }: Tools<Row>): TemplateResult | typeof nothing {
  const { key, title, filters } = column;
  const chosen = view.only[key] ?? "";
  const values: readonly Choice[] =
    typeof filters === "object" ? filters : valuesOf(rows, column).map((value) => ({ value, label: value }));
  if (values.length < 2 && !chosen) return nothing;
  const onChange = ({ target }: Event): void => {
    const others = Object.fromEntries(Object.entries(view.only).filter(([other]) => other !== key));
    const { value } = target as HTMLSelectElement;
    change({ only: value ? { ...others, [key]: value } : others });
  };
  return html`<select aria-label=${title} @change=${onChange}>
    <option value="" ?selected=${!chosen}>${t("table.any", { column: title })}</option>
    ${values.map(({ value, label }) => html`<option value=${value} ?selected=${value === chosen}>${label}</option>`)}
  </select>`;
}

function chooser<Row>({ columns, view, change }: Tools<Row>): TemplateResult {
  const turn = (key: string): void => {
    const turned = new Set(view.turned);
    if (!turned.delete(key)) turned.add(key);
    change({ turned });
  };
  const close = (event: KeyboardEvent): void => {
    const menu = event.currentTarget as HTMLDetailsElement;
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  };
  return html`<details class="table-columns" @keydown=${close}>
    <summary>${t("table.columns")}</summary>
    <div>
      ${columns
        .filter(({ kind }) => kind !== "heading")
        .map(
          (column) =>
            html`<label class="check"><input type="checkbox" .checked=${isShown(column, view)} @change=${() => turn(column.key)} /><span>${[column.over, column.title].filter(Boolean).join(" · ")}</span></label>`,
        )}
    </div>
  </details>`;
}

/** What is seen, in its order: the chosen columns of the rows that fit. */
function save<Row>({ columns, view, shown, name }: Tools<Row>): void {
  const seen = columns.filter((column) => isShown(column, view));
  const link = document.createElement("a");
  // Excel takes a file for UTF-8 when it begins with this mark.
  link.href = URL.createObjectURL(new Blob(["\ufeff", csv(shown, seen)], { type: "text/csv" }));
  link.download = `${name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "table"}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function bulkBar(actions: TemplateResult, count: number, unselect: () => void): TemplateResult {
  return html`<div class="bulk-bar" role="group" aria-label=${t("table.actions")}>
    <b role="status">${t("table.selected", { count })}</b> ${actions}
    <button type="button" class="quiet" @click=${unselect}>${t("table.unselect")}</button>
  </div>`;
}
