import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Announcement } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { TabElement } from "../page-element";
import { empty } from "../states";
import { when } from "../when";

/** A competition's announcements: written with a preview, changed, and withdrawn. */
@customElement("agon-manage-announcements")
export class AgonManageAnnouncements extends TabElement {
  @state() private chosen?: Announcement;
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Announcement>(
    this,
    () => this.competition.id,
    async (cursor) => {
      const params = { ...this.which, query: { cursor } };
      const { announcements, next } = await ask("get", "/v1/competitions/{competition}/announcements", { params });
      return { rows: announcements, next };
    },
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<h2>${t("announcements.title")}</h2>
      <p class="soft manage-lead">${t("announcements.about")}</p>
      ${this.doing.outcome()} ${this.chosen ? this.edit(this.chosen) : this.write()}
      <div class="manage-part">
        <h3>${t("announcements.list")}</h3>
        <agon-table .name=${t("announcements.list")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .expected=${2} .keyOf=${({ id }: Announcement) => id}
          .columns=${this.columns()} .empty=${empty(t("announcements.none"), t("announcements.about_none"))} @more=${list.more} @all=${list.all}></agon-table>
      </div>`;
  }

  private write(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"announcements_announce">): void =>
      until(ask("post", "/v1/competitions/{competition}/announcements", { params: this.which, body }));
    return html`<agon-form operation="announcements_announce" .name=${this.competition.id} .action=${t("announcements.announce")} .changes=${{ mail: { hint: t("announcements.about_mail", { count: this.competition.participants }) } }}
      @submit=${send} @sent=${this.list.reload}></agon-form>`;
  }

  private edit(one: Announcement): TemplateResult {
    const params = { path: { ...this.which.path, announcement: one.id } };
    const send = ({ detail: { body, until } }: Submitted<"announcements_change">): void =>
      until(ask("patch", "/v1/competitions/{competition}/announcements/{announcement}", { params, body }));
    const done = (): void => {
      this.chosen = undefined;
      this.list.reload();
    };
    return html`<section tabindex="-1" aria-label=${t("announcements.edit")}>
      <p class="soft">${t("announcements.about_edit")}</p>
      <agon-form operation="announcements_change" .name=${one.id} .values=${one} @submit=${send} @sent=${done}></agon-form>
      <p>${this.doing.button(t("announcements.leave"), () => (this.chosen = undefined), "quiet")}</p>
    </section>`;
  }

  private columns(): Column<Announcement>[] {
    return [
      { key: "title", title: t("announcements.heading"), kind: "heading", value: ({ title }) => title },
      { key: "by", title: t("announcements.by"), value: ({ by }) => by },
      { key: "at", title: t("announcements.at"), sorts: "desc", value: ({ at }) => at, cell: ({ at, edited_at: edited }) => html`${when(at)}${edited ? html` <span class="mark-word">${t("announcements.edited")}</span>` : nothing}` },
      { key: "do", title: t("announcements.do"), sorts: false, value: () => "", cell: (one) => this.deeds(one) },
    ]; // prettier-ignore
  }

  private deeds(one: Announcement): TemplateResult {
    return html`${this.doing.button(t("announcements.edit"), () => void this.choose(one), "quiet", one.title)} ${this.doing.button(t("announcements.withdraw"), () => void this.withdraw(one), "quiet", one.title)}`;
  }

  private async choose(one: Announcement): Promise<void> {
    this.chosen = one;
    await this.updateComplete;
    this.querySelector<HTMLElement>("section")?.focus();
  }

  private async withdraw({ id }: Announcement): Promise<void> {
    const params = { path: { ...this.which.path, announcement: id } };
    await this.doing.act(async () => {
      await ask("delete", "/v1/competitions/{competition}/announcements/{announcement}", { params });
      return t("announcements.withdrawn");
    });
    this.list.reload();
  }
}
