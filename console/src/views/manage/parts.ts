import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Current, Resource } from "../../api/resource";
import type { Settings } from "../../api/shapes";
import type { Submitted } from "../../forms/form";
import "../../forms/form";
import type { Changes, Choice } from "../../forms/kinds";
import { toPart } from "../../links";
import { go } from "../../router";
import { t } from "../../words/words";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import { COLUMN, PARTS, type Part } from "./asked";
import { askedBoard, askedColumn, COMPUTATIONS, NOTHING, storedBoard, storedColumn } from "./columns";
import * as sketch from "../sketch";
import { Doing } from "./doing";
import { equipment, expected } from "./expected";
import { entries, Saving, type At, type Document } from "./settings";
import { timeline } from "./timeline";

const FILES = ["scoring_program", "reference_data", "ingestion_program", "input_data", "starting_kit", "public_data"];
const STEPS = ["ingestion", "submission", "scoring"];

/** The entries of a list of settings: each with its form, new ones, and what goes with one that is removed. */
@customElement("agon-manage-parts")
export class AgonManageParts extends TabElement {
  private readonly saving = new Saving(this, () => this.competition.id);
  private readonly doing = new Doing(this);
  private readonly datasets = new Resource(this, () =>
    /^(?:phases|tasks)$/.test(this.last) ? reading("/v1/datasets") : undefined,
  );
  private readonly bank = new Resource(this, () => (this.last === "tasks" ? reading("/v1/tasks") : undefined));
  private readonly text = new Current(this, () => {
    const index = this.last === "texts" && this.index !== undefined ? this.index : undefined;
    const params = { path: { competition: this.competition.id, index: String(index) } };
    return index === undefined ? undefined : reading("/v1/competitions/{competition}/pages/{index}", { params });
  });

  protected override render(): TemplateResult {
    const { problem, document } = this.saving;
    if (problem) return trouble(problem, this.saving.reload, 2);
    if (!document) return loading(t(this.kind.title), sketch.tabs, sketch.form(12));
    const all = this.saving.list(this.kind.part);
    return html`<h2>${t(this.kind.title)}</h2>
      ${this.last === "phases" ? timeline(all) : nothing} ${this.list(all)} ${this.saving.notices()} ${this.doing.outcome()}
      ${this.chosen(all)}`;
  }

  private get last(): string {
    return this.place.path.split("/").at(-1) ?? "";
  }

  private get kind(): Part {
    return PARTS[this.last] ?? { title: "settings.texts", add: "settings.add_page", part: "pages", only: [] };
  }

  /** The entry that the address names, else the first; undefined where there is none, or for a new one. */
  private get index(): number | undefined {
    const at = this.query("at") ?? (this.saving.list(this.kind.part).length > 0 ? "0" : "");
    return /^\d+$/.test(at) ? Number(at) : undefined;
  }

  private list(all: readonly Document[]): TemplateResult {
    const link = (at: number | "new", title: string, look = ""): TemplateResult => {
      const isHere = at === (this.index ?? this.query("at"));
      return html`<li><a class=${look} href=${toPart(this.name, this.last, at)} aria-current=${isHere ? "true" : "false"}>${title}</a></li>`;
    };
    return html`<ul class="manage-entries">
      ${all.map((entry, at) => link(at, nameOf(entry)))} ${link("new", t(this.kind.add), "add")}
    </ul>`;
  }

  private chosen(all: readonly Document[]): TemplateResult {
    if (this.query("at") === "new") return this.addition();
    const { index } = this;
    if (index === undefined) return empty(t("settings.none"), t("settings.none_yet"));
    const entry = all[index];
    if (!entry) return empty(t("settings.gone"), t("settings.gone_why"));
    if (this.last === "texts" && !this.text.value)
      return this.text.problem ? trouble(this.text.problem, this.text.reload, 2) : loading(nameOf(entry), sketch.form(2));
    const at = { part: this.kind.part, index };
    const shown = this.last === "boards" ? askedBoard(entry) : entry;
    return html`<section class="manage-entry">
      <h3>${nameOf(entry)}</h3>
      <agon-form operation="editor_change_part" .settings=${this.kind.part} .prefix="${this.kind.part}.${index}" .name="${this.competition.id} ${numberOf(entry, index)}" .only=${this.kind.only} .values=${{ ...shown, ...this.writing }} .changes=${this.changes(all)} @submit=${this.change(at)}></agon-form>
      ${this.last === "boards" ? this.columns(entry, index) : nothing}
      <div class="manage-part">
        <p class="soft">${t(this.last === "phases" ? "settings.about_remove_phase" : "settings.about_remove")}</p>
        <p>${this.doing.button(t("settings.remove", { name: nameOf(entry) }), () => void this.takeOut(at), "quiet danger")}</p>
      </div>
    </section>`;
  }

  /** A page's text, which is no setting. */
  private get writing(): Document {
    const { content, format } = this.text.value ?? {};
    return content === undefined ? {} : { content, format };
  }

  private addition(): TemplateResult {
    const { part, only, add } = this.kind;
    const all = this.saving.list(part);
    return html`<section class="manage-entry">
      <h3>${t(add)}</h3>
      <agon-form operation="editor_add" .settings=${part} .prefix="${part}.${all.length}" .name=${this.competition.id} .only=${only} .changes=${this.changes(all)} .action=${t(add)} @submit=${this.add} @sent=${this.goToNew}></agon-form>
    </section>`;
  }

  private columns(board: Document, index: number): TemplateResult {
    const all = entries(board, "columns");
    const place = `leaderboards.${index}.columns`;
    const changes = columnChanges(board, all);
    return html`<div class="manage-part">
      <h3>${t("settings.columns")}</h3>
      ${all.map((column, at) => {
        const its: At = { part: "leaderboards", index, column: at, isColumn: true };
        return html`<details class="manage-column">
          <summary>${nameOf(column)} <span class="soft">${t(column.sorting === "asc" ? "settings.less" : "settings.more")}</span></summary>
          <agon-form operation="editor_change_column" .settings=${"columns"} .prefix="${place}.${at}" .name="${this.competition.id} ${numberOf(board, index)}.${numberOf(column, at)}" .only=${COLUMN} .values=${askedColumn(column)} .changes=${changes} @submit=${this.change(its, (body) => storedColumn(body, column))}></agon-form>
          <p>${this.doing.button(t("settings.remove", { name: nameOf(column) }), () => void this.takeOut(its), "quiet danger")}</p>
        </details>`;
      })}
      <details class="manage-column">
        <summary>${t("settings.add_column")}</summary>
        <agon-form operation="editor_add_column" .settings=${"columns"} .prefix="${place}.${all.length}" .name="${this.competition.id} ${numberOf(board, index)}" .only=${COLUMN} .changes=${changes} .action=${t("settings.add_column")} @submit=${({ detail: { body, until } }: Submitted<"editor_add_column">) => until(this.saving.add({ part: "leaderboards", index, isColumn: true }, storedColumn(body)))}></agon-form>
      </details>
    </div>`;
  }

  private changes(all: readonly Document[]): Changes {
    const known = this.datasets.value?.datasets ?? [];
    const files = FILES.map((type) => {
      const used = all.flatMap(({ [type]: id }) => (typeof id === "string" ? [id] : []));
      const own = known.filter((one) => one.type === type).map(({ id, name }) => ({ value: id, label: name }));
      const others = [...new Set(used)].filter((id) => !own.some(({ value }) => value === id));
      return [type, { kind: "choice", choices: [...own, ...others.map((id) => ({ value: id, label: id }))] }] as const;
    });
    const changes: Changes = {
      ...Object.fromEntries(files),
      agon: { label: t("settings.further") },
      ...expected(),
      ...equipment(),
      content: { kind: "markdown" },
      description: { kind: "lines" },
      tasks: { kind: "choices", choices: numbered(this.saving.list("tasks")), hint: "" },
      "agon.downloads": { entry: t("settings.link") },
      "agon.downloads.key": { label: t("settings.link_key") },
      ...(this.last === "boards" ? boardChanges(this.index === undefined ? {} : all[this.index]) : {}),
      "agon.final_board_from": { kind: "choice", choices: this.finals(all) },
      "agon.phases": { kind: "choices", choices: numbered(this.saving.list("phases")), hint: t("settings.board_phases") },
      "agon.network": { kind: "choices", choices: steps() },
      "agon.confidential_data": { kind: "choices", choices: steps() },
    };
    const bank = (this.bank.value?.tasks ?? []).map(({ id, name }) => ({ value: id, label: name }));
    return this.last === "tasks" ? taskChanges(bank, changes) : changes;
  }

  /** What may rank at the end of the phase: a board, another phase, or one of its tasks, each as the format writes it. */
  private finals(all: readonly Document[]): Choice[] {
    const phase = this.index === undefined ? undefined : all[this.index];
    const own = new Set(Array.isArray(phase?.tasks) ? phase.tasks.map(String) : []);
    const tasks = numbered(this.saving.list("tasks")).filter(({ value }) => own.size > 1 && own.has(value));
    const others = numbered(all).filter((_, at) => at !== this.index);
    const as = (key: "leaderboard" | "phase" | "task", some: readonly Choice[]): Choice[] =>
      some.map(({ value, label }) => ({ value: `{"${key}":${value}}`, label: t(`settings.final_${key}`, { name: label }) }));
    return [...as("leaderboard", numbered(this.saving.list("leaderboards"))), ...as("phase", others), ...as("task", tasks)];
  }

  /** A page says what it is written in, which a form leaves out where it has not changed. */
  private change(
    at: At,
    stored: (body: Document) => Document = this.last === "boards" ? storedBoard : (body) => body,
  ): (event: Submitted<"editor_change_part">) => void {
    return ({ detail: { body: said, until } }) => {
      const body = stored(said);
      const isText = "content" in body || "format" in body;
      until(this.saving.change(at, isText ? { ...this.writing, ...body } : body).then((answer) => this.reread(answer)));
    };
  }

  private reread<T>(answer: T): T {
    if (this.last === "texts") this.text.reload();
    return answer;
  }

  private readonly goToNew = ({ detail: { settings } }: CustomEvent<Settings>): void =>
    go(toPart(this.name, this.last, entries(settings, this.kind.part).length - 1), "replace");

  private readonly add = ({ detail: { body, until } }: Submitted<"editor_add">): void =>
    until(this.saving.add({ part: this.kind.part }, this.last === "boards" ? storedBoard(body) : body));

  private async takeOut(at: At): Promise<void> {
    const isDone = await this.doing.act(async () => {
      await this.saving.remove(at);
      return t("settings.removed");
    });
    if (isDone && !at.isColumn) go(toPart(this.name, this.last), "replace");
  }
}

/** The entries of a list as choices, by the numbers that others name them by. */
function numbered(all: readonly Document[]): Choice[] {
  return all.map((entry, at) => ({
    value: String(numberOf(entry, at)),
    label: nameOf(entry),
  }));
}

/** The number that stays an entry's when others are removed; of one that has none, its place. */
function numberOf({ index }: Document, at: number): number {
  return typeof index === "number" ? index : at;
}

/** Whoever takes a task of the library says nothing more of it. */
function taskChanges(bank: Choice[], others: Changes): Changes {
  const tops = new Set((PARTS.tasks?.only ?? []).map((name) => name.split(".")[0] ?? ""));
  const own = [...tops].map((name) => [name, { ...others[name], when: { name: "key", is: "" } }] as const);
  return {
    ...others,
    ...Object.fromEntries(own),
    key: { kind: "choice", choices: bank, label: t("settings.task_key"), hint: t("settings.about_task_key") },
    "agon.judging.criteria": { hint: "", entry: t("settings.criterion") },
    "agon.contract": {
      hint: "",
      choices: ["2", "1"].map((value) => ({ value, label: t(`settings.contract_${value as "1"}`) })),
    },
  };
}

/** A new board has no columns yet. */
function boardChanges(board: Document = {}): Changes {
  const columns = numbered(entries(board, "columns"));
  const none = { value: String(NOTHING), label: t("settings.no_tie_break") };
  return {
    primary_index: { kind: "choice", choices: columns, hint: "", hidden: columns.length === 0 },
    "agon.tie_break_indexes": {
      hint: t("settings.tie_breaks"),
      entry: t("settings.column"),
      each: { kind: "choice", choices: [...columns, none] },
      hidden: columns.length === 0,
    },
    "agon.column_groups": { hint: "", entry: t("settings.header") },
  };
}

function columnChanges(board: Document, columns: readonly Document[]): Changes {
  const agon = (board.agon ?? {}) as Document;
  const headers = entries(agon, "column_groups").map((one) => ({ value: String(one.key), label: nameOf(one) }));
  return {
    agon: { label: t("settings.further") },
    computation: {
      kind: "choice",
      hint: "",
      choices: COMPUTATIONS.map((value) => ({ value, label: t(`settings.compute_${value}`) })),
    },
    computation_indexes: { kind: "choices", choices: numbered(columns) },
    "agon.computation_weights": { hint: t("settings.weights"), entry: t("settings.weight") },
    "agon.group": { kind: "choice", choices: headers, hint: t("settings.headers") },
    "agon.error_of": { kind: "choice", choices: numbered(columns) },
    "agon.former_keys": { kind: "lines" },
  };
}

function steps(): Choice[] {
  return STEPS.map((value) => ({ value, label: t(`settings.${value as "ingestion"}`) }));
}

function nameOf({ name, title, key, index }: Document): string {
  const found = [name, title, key].find((one) => typeof one === "string" && one !== "");
  return typeof found === "string" ? found : t("settings.number", { number: typeof index === "number" ? index : 0 });
}
