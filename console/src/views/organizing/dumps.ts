import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Dump, Original } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { bundleOf, type Bundle } from "../../bundle";
import { size } from "../../format";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { isAtWork } from "../manage/jobs";
import "../new/making";
import { TabElement } from "../page-element";
import { empty } from "../states";
import { ofFiles, unreadable } from "../submit/dropped";
import { when } from "../when";

const REFRESH_SECONDS = 5;

/** A competition as bundles: made of what it is now, and those that it was made of. */
@customElement("agon-dumps")
export class AgonDumps extends TabElement {
  /** The bundle by which the competition is to be updated. */
  @state() private bundle?: Bundle;
  private readonly doing = new Doing(this);
  private readonly keeper = apart();
  private readonly read = new Resource(
    this,
    () => reading("/v1/competitions/{competition}/dumps", { params: this.which }),
    (): number | undefined => (this.read.value?.dumps.some(isAtWork) ? REFRESH_SECONDS : undefined),
  );
  private readonly versions = new Resource(this, () =>
    reading("/v1/competitions/{competition}/bundles", { params: this.which }),
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { value, problem, reload } = this.read;
    const send = ({ detail: { body, until } }: Submitted<"dumps_create">): void =>
      until(ask("post", "/v1/competitions/{competition}/dumps", { params: this.which, body }));
    return html`<h2>${t("dumps.title")}</h2>
      <p class="soft manage-lead">${t("dumps.about")}</p>
      ${this.doing.outcome()}
      <agon-form operation="dumps_create" .name=${this.competition.id} .action=${t("dumps.make")} @submit=${send} @sent=${reload}></agon-form>
      <div class="manage-part">
        <h3>${t("dumps.list")}</h3>
        <agon-table .name=${t("dumps.list")} .rows=${value?.dumps} .problem=${problem} .again=${reload} .expected=${2} .keyOf=${({ id }: Dump) => id}
          .columns=${this.columns()} .empty=${empty(t("dumps.none"), t("dumps.about_none"))}></agon-table>
      </div>
      ${this.updating()} ${this.originals()}`;
  }

  private columns(): Column<Dump>[] {
    return [
      { key: "at", title: t("packs.at"), kind: "heading", sorts: "desc", value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
      { key: "form", title: t("dumps.form"), value: ({ form }) => t(`dumps.${form}`) },
      { key: "status", title: t("jobs.status"), value: ({ status }) => t(`jobs.${status}`), cell: ({ status, complaints }) => html`${t(`jobs.${status}`)} ${complaints.map(({ message }) => html`<span class="soft">${message}</span> `)}` },
      { key: "size", title: t("all.size"), kind: "number", value: (one) => one.size_bytes, cell: (one) => (one.size_bytes === null ? "–" : size(one.size_bytes)) },
      { key: "do", title: t("dumps.do"), sorts: false, value: () => "", cell: (one) => this.deeds(one) },
    ]; // prettier-ignore
  }

  private deeds({ id, url }: Dump): TemplateResult {
    const remove = async (): Promise<void> => {
      const params = { path: { ...this.which.path, dump: id } };
      await this.doing.act(async () => {
        await ask("delete", "/v1/competitions/{competition}/dumps/{dump}", { params });
        return t("dumps.removed");
      });
      this.read.reload();
    };
    return html`${url ? html`<a href=${url} download>${t("dumps.download")}</a>` : nothing} ${this.doing.button(t("dumps.remove"), () => void remove(), "quiet")}`;
  }

  private updating(): TemplateResult {
    return html`<div class="manage-part">
      <h3>${t("dumps.update")}</h3>
      <p class="soft">${t("dumps.about_update")}</p>
      ${
        this.bundle
          ? html`<agon-making .bundle=${this.bundle} .competition=${this.competition.id}></agon-making>`
          : html`<p class="pickers"><label class="picker"><input type="file" accept=".zip" @change=${this.onPick} /><span>${t("hosting.file")}</span></label></p>`
      }
    </div>`;
  }

  private readonly onPick = ({ target }: Event): void =>
    void this.doing.act(async () => {
      try {
        const chosen = ofFiles([...((target as HTMLInputElement).files ?? [])]);
        if (chosen) this.bundle = await bundleOf(chosen);
        return "";
      } catch (error) {
        throw unreadable(error);
      }
    });

  private originals(): TemplateResult {
    const { value } = this.versions;
    if (!value || value.originals.length === 0) return html``;
    return html`<div class="manage-part">
      <h3>${t("dumps.versions")}</h3>
      <p class="soft">${t("dumps.about_versions")}</p>
      <agon-table .name=${t("dumps.versions")} .rows=${value.originals} .keeper=${this.keeper} .keyOf=${({ uploaded_at: at }: Original) => at} .columns=${versions()}></agon-table>
    </div>`;
  }
}

function versions(): Column<Original>[] {
  return [
    { key: "at", title: t("dumps.uploaded"), kind: "heading", sorts: "desc", value: ({ uploaded_at: at }) => at, cell: ({ uploaded_at: at }) => when(at) },
    { key: "file", title: t("dumps.bundle"), sorts: false, value: () => "", cell: ({ url }) => html`<a href=${url} download>${t("dumps.download")}</a>` },
    { key: "manifest", title: t("dumps.manifest"), sorts: false, value: ({ manifest_name: name }) => name, cell: ({ manifest_name: name, manifest }) => html`<details><summary>${name}</summary><pre tabindex="0" role="group" aria-label=${name}>${manifest}</pre></details>` },
  ]; // prettier-ignore
}
