import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { signOut } from "../../api/session";
import type { OwnSession } from "../../api/shapes";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { when } from "../when";

/** Where one is signed in, with the end of one, of all others and of all. */
@customElement("agon-account-sessions")
export class AgonAccountSessions extends PageElement {
  private readonly doing = new Doing(this);
  private readonly list = new Resource(this, () => reading("/v1/sessions"));

  protected override render(): TemplateResult {
    const sessions = this.list.value?.sessions;
    const hasOthers = sessions?.some(({ current }) => !current);
    return html`<section class="admin-part">
      <h2>${t("account.sessions")}</h2>
      <p class="soft">${t("account.about_sessions")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("account.sessions")} .rows=${sessions} .problem=${this.list.problem} .again=${this.list.reload}
        .keyOf=${({ id }: OwnSession) => id} .columns=${this.columns()}></agon-table>
      <p class="actions">
        ${hasOthers ? this.doing.button(t("account.end_others"), () => void this.endOthers(), "quiet") : nothing}
        ${this.doing.button(t("account.end_sessions"), () => void this.endAll(), "quiet")}
      </p>
    </section>`;
  }

  private columns(): Column<OwnSession>[] {
    return [
      { key: "client", title: t("account.with"), kind: "heading", value: named, cell: (row) => html`${named(row)}${row.current ? html` <span class="mark-word">${t("account.this_session")}</span>` : nothing}` },
      { key: "used", title: t("account.last_used"), sorts: "desc", value: (row) => row.used_at, cell: (row) => when(row.used_at) },
      { key: "opened", title: t("account.since"), sorts: "desc", value: (row) => row.opened_at, cell: (row) => when(row.opened_at) },
      { key: "end", title: t("admin.do"), sorts: false, value: () => null, cell: (row) => (row.current ? nothing : this.doing.button(t("account.end_session"), () => void this.end(row), "quiet", named(row))) },
    ]; // prettier-ignore
  }

  private async end(row: OwnSession): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/sessions/{session}", { params: { path: { session: row.id } } });
      return t("account.session_ended", { name: named(row) });
    });
    this.list.reload();
  }

  private async endOthers(): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/sessions");
      return t("account.others_ended");
    });
    this.list.reload();
  }

  private async endAll(): Promise<void> {
    await this.doing.act(async () => {
      await signOut(true);
      return "";
    });
  }
}

/** What a session was opened with, as far as that is known. */
function named({ client, system }: OwnSession): string {
  return [client, system].filter(Boolean).join(" · ") || t("account.another_client");
}
