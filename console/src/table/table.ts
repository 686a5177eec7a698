import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Problem } from "../api/problem";
import { BY_READERS, PATIENCE_MS, wasAt, type Inside } from "../scroll";
import { LightElement } from "../views/light";
import { trouble } from "../views/states";
import { t } from "../words/words";
import { ADDRESS, isAsItIs, keepView, viewAt, type Keeper } from "./address";
import { arranged, AS_IT_IS, isShown, lookedForHere, type Bulk, type Column, type View } from "./columns";
import { bulkBar, tools } from "./tools";
import { slice, WHOLE, type Slice } from "./window";

/** Rows of a skeleton, and their height in pixels, until there are some to measure. */
const EXPECTED = 8;
const ROW_PX = 48;
/** So many rows before the end of those that are here, more are asked for. */
const AHEAD = 100;

/**
 * A table of rows of one kind, whose columns are data.
 *
 *     html`<agon-table .name=${t("queues.list")} .rows=${queues} .keyOf=${(queue: Queue) => queue.id}
 *       .columns=${[{ key: "name", title: t("queues.name"), kind: "heading", value: ({ name }: Queue) => name }] satisfies Column<Queue>[]}></agon-table>`
 *
 * Sorting, looking for something, filters, columns and CSV come by themselves; what is chosen stands in the page's address
 * (`.keeper=${apart()}` for a second table of a page). Any number of rows: what is not in sight is not drawn. On a phone each
 * row is a card with its own labels. `undefined` rows: they load, `expected` of them; `problem` and `again`: they could not be
 * read. `total` above the number of rows: `more` is heard near their end, with how many rows are wanted where Back leads to a
 * table that had more, and `all` when something needs every row.
 * `seeks` says what whoever gives the rows looks for, as by name: words and the filters that have choices of their own are theirs
 * then, and `seek` is heard. `bulk` draws what is done with selected rows, and has each row selectable.
 */
@customElement("agon-table")
export class AgonTable<Row = never> extends LightElement {
  /** What the table is, for who hears it and for the name of its file. */
  @property({ attribute: false }) name = "";
  @property({ attribute: false }) columns: readonly Column<Row>[] = [];
  @property({ attribute: false }) rows?: readonly Row[];
  @property({ attribute: false }) keyOf: (row: Row) => string = String;
  @property({ attribute: false }) classOf: (row: Row) => string = () => "";
  /** A row that stays in sight where the table is long, such as one's own. */
  @property({ attribute: false }) pinned?: Row;
  @property({ attribute: false }) total?: number;
  @property({ attribute: false }) expected = EXPECTED;
  @property({ attribute: false }) seeks = "";
  @property({ attribute: false }) problem?: Problem;
  @property({ attribute: false }) again: () => void = () => undefined;
  @property({ attribute: false }) keeper: Keeper = ADDRESS;
  @property({ attribute: false }) bulk?: Bulk<Row>;
  /** What stands in place of the rows where there are none. */
  @property({ attribute: false }) empty?: TemplateResult;
  @state() private view: View = AS_IT_IS;
  @state() private seen: Slice = { from: 0, to: WHOLE };
  @state() private selected: ReadonlySet<string> = new Set();
  private shown: readonly Row[] = [];
  private rowPx = ROW_PX;
  private isMeasured = false;
  private hasAskedForAll = false;
  private lastSelected?: string;
  private sizes?: ResizeObserver;
  /** Where Back leads to in it, until it is there. */
  private wanted?: Inside & { until: number };

  override connectedCallback(): void {
    super.connectedCallback();
    this.onBack();
    for (const kind of BY_READERS) this.addEventListener(kind, this.onReader, { passive: true });
    addEventListener("popstate", this.onBack);
    addEventListener("scroll", this.look, { passive: true });
    this.sizes = new ResizeObserver(() => {
      this.isMeasured = false;
      this.look();
    });
    this.sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("popstate", this.onBack);
    removeEventListener("scroll", this.look);
    this.sizes?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("keeper")) this.view = viewAt(this.keeper);
    if (changed.has("rows")) this.selected = this.selectedOf(this.rows ?? []);
    if (changed.has("rows") || changed.has("columns") || changed.has("view")) {
      this.shown = arranged(this.rows ?? [], this.columns, this.own);
      this.seen = this.inSight();
    }
    this.holdFocus();
  }

  protected override render(): TemplateResult {
    const columns = this.columns.filter((column) => isShown(column, this.view));
    const isBusy = this.rows === undefined && !this.problem;
    if (!this.rows && this.problem) return trouble(this.problem, this.again, 2);
    return html`<div class="data-table">
      ${this.problem ? this.stale(this.problem) : nothing} ${isBusy ? html`<div class="table-tools"></div>` : this.tools()}
      <div class="table-frame ${this.shown.length > WHOLE ? "scrolls-rows" : ""}" data-scroll=${this.name} data-rows=${this.rows?.length ?? 0} tabindex="0" role="group" aria-label=${t("table.frame", { name: this.name })} @scroll=${this.look}>
        <table role="table" aria-rowcount=${isBusy ? -1 : this.shown.length + 1} aria-busy=${isBusy ? "true" : "false"}>
          <caption class="visually-hidden">${this.name}</caption>
          <thead role="rowgroup">
            <tr role="row" aria-rowindex="1">
              ${this.bulk ? this.selectAll() : nothing}${columns.map((column) => this.heading(column))}
            </tr>
          </thead>
          ${isBusy ? this.skeleton(columns) : this.body(columns)}
        </table>
      </div>
      ${!isBusy && this.shown.length === 0 ? this.nothingThere() : nothing}
      ${this.bulk && this.selected.size > 0 ? bulkBar(this.bulk(this.selectedRows()), this.selected.size, this.unselect) : nothing}
    </div>`;
  }

  /** Rows that were there before a read that failed. */
  private stale({ detail }: Problem): TemplateResult {
    return html`<p class="fresh stale" role="status">
      ${t("table.stale", { why: detail })} <button type="button" class="quiet" @click=${this.again}>${t("states.again")}</button>
    </p>`;
  }

  private tools(): TemplateResult | typeof nothing {
    const { columns, view, shown, name, total, seeks, change } = this;
    return tools({ columns, view, rows: this.rows ?? [], shown, name, total, seeks, change });
  }

  private heading(column: Column<Row>): TemplateResult {
    const { key, title, over, note, sorts = "asc" } = column;
    const order = this.orderOf(column);
    const words = html`${over ? html`<span class="column-group">${over}<span class="visually-hidden">: </span></span>` : nothing}${title}${note ?? nothing}`;
    return html`<th role="columnheader" scope="col" class=${classesOf(column)} aria-sort=${order ?? nothing}>
      ${
        sorts === false
          ? words
          : html`<button type="button" class="sorter" @click=${() => this.sortBy(key, sorts)}>${words}<span class="sort-sign ${this.signOf(key)}" aria-hidden="true"></span></button>`
      }
    </th>`;
  }

  private orderOf({ key, ordered }: Column<Row>): string | undefined {
    if (!this.view.sort) return ordered;
    if (this.view.sort === key) return "ascending";
    return this.view.sort === `-${key}` ? "descending" : undefined;
  }

  private signOf(key: string): string {
    if (this.view.sort === key) return "up";
    return this.view.sort === `-${key}` ? "down" : "";
  }

  /** First the order that a column is for, then the other one, then as it was. */
  private sortBy(key: string, first: "asc" | "desc"): void {
    const orders = first === "asc" ? [key, `-${key}`, ""] : [`-${key}`, key, ""];
    this.change({ sort: orders[orders.indexOf(this.view.sort) + 1] ?? orders[0] ?? "" });
  }

  private body(columns: readonly Column<Row>[]): TemplateResult {
    const { from, to } = this.seen;
    const gap = html`<tr class="gap" role="presentation" aria-hidden="true"><td></td></tr>`;
    return html`${this.pinned && this.shown.length > WHOLE ? html`<tbody role="rowgroup" class="pinned" aria-label=${t("table.pinned")}>${this.line(this.pinned, this.shown.indexOf(this.pinned), columns)}</tbody>` : nothing}
      <tbody role="rowgroup" class="rows">
        ${from > 0 ? gap : nothing}
        ${repeat(
          this.shown.slice(from, to),
          (row) => this.keyOf(row),
          (row, at) => this.line(row, from + at, columns),
        )}
        ${to < this.shown.length ? gap : nothing}
      </tbody>`;
  }

  private line(row: Row, at: number, columns: readonly Column<Row>[]): TemplateResult {
    return html`<tr role="row" class=${this.classOf(row)} data-at=${at} aria-rowindex=${at >= 0 ? at + 2 : nothing} aria-selected=${this.bulk ? (this.selected.has(this.keyOf(row)) ? "true" : "false") : nothing}>
      ${this.bulk ? this.selector(row, at) : nothing}${columns.map((column) => this.cell(column, row))}
    </tr>`;
  }

  private cell(column: Column<Row>, row: Row): TemplateResult {
    const content = column.cell ? column.cell(row) : html`<span>${column.value(row)}</span>`;
    if (column.kind === "heading") return html`<th role="rowheader" scope="row" class=${classesOf(column)}>${content}</th>`;
    return html`<td role="cell" class=${classesOf(column)}>${label(column)}${content}</td>`;
  }

  private skeleton(columns: readonly Column<Row>[]): TemplateResult {
    const lines = Array.from({ length: this.expected });
    const cells = columns.map(
      (column) => html`<td role="cell" class=${classesOf(column)}><span class="bar-line"></span></td>`,
    );
    return html`<tbody role="rowgroup" class="skeleton" aria-label=${t("table.loading")}>
      ${lines.map(() => html`<tr role="row">${this.bulk ? html`<td role="cell" class="select-cell"></td>` : nothing}${cells}</tr>`)}
    </tbody>`;
  }

  private nothingThere(): TemplateResult {
    if (isAsItIs(this.view))
      return this.empty ?? html`<div class="notice"><p class="notice-title">${t("table.none")}</p></div>`;
    return html`<div class="notice" role="status">
      <p class="notice-title">${t("table.none_found")}</p>
      <p>${t("table.none_found_hint")}</p>
      <p class="actions"><button type="button" class="quiet" @click=${() => this.change({ q: "", only: {} })}>${t("table.clear")}</button></p>
    </div>`;
  }

  private selectAll(): TemplateResult {
    const isAll = this.shown.length > 0 && this.shown.every((row) => this.selected.has(this.keyOf(row)));
    const change = (): void => void (this.selected = isAll ? new Set() : new Set(this.shown.map(this.keyOf)));
    return html`<th role="columnheader" scope="col" class="select-cell">
      <input type="checkbox" aria-label=${t("table.select_all")} .checked=${isAll} .indeterminate=${!isAll && this.selected.size > 0} @change=${change} />
    </th>`;
  }

  private selector(row: Row, at: number): TemplateResult {
    const heading = this.columns.find(({ kind }) => kind === "heading") ?? this.columns[0];
    const named = t("table.select", { row: String(heading?.value(row) ?? at + 1) });
    return html`<td role="cell" class="select-cell">
      <input type="checkbox" aria-label=${named} .checked=${this.selected.has(this.keyOf(row))} @click=${(event: MouseEvent) => this.select(at, event)} />
    </td>`;
  }

  /** With Shift all rows since the one before. */
  private select(at: number, { target, shiftKey }: MouseEvent): void {
    const isOn = (target as HTMLInputElement).checked;
    const before = shiftKey ? this.shown.findIndex((row) => this.keyOf(row) === this.lastSelected) : -1;
    const last = before >= 0 ? before : at;
    const selected = new Set(this.selected);
    for (const row of this.shown.slice(Math.min(at, last), Math.max(at, last) + 1)) {
      if (isOn) selected.add(this.keyOf(row));
      else selected.delete(this.keyOf(row));
    }
    this.selected = selected;
    const [row] = this.shown.slice(at, at + 1);
    this.lastSelected = row && this.keyOf(row);
  }

  /** What is selected and still there. */
  private selectedOf(rows: readonly Row[]): ReadonlySet<string> {
    if (this.selected.size === 0) return this.selected;
    return new Set(rows.map(this.keyOf).filter((key) => this.selected.has(key)));
  }

  private selectedRows(): readonly Row[] {
    return (this.rows ?? []).filter((row) => this.selected.has(this.keyOf(row)));
  }

  private readonly unselect = (): void => {
    this.selected = new Set();
    this.querySelector<HTMLElement>(".table-frame")?.focus({ preventScroll: true });
  };

  private readonly change = (changed: Partial<View>): void => {
    this.view = { ...this.view, ...changed };
    keepView(this.keeper, this.view);
    this.hasAskedForAll = false;
    if (this.seeks && (changed.q !== undefined || changed.only)) this.dispatchEvent(new Event("seek"));
  };

  /** What of the view is the table's to look for. */
  private get own(): View {
    return this.seeks ? lookedForHere(this.view, this.columns) : this.view;
  }

  /** What is sorted or sought needs every row, also where a link says so, and where the rows were read anew. */
  private askForAll(): void {
    const isNeeded = this.rows !== undefined && this.isPartial && !isAsItIs(this.own);
    if (isNeeded && !this.hasAskedForAll) this.dispatchEvent(new Event("all"));
    this.hasAskedForAll = isNeeded;
  }

  private get isPartial(): boolean {
    return (this.total ?? 0) > (this.rows?.length ?? 0);
  }

  private readonly onBack = (): void => {
    this.view = viewAt(this.keeper);
    const was = wasAt(this.name);
    this.wanted = was && { ...was, until: Date.now() + PATIENCE_MS };
  };

  private readonly onReader = (): void => {
    this.wanted = undefined;
  };

  /** Goes where Back leads to, once the rows are there that were there. */
  private goBack(): void {
    const { wanted, rows } = this;
    const frame = this.querySelector<HTMLElement>(".table-frame");
    if (!wanted || !rows || !frame) return;
    if (this.isPartial && rows.length < wanted.rows) {
      this.dispatchEvent(new CustomEvent("more", { detail: wanted.rows - rows.length }));
      if (Date.now() < wanted.until) return;
    }
    frame.scrollTop = wanted.top;
    this.wanted = undefined;
  }

  /** Draws what has come in sight. */
  private readonly look = (): void => {
    const seen = this.inSight();
    if (seen.from !== this.seen.from || seen.to !== this.seen.to) this.seen = seen;
    if (this.isPartial && seen.to > this.shown.length - AHEAD) this.dispatchEvent(new Event("more"));
  };

  /** By its own frame where that scrolls, on a phone by the page. */
  private inSight(): Slice {
    const frame = this.querySelector<HTMLElement>(".table-frame");
    const body = this.querySelector("tbody.rows");
    if (!frame || !body) return slice(this.shown.length, 0, innerHeight, this.rowPx);
    const top = frame.getBoundingClientRect().top;
    const isOwn = frame.scrollHeight > frame.clientHeight + 1 && getComputedStyle(frame).overflowY !== "visible";
    const from = (isOwn ? Math.max(top, 0) : 0) - body.getBoundingClientRect().top;
    return slice(this.shown.length, from, isOwn ? frame.clientHeight : innerHeight, this.rowPx);
  }

  protected override updated(): void {
    this.askForAll();
    this.measure();
    const { from, to } = this.seen;
    const gaps = [...this.querySelectorAll<HTMLElement>("tr.gap")];
    // By its own property: the page's policy takes no style attributes.
    if (from > 0) gaps.shift()?.style.setProperty("height", `${from * this.rowPx}px`);
    if (to < this.shown.length) gaps.shift()?.style.setProperty("height", `${(this.shown.length - to) * this.rowPx}px`);
    this.goBack();
  }

  private measure(): void {
    if (this.isMeasured || this.shown.length === 0) return;
    const lines = [...this.querySelectorAll("tbody.rows > tr[data-at]")];
    const height = lines.reduce((sum, line) => sum + line.getBoundingClientRect().height, 0) / lines.length;
    if (!height) return;
    this.isMeasured = true;
    if (Math.abs(height - this.rowPx) < 0.5) return;
    this.rowPx = height;
    requestAnimationFrame(this.look);
  }

  /** A row that scrolls away takes no focus with it. */
  private holdFocus(): void {
    const line = document.activeElement?.closest<HTMLElement>("tbody.rows > tr[data-at]");
    if (!line || !this.contains(line)) return;
    const at = Number(line.dataset.at);
    if (at < this.seen.from || at >= this.seen.to)
      this.querySelector<HTMLElement>(".table-frame")?.focus({ preventScroll: true });
  }
}

function classesOf<Row>({ kind = "text", class: more = "" }: Column<Row>): string {
  return `${kind}-cell ${more}`.trim();
}

/** Seen on a phone only, where the header row is not. */
function label<Row>({ title, over }: Column<Row>): TemplateResult {
  return html`<span class="cell-label" aria-hidden="true">${[title, over].filter(Boolean).join(" · ")}</span>`;
}
