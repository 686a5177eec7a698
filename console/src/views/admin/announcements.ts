import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Announcement } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toNews } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { when } from "../when";

/** What the whole site is told. */
@customElement("agon-admin-announcements")
export class AgonAdminAnnouncements extends PageElement {
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Announcement>(
    this,
    () => "announcements",
    async (cursor) => {
      const { announcements, next } = await ask("get", "/v1/announcements", { params: { query: { cursor } } });
      return { rows: announcements, next };
    },
  );

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<section class="admin-part">
        <h2>${t("admin.announce")}</h2>
        <p class="soft">${t("admin.about_announce")}</p>
        <agon-form operation="announcements_announce_to_site" .changes=${{ text: { kind: "markdown" }, mail: { hint: t("admin.hint_mail") } }} .action=${t("admin.announce")}
          @submit=${({ detail: { body, until } }: Submitted<"announcements_announce_to_site">) => until(ask("post", "/v1/announcements", { body }))} @sent=${list.reload}></agon-form>
      </section>
      <section class="admin-part">
        <h2>${t("admin.announcements")}</h2>
        ${this.doing.outcome()} ${this.editing()}
        <agon-table .name=${t("admin.announcements")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload}
          .keyOf=${({ id }: Announcement) => id} .columns=${this.columns()} @more=${list.more} @all=${list.all}></agon-table>
      </section>`;
  }

  private editing(): TemplateResult | typeof nothing {
    const chosen = this.list.rows?.find(({ id }) => id === this.query("edit"));
    if (!chosen) return nothing;
    return html`<div class="admin-chosen">
      <h3>${t("admin.edit_that", { title: chosen.title })}</h3>
      <agon-form operation="announcements_change_of_site" .name=${chosen.id} .values=${chosen} .changes=${{ text: { kind: "markdown" } }}
        @submit=${({ detail: { body, until } }: Submitted<"announcements_change_of_site">) => until(ask("patch", "/v1/announcements/{announcement}", { params: { path: { announcement: chosen.id } }, body }))}
        @sent=${this.onChanged}></agon-form>
    </div>`;
  }

  private readonly onChanged = (): void => {
    this.list.reload();
    go(toNews(), "replace");
  };

  private columns(): Column<Announcement>[] {
    return [
      { key: "title", title: t("admin.news"), kind: "heading", value: ({ title }) => title, cell: ({ id, title }) => html`<a href=${toNews(id)}>${title}</a>` },
      { key: "by", title: t("admin.by"), value: ({ by }) => by },
      { key: "at", title: t("admin.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at }) => when(at) },
      { key: "withdraw", title: t("admin.do"), sorts: false, value: () => null, cell: ({ id, title }) => this.doing.button(t("admin.withdraw"), () => void this.withdraw(id, title), "quiet", title) },
    ]; // prettier-ignore
  }

  private async withdraw(announcement: string, title: string): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/announcements/{announcement}", { params: { path: { announcement } } });
      return t("admin.withdrawn", { title });
    });
    this.list.reload();
  }
}
