import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { SiteReport } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toCompetition, toReports, toThread } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { when } from "../when";

const STATES = ["open", "resolved"] as const;

/** What was reported anywhere on the site, and what becomes of it. */
@customElement("agon-admin-reports")
export class AgonAdminReports extends PageElement {
  private readonly list = new Gathered<SiteReport>(
    this,
    () => this.status,
    async (cursor) => {
      const query = { status: this.status, cursor };
      const { reports, next } = await ask("get", "/v1/site/reports", { params: { query } });
      return { rows: reports, next };
    },
  );

  private get status(): (typeof STATES)[number] {
    return this.query("status") === "resolved" ? "resolved" : "open";
  }

  protected override render(): TemplateResult {
    const { list, status } = this;
    return html`<section class="admin-part">
      <h2>${t("admin.reports")}</h2>
      <p class="soft">${t("admin.about_reports")}</p>
      <nav class="order" aria-label=${t("admin.status")}>
        ${STATES.map((one) => html`<a href=${toReports(one)} aria-current=${one === status ? "true" : "false"}>${t(`admin.${one}`)}</a>`)}
      </nav>
      ${this.deciding()}
      <agon-table .name=${t("admin.reports")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
        .keyOf=${({ id }: SiteReport) => id} .columns=${columns(status === "resolved")} @more=${list.more} @all=${list.all}></agon-table>
    </section>`;
  }

  private deciding(): TemplateResult | typeof nothing {
    const chosen = this.list.rows?.find(({ id }) => id === this.query("decide"));
    if (!chosen) return nothing;
    return html`<div class="admin-chosen">
      <h3>${t("admin.decide_about", { title: chosen.title || chosen.competition })}</h3>
      <p>${t("admin.reported_by", { by: chosen.by })} ${chosen.reason}</p>
      <agon-form operation="site_reports_decide" .name=${chosen.id} .changes=${{ reason: { hint: t("admin.hint_decided") } }} .action=${t("admin.decide")}
        @submit=${({ detail: { body, until } }: Submitted<"site_reports_decide">) => until(ask("patch", "/v1/site/reports/{report}", { params: { path: { report: chosen.id } }, body }))}
        @sent=${this.onDecided}></agon-form>
    </div>`;
  }

  private readonly onDecided = (): void => {
    this.list.reload();
    go(toReports(), "replace");
  };
}

function columns(isResolved: boolean): Column<SiteReport>[] {
  const shown: Column<SiteReport>[] = [
    { key: "title", title: t("admin.what"), kind: "heading", value: ({ title, place, competition }) => title || place || competition, cell: about },
    { key: "about", title: t("admin.kind"), filters: true, value: ({ about: what }) => t(`admin.about_${what}`) },
    { key: "reason", title: t("admin.reason"), value: ({ reason }) => reason },
    { key: "by", title: t("admin.by"), value: ({ by }) => by },
    { key: "at", title: t("admin.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at }) => when(at) },
  ]; // prettier-ignore
  if (isResolved)
    return [
      ...shown,
      { key: "decision", title: t("admin.decision"), filters: true, value: ({ decision }) => decision && t(`admin.${decision}`) },
      { key: "decided_by", title: t("admin.decided_by"), value: (row) => row.decided_by },
      { key: "answer", title: t("admin.answer"), value: ({ answer }) => answer },
    ]; // prettier-ignore
  return [...shown, { key: "decide", title: t("admin.do"), sorts: false, value: () => null, cell: toDecide }];
}

function about({ about: what, competition, place, title }: SiteReport): TemplateResult {
  const [thread = ""] = place.split("/");
  if (what === "post") return html`<a href=${toThread(competition, thread)}>${t("admin.post_at", { place })}</a>`;
  return html`<a href=${toCompetition(competition)}>${title}</a>`;
}

/** What was posted is decided about where it stands. */
function toDecide({ about: what, competition, place, id, title }: SiteReport): TemplateResult {
  const [thread = ""] = place.split("/");
  if (what === "post") return html`<a href=${toThread(competition, thread)}>${t("admin.in_its_forum")}</a>`;
  return html`<a href=${toReports("open", id)}>${t("admin.decide")}<span class="visually-hidden">: ${title}</span></a>`;
}
