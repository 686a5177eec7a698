import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { QueueLine, SiteStatus } from "../../api/shapes";
import { toQueue } from "../../links";
import type { Column } from "../../table/columns";
import "../../table/table";
import { number, t } from "../../words/words";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { when } from "../when";

const PARTS = ["table", "files", "runs", "tasks", "accounts"] as const;
/** A sweep each minute; an alarm rings after five without one. */
const LATE_SECONDS = 300;
type Day = SiteStatus["days"][number];

/** How the site does: whether each part answers, what waits and who serves it, what failed. */
@customElement("agon-admin-status")
export class AgonAdminStatus extends PageElement {
  private readonly read = new Resource(this, () => reading("/v1/site/status"));

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    if (!value)
      return problem ? trouble(problem, this.read.reload, 2) : loading(t("admin.health"), sketch.facts(4), sketch.table(4));
    return html`<section class="admin-part">
        <h2>${t("admin.health")}</h2>
        ${health(value)}
        ${facts(value)}
      </section>
      <section class="admin-part">
        <h2>${t("admin.lines")}</h2>
        <p class="soft">${t("admin.about_lines")}</p>
        <agon-table .name=${t("admin.lines")} .rows=${value.lines} .keyOf=${({ queue }: QueueLine) => queue} .columns=${lineColumns()}></agon-table>
      </section>
      <section class="admin-part">
        <h2>${t("admin.ended")}</h2>
        <agon-table .name=${t("admin.ended")} .rows=${value.days} .keyOf=${({ day }: Day) => day} .columns=${dayColumns()}></agon-table>
      </section>`;
  }
}

function health({ health }: SiteStatus): TemplateResult {
  const silent = PARTS.filter((part) => !health[part]).map((part) => t(`admin.part_${part}`));
  const said = silent.length > 0 ? t("admin.unwell", { parts: silent.join(", ") }) : t("admin.well");
  return html`<p role="status"><span class="chip ${silent.length > 0 ? "trouble-chip" : "open"}">${said}</span></p>`;
}

function facts(status: SiteStatus): TemplateResult {
  const { swept_at: swept, tasks_waiting: tasks, failures, given_up: dead, version } = status;
  const late = (status.health.seconds_since_sweep ?? Infinity) > LATE_SECONDS;
  return html`<dl class="facts">
      <div><dt>${t("admin.swept")}</dt><dd>${swept ? when(swept) : t("admin.no_sweep")}</dd></div>
      <div><dt>${t("admin.tasks_waiting")}</dt><dd>${tasks === null ? "–" : number(tasks)}</dd></div>
      <div><dt>${t("admin.failing")}</dt><dd><a href="/admin/failures">${failures > 0 ? t("admin.failing_of", { all: number(failures), dead: number(dead) }) : number(0)}</a></dd></div>
      <div><dt>${t("admin.version")}</dt><dd>${version}</dd></div>
    </dl>
    ${late && swept ? html`<p class="form-problem" role="status">${t("admin.late_sweep")}</p>` : nothing}`;
}

function lineColumns(): Column<QueueLine>[] {
  return [
    { key: "queue", title: t("admin.queue"), kind: "heading", value: ({ name, queue }) => name || queue, cell: ({ name, queue }) => html`<a href=${toQueue(queue)}>${name || (queue === "default" ? t("admin.own_queue") : queue)}</a>` },
    { key: "waiting", title: t("admin.jobs_waiting"), kind: "number", sorts: "desc", value: ({ waiting }) => waiting },
    { key: "since", title: t("admin.oldest"), value: ({ since }) => since, cell: ({ since }) => (since ? when(since) : "–") },
    { key: "runners", title: t("admin.runners"), kind: "number", value: ({ runners_alive: alive }) => alive },
  ]; // prettier-ignore
}

function dayColumns(): Column<Day>[] {
  return [
    { key: "day", title: t("admin.day"), kind: "heading", value: ({ day }) => day },
    { key: "finished", title: t("usage.finished"), kind: "number", value: ({ finished }) => finished },
    { key: "failed", title: t("usage.failed"), kind: "number", value: ({ failed }) => failed },
    { key: "cancelled", title: t("usage.cancelled"), kind: "number", value: ({ cancelled }) => cancelled },
  ]; // prettier-ignore
}
