import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { BodyOf, Mailing, MailingPreview } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Changes } from "../../forms/kinds";
import { prose } from "../../prose";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { TabElement } from "../page-element";
import { empty } from "../states";
import { when } from "../when";

type Letter = BodyOf<"mailings_order">;

/** Letters to participants: written, looked at with the number of those who will read it, and only then sent. */
@customElement("agon-mailings")
export class AgonMailings extends TabElement {
  /** What was looked at, and how it came out. */
  @state() private preview?: { letter: Letter; as: MailingPreview };
  private readonly doing = new Doing(this);
  private readonly list = new Gathered<Mailing>(
    this,
    () => this.competition.id,
    async (cursor) => {
      const params = { ...this.which, query: { cursor } };
      const { mailings, next } = await ask("get", "/v1/competitions/{competition}/mailings", { params });
      return { rows: mailings, next };
    },
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<h2>${t("mailings.title")}</h2>
      <p class="soft manage-lead">${t("mailings.about")}</p>
      ${this.doing.outcome()}
      <agon-form operation="mailings_order" .name=${this.competition.id} .action=${t("mailings.preview")} .changes=${this.wishes()} @submit=${this.onPreview}></agon-form>
      ${this.preview ? this.looked(this.preview) : nothing}
      <div class="manage-part">
        <h3>${t("mailings.list")}</h3>
        <agon-table .name=${t("mailings.list")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .expected=${2} .keyOf=${({ id }: Mailing) => id}
          .columns=${columns()} .empty=${empty(t("mailings.none"), t("mailings.about_none"))} @more=${list.more} @all=${list.all}></agon-table>
      </div>`;
  }

  private wishes(): Changes {
    const { phases, participant_groups: groups = [], teams } = this.competition;
    return {
      text: { kind: "markdown" },
      team: { hidden: !teams, label: t("mailings.team"), hint: t("mailings.about_team") },
      in_team: { hidden: !teams, label: t("mailings.in_team") },
      submitted: { label: t("mailings.submitted") },
      phase: { label: t("mailings.phase"), kind: "choice", choices: phases.map(({ id, name }) => ({ value: id, label: name })) },
      group: { hidden: groups.length === 0, label: t("mailings.group"), kind: "choice", choices: groups.map(({ key, title }) => ({ value: key, label: title })) },
    }; // prettier-ignore
  }

  private readonly onPreview = ({ detail: { body: letter, until } }: Submitted<"mailings_order">): void =>
    until(this.look(letter));

  private async look(letter: Letter): Promise<void> {
    const as = await ask("post", "/v1/competitions/{competition}/mailings/preview", { params: this.which, body: letter });
    this.preview = { letter, as };
    await this.updateComplete;
    this.querySelector<HTMLElement>(".letter")?.focus();
  }

  private looked({ letter, as }: { letter: Letter; as: MailingPreview }): TemplateResult {
    const { subject, html: page, readers, complete, reply_to: reply } = as;
    return html`<section class="manage-question letter" tabindex="-1" aria-label=${t("mailings.letter")}>
      <p><b>${complete ? t("mailings.readers", { count: readers }) : t("mailings.readers_at_least", { count: readers })}</b></p>
      <p class="soft">${reply ? t("mailings.answers_to", { address: reply }) : t("mailings.no_answers")}</p>
      <h3>${subject}</h3>
      ${prose({ format: "html", content: page, assets: {} }, 4)}
      <p class="actions">
        ${this.doing.button(t("mailings.send"), () => void this.send(letter))}
        ${this.doing.button(t("mailings.not_yet"), () => (this.preview = undefined), "quiet")}
      </p>
    </section>`;
  }

  private async send(letter: Letter): Promise<void> {
    const isSent = await this.doing.act(async () => {
      await ask("post", "/v1/competitions/{competition}/mailings", { params: this.which, body: letter });
      return t("mailings.sent");
    });
    if (!isSent) return;
    this.preview = undefined;
    this.list.reload();
  }
}

function columns(): Column<Mailing>[] {
  return [
    { key: "subject", title: t("mailings.subject"), kind: "heading", value: ({ subject }) => subject },
    { key: "status", title: t("jobs.status"), value: ({ status }) => t(`jobs.${status}`), cell: ({ status, reason }) => html`${t(`jobs.${status}`)}${reason ? html` <span class="soft">${reason}</span>` : nothing}` },
    { key: "sent", title: t("mailings.count"), kind: "number", value: ({ sent }) => sent },
    { key: "left", title: t("mailings.left_out"), kind: "number", value: (one) => one.left_out },
    { key: "uncertain", title: t("mailings.uncertain"), kind: "number", isExtra: true, value: ({ uncertain }) => uncertain },
    { key: "by", title: t("mailings.by"), value: ({ by }) => by },
    { key: "at", title: t("mailings.at"), sorts: "desc", value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
  ]; // prettier-ignore
}
