import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { PostReport } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toPostReports, toThread } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { TabElement } from "../page-element";
import { person } from "../people/named";
import { empty } from "../states";
import { when } from "../when";

/** The posts that somebody reported, and what becomes of each. */
@customElement("agon-post-reports")
export class AgonPostReports extends TabElement {
  private readonly list = new Gathered<PostReport>(
    this,
    () => this.competition.id,
    async (cursor) => {
      const params = { path: this.which, query: { cursor } };
      const { reports, next } = await ask("get", "/v1/competitions/{competition}/reports", { params });
      return { rows: reports, next };
    },
  );

  private get which() {
    return { competition: this.competition.id };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<h2>${t("forum.reports")}</h2>
      <p class="soft manage-lead">${t("forum.about_reports")}</p>
      ${this.deciding()}
      <agon-table .name=${t("forum.reports")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .expected=${3}
        .keyOf=${({ id }: PostReport) => id} .columns=${this.columns()} .empty=${empty(t("forum.no_reports"), t("forum.about_no_reports"))}
        @more=${list.more} @all=${list.all}></agon-table>`;
  }

  private deciding(): TemplateResult | typeof nothing {
    const chosen = this.list.rows?.find(({ id }) => id === this.query("decide"));
    if (!chosen) return nothing;
    const params = { path: { ...this.which, report: chosen.id } };
    const send = ({ detail: { body, until } }: Submitted<"reports_decide">): void =>
      until(ask("patch", "/v1/competitions/{competition}/reports/{report}", { params, body }));
    return html`<div class="admin-chosen">
      <h3>${t("forum.decide_about", { number: chosen.number, author: chosen.author })}</h3>
      <p class="version">${chosen.text}</p>
      <agon-form operation="reports_decide" .name=${chosen.id} .action=${t("forum.decide")} @submit=${send} @sent=${this.onDecided}></agon-form>
    </div>`;
  }

  private columns(): Column<PostReport>[] {
    const post = ({ thread, number }: PostReport): TemplateResult =>
      html`<a href=${toThread(this.name, thread, 1, number)}>${t("forum.post", { number })}</a>`;
    const decide = ({ id, number }: PostReport): TemplateResult =>
      html`<a href=${toPostReports(this.name, id)}>${t("forum.decide")}<span class="visually-hidden"> ${t("forum.of_post", { number })}</span></a>`;
    return [
      { key: "post", title: t("forum.reported_post"), kind: "heading", value: ({ number }) => number, cell: post },
      { key: "author", title: t("forum.author"), value: ({ author }) => author, cell: ({ author }) => person(author) },
      { key: "text", title: t("forum.text"), value: ({ text }) => text },
      { key: "reason", title: t("forum.reason"), value: ({ reason }) => reason },
      { key: "by", title: t("forum.by"), value: ({ by }) => by },
      { key: "at", title: t("forum.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at }) => when(at) },
      { key: "do", title: t("forum.do"), sorts: false, value: () => null, cell: decide },
    ];
  }

  private readonly onDecided = (): void => {
    this.list.reload();
    go(toPostReports(this.name), "replace");
  };
}
