import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { AuditEntry } from "../../api/shapes";
import type { Column } from "../../table/columns";
import "../../table/table";
import { look, t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { when } from "../when";

/** What administrators did, the newest first; the table's file has all of it. */
@customElement("agon-admin-audit")
export class AgonAdminAudit extends PageElement {
  private readonly list = new Gathered<AuditEntry>(
    this,
    () => "audit",
    async (cursor) => {
      const { deeds, next } = await ask("get", "/v1/site/audit", { params: { query: { cursor } } });
      return { rows: deeds, next };
    },
  );

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<section class="admin-part">
      <h2>${t("admin.audit")}</h2>
      <p class="soft">${t("admin.about_audit")}</p>
      <agon-table .name=${t("admin.audit")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
        .keyOf=${({ id }: AuditEntry) => id} .columns=${columns()} @more=${list.more} @all=${list.all}></agon-table>
    </section>`;
  }
}

function columns(): Column<AuditEntry>[] {
  return [
    { key: "what", title: t("admin.deed"), kind: "heading", filters: true, value: ({ what }) => deed(what) },
    { key: "participant", title: t("admin.whom"), value: ({ participant }) => participant, cell: ({ participant }) => participant ?? "–" },
    { key: "by", title: t("admin.by"), filters: true, value: ({ by }) => by },
    { key: "at", title: t("admin.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at }) => when(at) },
    { key: "reason", title: t("admin.reason"), value: ({ reason }) => reason },
    { key: "before", title: t("admin.before"), sorts: false, value: ({ before }) => plain(before) },
    { key: "after", title: t("admin.after"), sorts: false, value: ({ after }) => plain(after) },
  ]; // prettier-ignore
}

function deed(what: AuditEntry["what"]): string {
  return look(`deeds.${what}`) ?? what.replaceAll("_", " ");
}

/** `name: value, …` of what is kept as JSON. */
function plain(said: unknown): string {
  if (said === null || said === undefined) return "";
  if (typeof said !== "object") return JSON.stringify(said);
  return Object.entries(said)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(", ");
}
