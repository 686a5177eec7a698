import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { AuditEntry } from "../../api/shapes";
import { toSubmission } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import "../../table/table";
import { look, t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { TabElement } from "../page-element";
import { when } from "../when";

/** Who decided what, when and why: about people, or about what stands on a phase's boards. */
@customElement("agon-log")
export class AgonLog extends TabElement {
  private readonly list = new Gathered<AuditEntry>(
    this,
    () => `${this.competition.id} ${this.isOfPhase ? (this.phase?.id ?? "") : ""}`,
    async (cursor) => {
      const query = { cursor };
      const { deeds, next } = this.isOfPhase
        ? await ask("get", "/v1/phases/{phase}/deeds", { params: { path: { phase: this.phase?.id ?? "" }, query } })
        : await ask("get", "/v1/competitions/{competition}/audit", {
            params: { path: { competition: this.competition.id }, query },
          });
      return { rows: deeds, next };
    },
  );

  private get isOfPhase(): boolean {
    return this.query("of") === "board" && this.phase !== undefined;
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<h2>${t("log.title")}</h2>
      <p class="soft manage-lead">${t("log.about")}</p>
      <div class="several" role="group" aria-label=${t("log.of")}>
        ${this.choice(false, t("log.people"))} ${this.phase ? this.choice(true, t("log.board", { phase: this.phase.name })) : nothing}
      </div>
      <agon-table .name=${t("log.title")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .keyOf=${({ id }: AuditEntry) => id}
        .columns=${columns()} @more=${list.more} @all=${list.all}></agon-table>`;
  }

  private choice(isOfPhase: boolean, words: string): TemplateResult {
    const show = (): void => {
      const url = new URL(location.href);
      url.searchParams.delete("of");
      if (isOfPhase) url.searchParams.set("of", "board");
      go(url.href, "replace");
    };
    return html`<button type="button" class="quiet" aria-pressed=${isOfPhase === this.isOfPhase ? "true" : "false"} @click=${show}>${words}</button>`;
  }
}

function columns(): Column<AuditEntry>[] {
  return [
    { key: "what", title: t("log.what"), kind: "heading", filters: true, value: ({ what }) => look(`log.${what}`) ?? what },
    { key: "at", title: t("log.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at }) => when(at) },
    { key: "by", title: t("log.by"), filters: true, value: ({ by }) => by },
    { key: "about", title: t("log.whom"), value: (one) => one.participant, cell: aboutOf },
    { key: "change", title: t("log.change"), value: ({ before, after }) => [shown(before), shown(after)].filter(Boolean).join(" → "), class: "wide-cell" },
    { key: "reason", title: t("log.reason"), value: ({ reason }) => reason, class: "wide-cell" },
  ]; // prettier-ignore
}

function aboutOf({ participant, submission }: AuditEntry): TemplateResult {
  return html`${participant ?? ""} ${submission ? html`<a href=${toSubmission(submission)}>${t("log.submission")}</a>` : nothing}`;
}

/** What stood there, as its values. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (typeof value === "string") return value;
  return JSON.stringify(value).replace(/[{}[\]"]/g, "").replace(/([:,])(?=\S)/g, "$1 "); // prettier-ignore
}
