import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { BodyOf, Dataset, DatasetInFull } from "../../api/shapes";
import { upload } from "../../api/upload";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { size } from "../../format";
import { toCompetition, toTasks } from "../../links";
import type { Column } from "../../table/columns";
import "../../table/table";
import { number, t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { empty } from "../states";
import { when } from "../when";
import { head, WHOSE, type Whose } from "./library";

/** One's datasets, and those that others let one use: kept, described, shared, fetched and removed. */
@customElement("agon-datasets")
export class AgonDatasets extends PageElement {
  @state() private chosen?: DatasetInFull;
  private readonly doing = new Doing(this);
  /** How far the file is that is being sent, from 0 to 1. */
  @state() private sent?: number;
  private readonly list = new Gathered<Dataset>(
    this,
    () => this.whose,
    async (cursor) => {
      const query = { cursor, ...(this.whose === "own" ? {} : { [this.whose]: "true" as const }) };
      const { datasets, next } = await ask("get", "/v1/datasets", { params: { query } });
      return { rows: datasets, next };
    },
  );

  private get whose(): Whose {
    return WHOSE.find((one) => one === this.query("whose")) ?? "own";
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`${head("datasets", this.whose)}
      <div class="managed alone managed-page">
        ${this.doing.outcome()}
        <agon-table .name=${t("library.datasets")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .keyOf=${({ id }: Dataset) => id}
          .columns=${this.columns()} .empty=${empty(t("library.no_datasets"), t("library.about_no_datasets"))} @more=${list.more} @all=${list.all}></agon-table>
        ${this.chosen ? this.one(this.chosen) : nothing} ${this.add()}
      </div>`;
  }

  private columns(): Column<Dataset>[] {
    return [
      { key: "name", title: t("library.name"), kind: "heading", value: ({ name }) => name },
      { key: "type", title: t("library.type"), filters: true, value: ({ type }) => t(`library.${type}`) },
      { key: "size", title: t("all.size"), kind: "number", sorts: "desc", value: (one) => one.size_bytes, cell: (one) => size(one.size_bytes) },
      { key: "who", title: t("queues.visibility"), filters: true, value: ({ visibility }) => t(`queues.is_${visibility}`) },
      { key: "owner", title: t("queues.owner"), isExtra: this.whose === "own", value: ({ owner }) => owner },
      { key: "uses", title: t("library.uses"), kind: "number", value: ({ uses }) => uses },
      { key: "licence", title: t("library.licence"), isExtra: true, value: ({ licence }) => licence },
      { key: "id", title: t("queues.id"), isExtra: true, value: ({ id }) => id },
      { key: "at", title: t("library.at"), isExtra: true, value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
      { key: "do", title: t("queues.do"), sorts: false, value: () => "", cell: (one) => html`${this.doing.button(t("library.fetch"), () => void this.download(one), "quiet", one.name)} ${this.whose === "own" ? this.doing.button(t("library.look"), () => void this.choose(one.id), "quiet", one.name) : nothing}` },
    ]; // prettier-ignore
  }

  private async download({ id }: Dataset): Promise<void> {
    await this.doing.act(async () => {
      const { url } = await ask("get", "/v1/datasets/{dataset}/file", { params: { path: { dataset: id } } });
      // It is sent as a file, so the page stays.
      location.assign(url);
      return "";
    });
  }

  private async choose(dataset: string): Promise<void> {
    await this.doing.act(async () => {
      this.chosen = await ask("get", "/v1/datasets/{dataset}", { params: { path: { dataset } } });
      return "";
    });
    this.querySelector<HTMLElement>("section.manage-part")?.focus();
  }

  private one({ dataset, shared_with: shared, used_by: uses }: DatasetInFull): TemplateResult {
    const params = { path: { dataset: dataset.id } };
    const change = async (body: BodyOf<"library_change_dataset">): Promise<void> => {
      const changed = await ask("patch", "/v1/datasets/{dataset}", { params, body });
      if (this.chosen?.dataset.id === changed.id)
        this.chosen = { ...this.chosen, dataset: changed, shared_with: body.shared_with ?? shared };
    };
    const send = ({ detail: { body, until } }: Submitted<"library_change_dataset">): void => until(change(body));
    const remove = async (): Promise<void> => {
      await this.doing.act(async () => {
        await ask("delete", "/v1/datasets/{dataset}", { params });
        this.chosen = undefined;
        return t("library.removed", { name: dataset.name });
      });
      this.list.reload();
    };
    return html`<section class="manage-part" tabindex="-1" aria-labelledby="dataset-title">
      <h2 id="dataset-title">${dataset.name}</h2>
      ${uses.length > 0 ? html`<p>${t("library.used_by")}</p><ul>${uses.map(({ kind, id }) => html`<li>${kind === "competition" ? html`<a href=${toCompetition(id)}>${id}</a>` : html`<a href=${toTasks()}>${id}</a>`}</li>`)}</ul>` : nothing}
      <agon-form operation="library_change_dataset" .name=${dataset.id} .values=${{ ...dataset, shared_with: shared }} @submit=${send} @sent=${this.list.reload}></agon-form>
      <p class="actions">${this.doing.button(t("library.remove"), () => void remove(), "quiet")} <span class="soft">${t("library.about_remove")}</span></p>
    </section>`;
  }

  private add(): TemplateResult {
    const changes = {
      upload: { kind: "file" as const, accept: ".zip", label: t("library.file"), hint: t("library.about_file") },
    };
    return html`<section class="manage-part" aria-labelledby="add-title">
      <h2 id="add-title">${t("library.add")}</h2>
      ${this.sent === undefined ? nothing : html`<p role="status">${t("library.sending", { percent: number(this.sent, { style: "percent" }) })}</p>`}
      <agon-form operation="library_create_dataset" .action=${t("library.add")} .changes=${changes} @submit=${this.onAdd} @sent=${this.list.reload}></agon-form>
    </section>`;
  }

  private readonly onAdd = ({ detail: { body, until } }: Submitted<"library_create_dataset">): void => {
    const send = async (): Promise<unknown> => {
      try {
        const progress = (_: string, done: number): void => void (this.sent = done);
        const { id } = await upload(body.upload as unknown as File, "dataset", progress, new AbortController().signal);
        return await ask("post", "/v1/datasets", { body: { ...body, upload: id } });
      } finally {
        this.sent = undefined;
      }
    };
    until(send());
  };
}
