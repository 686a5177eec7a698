import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { BodyOf, Task } from "../../api/shapes";
import { upload } from "../../api/upload";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { list, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { empty } from "../states";
import { when } from "../when";
import { head, WHOSE, type Whose } from "./library";

type Part = "scoring_program" | "ingestion_program" | "reference_data" | "input_data";

/** The bank of tasks: one's own, and those that others let one use. */
@customElement("agon-tasks")
export class AgonTasks extends PageElement {
  @state() private chosen?: Task;
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Task>(
    this,
    () => this.whose,
    async (cursor) => {
      const query = { cursor, ...(this.whose === "own" ? {} : { [this.whose]: "true" as const }) };
      const { tasks, next } = await ask("get", "/v1/tasks", { params: { query } });
      return { rows: tasks, next };
    },
  );

  private get whose(): Whose {
    return WHOSE.find((one) => one === this.query("whose")) ?? "own";
  }

  protected override render(): TemplateResult {
    const { list: tasks } = this;
    const send = ({ detail: { body, until } }: Submitted<"library_create_task">): void =>
      until(ask("post", "/v1/tasks", { body }));
    return html`${head("tasks", this.whose)}
      <div class="managed alone managed-page">
        ${this.doing.outcome()}
        <agon-table .name=${t("library.tasks")} .rows=${tasks.rows} .total=${tasks.total} .problem=${tasks.problem} .again=${tasks.reload} .keyOf=${({ id }: Task) => id}
          .columns=${this.columns()} .empty=${empty(t("library.no_tasks"), t("library.about_no_tasks"))} @more=${tasks.more} @all=${tasks.all}></agon-table>
        ${this.chosen ? this.one(this.chosen) : nothing}
        <section class="manage-part" aria-labelledby="make-title">
          <h2 id="make-title">${t("library.make_task")}</h2>
          <p class="soft">${t("library.about_make_task")}</p>
          <agon-form operation="library_create_task" .action=${t("library.make_task")} @submit=${send} @sent=${tasks.reload}></agon-form>
          <p class="soft">${t("library.about_task_bundle")}</p>
          <p class="pickers"><label class="picker"><input type="file" accept=".zip" @change=${this.onBundle} /><span>${t("library.task_bundle")}</span></label></p>
        </section>
      </div>`;
  }

  private columns(): Column<Task>[] {
    return [
      { key: "name", title: t("library.name"), kind: "heading", value: ({ name }) => name },
      { key: "files", title: t("library.files"), value: ({ files }) => list(Object.keys(files).map((part) => t(`library.${part as Part}`))), class: "wide-cell" },
      { key: "validated", title: t("library.validated"), filters: true, value: ({ validated }) => (validated ? t("values.yes") : t("values.no")) },
      { key: "who", title: t("queues.visibility"), filters: true, value: ({ visibility }) => t(`queues.is_${visibility}`) },
      { key: "owner", title: t("queues.owner"), isExtra: this.whose === "own", value: ({ owner }) => owner },
      { key: "id", title: t("queues.id"), isExtra: true, value: ({ id }) => id },
      { key: "at", title: t("library.changed"), value: ({ updated_at: at }) => at, cell: ({ updated_at: at }) => when(at) },
      ...(this.whose === "own" ? [{ key: "do", title: t("queues.do"), sorts: false as const, value: () => "", cell: (one: Task) => this.doing.button(t("library.look"), () => void this.choose(one.id), "quiet", one.name) }] : []),
    ]; // prettier-ignore
  }

  private readonly onBundle = ({ target }: Event): void => {
    const [file] = (target as HTMLInputElement).files ?? [];
    if (file) void this.take(file);
  };

  private async take(file: File): Promise<void> {
    const isMade = await this.doing.act(async () => {
      const { id } = await upload(file, "bundle", () => undefined, new AbortController().signal);
      const { name } = await ask("post", "/v1/tasks/bundle", { body: { upload: id } });
      return t("library.is_made", { name });
    });
    if (isMade) this.list.reload();
  }

  private async choose(task: string): Promise<void> {
    await this.doing.act(async () => {
      this.chosen = await ask("get", "/v1/tasks/{task}", { params: { path: { task } } });
      return "";
    });
    this.querySelector<HTMLElement>("section.manage-part")?.focus();
  }

  private one(task: Task): TemplateResult {
    const params = { path: { task: task.id } };
    const change = async (body: BodyOf<"library_change_task">): Promise<void> => {
      const changed = await ask("patch", "/v1/tasks/{task}", { params, body });
      if (this.chosen?.id === changed.id) this.chosen = changed;
    };
    const send = ({ detail: { body, until } }: Submitted<"library_change_task">): void => until(change(body));
    const remove = async (): Promise<void> => {
      await this.doing.act(async () => {
        await ask("delete", "/v1/tasks/{task}", { params });
        this.chosen = undefined;
        return t("library.removed", { name: task.name });
      });
      this.list.reload();
    };
    const files = Object.fromEntries(Object.entries(task.files).map(([part, { dataset }]) => [part, dataset]));
    return html`<section class="manage-part" tabindex="-1" aria-labelledby="task-title">
      <h2 id="task-title">${task.name}</h2>
      ${task.lends && task.lends.length > 0 ? html`<p class="soft">${t("library.lends", { files: list(task.lends.map((part) => t(`library.${part}`))) })}</p>` : nothing}
      <agon-form operation="library_change_task" .name=${task.id} .values=${{ ...task, files }} .changes=${{ shared_with: { hint: t("library.about_shared_with") } }} @submit=${send} @sent=${this.list.reload}></agon-form>
      <p class="actions">${this.doing.button(t("library.remove"), () => void remove(), "quiet")} <span class="soft">${t("library.about_remove")}</span></p>
    </section>`;
  }
}
