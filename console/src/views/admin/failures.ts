import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { SweepFailure } from "../../api/shapes";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { when } from "../when";

/** Jobs of the background that failed, and those that were given up until somebody has them tried again. */
@customElement("agon-admin-failures")
export class AgonAdminFailures extends PageElement {
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<SweepFailure>(
    this,
    () => "failures",
    async (cursor) => {
      const { failures, next } = await ask("get", "/v1/site/failures", { params: { query: { cursor } } });
      return { rows: failures, next };
    },
  );

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<section class="admin-part">
      <h2>${t("admin.failures")}</h2>
      <p class="soft">${t("admin.about_failures")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("admin.failures")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
        .keyOf=${({ id }: SweepFailure) => id} .columns=${this.columns()} @more=${list.more} @all=${list.all}></agon-table>
    </section>`;
  }

  private columns(): Column<SweepFailure>[] {
    return [
      { key: "item", title: t("admin.job"), kind: "heading", value: ({ about, item }) => `${about} ${item}`, cell: ({ about, item }) => html`${about} <code>${item}</code>` },
      { key: "state", title: t("admin.status"), filters: true, value: ({ dead }) => t(dead ? "admin.dead" : "admin.tried") },
      { key: "attempts", title: t("admin.attempts"), kind: "number", sorts: "desc", value: ({ attempts }) => attempts },
      { key: "error", title: t("admin.error"), class: "wide-cell", value: ({ error }) => error },
      { key: "first", title: t("admin.first"), value: (row) => row.first_at, cell: (row) => when(row.first_at) },
      { key: "last", title: t("admin.last"), isExtra: true, sorts: "desc", value: (row) => row.last_at, cell: (row) => when(row.last_at) },
      { key: "retry", title: t("admin.do"), sorts: false, value: () => null, cell: ({ id, item }) => this.doing.button(t("admin.retry"), () => void this.retry(id), "quiet", item) },
    ]; // prettier-ignore
  }

  private async retry(failure: string): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/site/failures/{failure}/retry", { params: { path: { failure } } });
      return t("admin.retried");
    });
    this.list.reload();
  }
}
