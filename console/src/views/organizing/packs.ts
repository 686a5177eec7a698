import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { SubmissionExport } from "../../api/shapes";
import { size } from "../../format";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { isAtWork } from "../manage/jobs";
import { TabElement } from "../page-element";
import { empty } from "../states";
import { until, when } from "../when";

const REFRESH_SECONDS = 5;

/** A phase's submissions, packed into zips with their outputs and logs. */
@customElement("agon-packs")
export class AgonPacks extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(
    this,
    () => (this.phase ? reading("/v1/phases/{phase}/parcels", { params: this.which }) : undefined),
    (): number | undefined => (this.read.value?.parcels.some(isAtWork) ? REFRESH_SECONDS : undefined),
  );

  private get which() {
    return { path: { phase: this.phase?.id ?? "" } };
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty(t("all.no_phase"), t("all.about_no_phase"));
    const { value, problem, reload } = this.read;
    return html`<h2>${t("packs.title")}</h2>
      <p class="soft manage-lead">${t("packs.about", { phase: this.phase.name })}</p>
      ${this.doing.outcome()}
      <p class="actions">${this.doing.button(t("packs.make"), () => void this.make())} <span class="soft">${t("packs.or_some")}</span></p>
      <agon-table .name=${t("packs.title")} .rows=${value?.parcels} .problem=${problem} .again=${reload} .expected=${2} .keyOf=${({ id }: SubmissionExport) => id}
        .columns=${columns()} .empty=${empty(t("packs.none"), t("packs.about_none"))}></agon-table>`;
  }

  private async make(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/phases/{phase}/parcels", { params: this.which, body: {} });
      return t("packs.begun");
    });
    this.read.reload();
  }
}

function columns(): Column<SubmissionExport>[] {
  return [
    { key: "at", title: t("packs.at"), kind: "heading", sorts: "desc", value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
    { key: "status", title: t("jobs.status"), value: ({ status }) => t(`jobs.${status}`), cell: ({ status, reason }) => html`${t(`jobs.${status}`)}${reason ? html` <span class="soft">${reason}</span>` : nothing}` },
    { key: "count", title: t("packs.submissions"), kind: "number", value: ({ submissions }) => submissions },
    { key: "zips", title: t("packs.zips"), sorts: false, value: ({ zips }) => zips.length, cell: ({ zips }) => html`${zips.map((zip, at) => html`<a href=${zip.url} download>${t("packs.zip", { number: at + 1, size: size(zip.size_bytes) })}</a> `)}` },
    { key: "until", title: t("packs.until"), value: ({ expires_at: at }) => at, cell: ({ expires_at: at }) => (at ? until(at) : "–") },
  ]; // prettier-ignore
}
