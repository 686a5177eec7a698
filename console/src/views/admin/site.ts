import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { TrustedSite } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { when } from "../when";

/** The site's own switches, and other sites whose competitions it lists. */
@customElement("agon-admin-site")
export class AgonAdminSite extends PageElement {
  private readonly doing = new Doing(this);
  private readonly site = new Resource(this, () => reading("/v1/site"));
  private readonly key = new Resource(this, () => reading("/v1/federation/key"));
  private readonly trusted = new Resource(this, () => reading("/v1/federation/sites"));

  protected override render(): TemplateResult {
    return html`<section class="admin-part">
        <h2>${t("admin.switches")}</h2>
        <p class="soft">${t("admin.about_switches")}</p>
        ${this.switches()}
      </section>
      ${this.federation()}`;
  }

  private switches(): TemplateResult {
    const { value, problem } = this.site;
    if (!value) return problem ? trouble(problem, this.site.reload, 2) : loading(t("admin.switches"), sketch.form(4));
    return html`<agon-form operation="site_change" .values=${value} .only=${["paused", "message", "approval"]}
      @submit=${({ detail: { body, until } }: Submitted<"site_change">) => until(ask("patch", "/v1/site", { body }))} @sent=${this.site.reload}></agon-form>`;
  }

  private federation(): TemplateResult {
    const { value, problem } = this.trusted;
    const own = this.key.value?.key;
    return html`<section class="admin-part">
      <h2>${t("admin.sites")}</h2>
      <p class="soft">${t("admin.about_sites")}</p>
      ${
        own
          ? html`<p>${t("admin.own_key")} <code class="key-text">${own}</code> ${this.doing.button(t("admin.new_key"), () => void this.follow(), "quiet")}</p>
            <p class="soft">${t("admin.about_new_key")}</p>`
          : ""
      }
      <agon-form operation="federation_trust" .action=${t("admin.trust")} @submit=${({ detail: { body, until } }: Submitted<"federation_trust">) => until(ask("post", "/v1/federation/sites", { body }))} @sent=${this.trusted.reload}></agon-form>
      ${this.doing.outcome()}
      <agon-table .name=${t("admin.sites")} .rows=${value?.sites} .problem=${problem} .again=${this.trusted.reload} .keyOf=${({ id }: TrustedSite) => id} .columns=${this.columns()}></agon-table>
    </section>`;
  }

  private columns(): Column<TrustedSite>[] {
    return [
      { key: "url", title: t("admin.site"), kind: "heading", value: ({ url }) => url, cell: ({ url, name }) => html`<a href=${url} rel="noreferrer" target="_blank">${name ?? url}</a>` },
      { key: "by", title: t("admin.by"), value: (row) => row.trusted_by },
      { key: "heard", title: t("admin.heard"), sorts: "desc", value: (row) => row.heard_at, cell: (row) => (row.heard_at ? when(row.heard_at) : "–") },
      { key: "problem", title: t("admin.error"), value: ({ problem }) => problem, cell: ({ problem }) => problem ?? "–" },
      { key: "distrust", title: t("admin.do"), sorts: false, value: () => null, cell: ({ id, url }) => this.doing.button(t("admin.distrust"), () => void this.distrust(id, url), "quiet", url) },
    ]; // prettier-ignore
  }

  private async follow(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/federation/key");
      return t("admin.has_new_key");
    });
    this.key.reload();
  }

  private async distrust(site: string, url: string): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/federation/sites/{site}", { params: { path: { site } } });
      return t("admin.distrusted", { url });
    });
    this.trusted.reload();
  }
}
