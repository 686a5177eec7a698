import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Problem } from "../../api/problem";
import { Resource } from "../../api/resource";
import type { Settings, Submission } from "../../api/shapes";
import { upload } from "../../api/upload";
import type { Submitted } from "../../forms/form";
import "../../forms/form";
import type { Changes } from "../../forms/kinds";
import { toSubmission } from "../../links";
import { list, number, t } from "../../words/words";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import { SOLUTION } from "./asked";
import * as sketch from "../sketch";
import { Doing } from "./doing";
import { Saving, type Document } from "./settings";

/** The solutions of a competition: submissions that are known to work, added here and tried on its tasks. */
@customElement("agon-solutions")
export class AgonSolutions extends TabElement {
  @state() private runs: readonly Submission[] = [];
  /** How far the file is that is being sent, from 0 to 1. */
  @state() private sent?: number;
  private readonly saving = new Saving(this, () => this.competition.id);
  private readonly doing = new Doing(this);
  private readonly datasets = new Resource(this, () => reading("/v1/datasets"));
  /** The datasets that files have become: who is refused and tries once more sends nothing twice. */
  private readonly made = new WeakMap<File, string>();

  protected override render(): TemplateResult {
    const { problem, document } = this.saving;
    if (problem) return trouble(problem, this.saving.reload, 2);
    if (!document) return loading(t("settings.solutions"), sketch.list(2));
    const all = this.saving.list("solutions");
    return html`<h2>${t("settings.solutions")}</h2>
      ${all.length === 0 ? empty(t("settings.no_solutions"), t("settings.no_solutions_yet")) : html`<p class="soft">${t("settings.about_solutions")}</p>`}
      ${this.doing.outcome()}
      ${this.runs.length > 0 ? html`<ul>${this.runs.map((one) => html`<li><a href=${toSubmission(one.id)}>${t("settings.follow", { task: this.taskOf(one) })}</a></li>`)}</ul>` : nothing}
      ${all.map((one, at) => this.solution(one, at))} ${this.addition(all)}`;
  }

  private solution(one: Document, at: number): TemplateResult {
    const [index, name, description] = [
      typeof one.index === "number" ? one.index : at,
      textOf(one.name),
      textOf(one.description),
    ];
    return html`<section class="manage-part">
      <h3>${name || t("settings.number", { number: index })}</h3>
      ${description ? html`<p>${description}</p>` : nothing}
      <p class="soft">${t("settings.solves", { tasks: list(this.tasksOf(one)) || "–" })}</p>
      <p class="actions">
        ${this.doing.button(t("settings.run"), () => void this.run(String(index)), "", name)}
        ${this.doing.button(t("settings.remove", { name: name || t("settings.number", { number: index }) }), () => void this.takeOut(at), "quiet danger")}
      </p>
      <details class="manage-column">
        <summary>${t("settings.change_solution")}</summary>
        <agon-form operation="editor_change_part" .settings=${"solutions"} .prefix="solutions.${at}" .name="${this.competition.id} ${index}" .only=${SOLUTION} .values=${one} .changes=${this.changes([one])} @submit=${this.change(at)}></agon-form>
      </details>
    </section>`;
  }

  private addition(all: readonly Document[]): TemplateResult {
    return html`<section class="manage-part" aria-labelledby="add-solution">
      <h3 id="add-solution">${t("settings.add_solution")}</h3>
      ${this.sent === undefined ? nothing : html`<p role="status">${t("library.sending", { percent: number(this.sent, { style: "percent" }) })}</p>`}
      <agon-form operation="editor_add" .settings=${"solutions"} .prefix="solutions.${all.length}" .name=${this.competition.id} .only=${SOLUTION} .changes=${this.changes([])} .action=${t("settings.add_solution")} @submit=${this.add}></agon-form>
    </section>`;
  }

  private changes(named: readonly Document[]): Changes {
    const own = (this.datasets.value?.datasets ?? [])
      .filter(({ type }) => type === "solution")
      .map(({ id, name }) => ({ value: id, label: name }));
    const others = named.flatMap(({ key }) =>
      typeof key === "string" && !own.some(({ value }) => value === key) ? [key] : [],
    );
    return {
      description: { kind: "lines" },
      tasks: { kind: "choices", choices: this.tasks, hint: "" },
      path: { kind: "file", accept: ".zip", label: t("titles.upload"), hint: t("settings.solution_file") },
      key: {
        kind: "choice",
        choices: [...own, ...others.map((id) => ({ value: id, label: id }))],
        label: t("settings.solution_key"),
        hint: t("settings.about_solution_key"),
      },
    };
  }

  private get tasks(): { value: string; label: string }[] {
    return this.saving.list("tasks").map(({ index, name }, at) => ({
      value: String(typeof index === "number" ? index : at),
      label: textOf(name) || t("settings.number", { number: typeof index === "number" ? index : at }),
    }));
  }

  private tasksOf({ tasks }: Document): string[] {
    const named = new Set(Array.isArray(tasks) ? tasks.map(String) : []);
    return this.tasks.filter(({ value }) => named.has(value)).map(({ label }) => label);
  }

  private readonly add = ({ detail: { body, until } }: Submitted<"editor_add">): void => {
    const send = async (): Promise<Settings> => {
      const whole = await this.withFile(body);
      if (typeof whole.key !== "string") {
        throw new Problem(422, "", t("form.wrong", { count: 1 }), [{ place: "path", message: t("settings.no_file") }]);
      }
      return this.saving.add({ part: "solutions" }, whole);
    };
    until(send());
  };

  private change(index: number): (event: Submitted<"editor_change_part">) => void {
    return ({ detail: { body, until } }) =>
      until(this.withFile(body).then((whole) => this.saving.change({ part: "solutions", index }, whole)));
  }

  /** A file becomes a dataset of the library, by whose id it is named. */
  private async withFile({ path: file, ...body }: Document): Promise<Document> {
    if (!(file instanceof File)) return body;
    try {
      const progress = (_: string, done: number): void => void (this.sent = done);
      const id = this.made.get(file) ?? (await this.keep(file, textOf(body.name) || file.name, progress));
      this.made.set(file, id);
      return { ...body, key: id };
    } finally {
      this.sent = undefined;
    }
  }

  private async keep(file: File, name: string, progress: (what: string, done: number) => void): Promise<string> {
    const sent = await upload(file, "dataset", progress, new AbortController().signal);
    const { id } = await ask("post", "/v1/datasets", { body: { upload: sent.id, type: "solution", name } });
    this.datasets.reload();
    return id;
  }

  private async takeOut(index: number): Promise<void> {
    await this.doing.act(async () => {
      await this.saving.remove({ part: "solutions", index });
      return t("settings.removed");
    });
  }

  private async run(index: string): Promise<void> {
    await this.doing.act(async () => {
      const params = { path: { competition: this.competition.id, index } };
      const { submissions } = await ask("post", "/v1/competitions/{competition}/solutions/{index}/run", { params });
      this.runs = submissions;
      return t("settings.runs", { count: submissions.length });
    });
  }

  private taskOf({ task, phase }: Submission): string {
    const tasks = this.competition.phases.find(({ id }) => id === phase)?.tasks ?? [];
    return tasks.find(({ index }) => index === Number(task))?.name ?? String(task);
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
