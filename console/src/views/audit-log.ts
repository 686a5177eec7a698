import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { AuditEntry, AuditLog } from "../api/shapes";
import { toSubmission } from "../links";
import { ADDRESS, type Keeper } from "../table/address";
import type { Column } from "../table/columns";
import "../table/table";
import { look, t, type PlainKey } from "../words/words";
import { LightElement } from "./light";
import { Gathered } from "./manage/gathered";
import { when } from "./when";

/** A log of who did what, the newest first; the table's file has all of it. */
@customElement("agon-audit-log")
export class AgonAuditLog extends LightElement {
  /** Which log it is. */
  @property() of = "";
  /** Reads one page of it. */
  @property({ attribute: false }) read!: (cursor: string | undefined) => Promise<AuditLog>;
  @property({ attribute: false }) keeper: Keeper = ADDRESS;
  private readonly list = new Gathered<AuditEntry>(
    this,
    () => this.of,
    async (cursor) => {
      const { deeds, next } = await this.read(cursor);
      return { rows: deeds, next };
    },
  );

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<agon-table .name=${t("log.title")} .keeper=${this.keeper} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
      .keyOf=${({ id }: AuditEntry) => id} .columns=${columns()} @more=${list.more} @all=${list.all}></agon-table>`;
  }
}

function columns(): Column<AuditEntry>[] {
  return [
    { key: "what", title: t("log.what"), kind: "heading", filters: true, value: ({ what }) => deed(what) },
    { key: "at", title: t("log.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at }) => when(at) },
    { key: "by", title: t("log.by"), filters: true, value: ({ by }) => by },
    { key: "about", title: t("log.whom"), value: (one) => one.participant, cell: aboutOf },
    { key: "before", title: t("log.before"), sorts: false, value: ({ before }) => plain(before), class: "wide-cell" },
    { key: "after", title: t("log.after"), sorts: false, value: ({ after }) => plain(after), class: "wide-cell" },
    { key: "reason", title: t("log.reason"), value: ({ reason }) => reason, class: "wide-cell" },
  ]; // prettier-ignore
}

function deed(what: AuditEntry["what"]): string {
  const key: PlainKey = `log.${what}`;
  return look(key) ?? what.replaceAll("_", " ");
}

function aboutOf({ participant, submission }: AuditEntry): TemplateResult {
  return html`${participant ?? ""} ${submission ? html`<a href=${toSubmission(submission)}>${t("log.submission")}</a>` : nothing}`;
}

/** `name: value, …` of what is kept as JSON. */
function plain(said: unknown): string {
  if (said === null || said === undefined) return "";
  if (typeof said === "string") return said;
  if (typeof said !== "object") return JSON.stringify(said);
  return Object.entries(said)
    .map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`)
    .join(", ");
}
