import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Suppression } from "../../api/shapes";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { when } from "../when";

/** Addresses that take no mail, as digests: nobody reads an address here. */
@customElement("agon-admin-mail")
export class AgonAdminMail extends PageElement {
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Suppression>(
    this,
    () => "suppressions",
    async (cursor) => {
      const { suppressions, next } = await ask("get", "/v1/site/suppressions", { params: { query: { cursor } } });
      return { rows: suppressions, next };
    },
  );

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<section class="admin-part">
      <h2>${t("admin.mail")}</h2>
      <p class="soft">${t("admin.about_mail")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("admin.mail")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
        .keyOf=${({ digest }: Suppression) => digest} .columns=${this.columns()} @more=${list.more} @all=${list.all}></agon-table>
    </section>`;
  }

  private columns(): Column<Suppression>[] {
    return [
      { key: "digest", title: t("admin.digest"), kind: "heading", value: ({ digest }) => digest, cell: ({ digest }) => html`<code>${digest.slice(0, 16)}…</code>` },
      { key: "why", title: t("admin.why"), filters: true, value: ({ why }) => t(`admin.${why}`) },
      { key: "said", title: t("admin.said"), value: ({ said }) => said },
      { key: "since", title: t("admin.since"), sorts: "desc", value: ({ since }) => since, cell: ({ since }) => when(since) },
      { key: "lift", title: t("admin.do"), sorts: false, value: () => null, cell: ({ digest }) => this.doing.button(t("admin.lift"), () => void this.lift(digest), "quiet", digest.slice(0, 16)) },
    ]; // prettier-ignore
  }

  private async lift(digest: string): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/site/suppressions/{digest}", { params: { path: { digest } } });
      return t("admin.lifted");
    });
    this.list.reload();
  }
}
