import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { KnownAccount } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toPerson } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { when } from "../when";

/** An administrator finds an account, and sees who is banned. */
@customElement("agon-admin-people")
export class AgonAdminPeople extends PageElement {
  private readonly banned = new Gathered<KnownAccount>(
    this,
    () => "banned",
    async (cursor) => {
      const { accounts, next } = await ask("get", "/v1/site/accounts", { params: { query: { cursor } } });
      return { rows: accounts, next };
    },
  );

  protected override render(): TemplateResult {
    const { banned } = this;
    return html`<section class="admin-part">
        <h2>${t("admin.find")}</h2>
        <p class="soft">${t("admin.about_find")}</p>
        <agon-form operation="bans_find" .action=${t("admin.find")} .changes=${{ address: { label: t("admin.address") } }}
          @submit=${this.onFind} @sent=${({ detail }: CustomEvent<KnownAccount>) => go(toPerson(detail.username))}></agon-form>
      </section>
      <section class="admin-part">
        <h2>${t("admin.banned")}</h2>
        <agon-table .name=${t("admin.banned")} .rows=${banned.rows} .total=${banned.total} .problem=${banned.problem} .again=${banned.reload}
          .keyOf=${({ id }: KnownAccount) => id} .columns=${columns()} @more=${banned.more} @all=${banned.all}></agon-table>
      </section>`;
  }

  private readonly onFind = ({ detail: { body, until } }: Submitted<"bans_find">): void =>
    until(ask("post", "/v1/site/accounts", { body }));
}

function columns(): Column<KnownAccount>[] {
  return [
    { key: "name", title: t("admin.name"), kind: "heading", value: ({ username }) => username, cell: ({ username }) => html`<a href=${toPerson(username)}>${username}</a>` },
    { key: "since", title: t("admin.since"), sorts: "desc", value: ({ ban }) => ban?.at, cell: ({ ban }) => (ban ? when(ban.at) : "–") },
    { key: "by", title: t("admin.by"), value: ({ ban }) => ban?.by },
    { key: "reason", title: t("admin.reason"), value: ({ ban }) => ban?.reason },
  ]; // prettier-ignore
}
