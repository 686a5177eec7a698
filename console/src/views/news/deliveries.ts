import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Delivery } from "../../api/shapes";
import { apart } from "../../table/address";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { Doing } from "../manage/doing";
import { Gathered } from "../manage/gathered";
import { empty } from "../states";
import { when } from "../when";

/** What was sent to a webhook, and what it answered; with a test, and with sending once more. */
@customElement("agon-deliveries")
export class AgonDeliveries extends LightElement {
  @property({ attribute: false }) competition = "";
  @property({ attribute: false }) webhook = "";
  @state() private chosen?: Delivery;
  private readonly doing = new Doing(this);
  private readonly keeper = apart();
  private readonly list = new Gathered<Delivery>(
    this,
    () => this.webhook,
    async (cursor) => {
      const params = { path: this.which, query: { cursor } };
      const { deliveries, next } = await ask("get", "/v1/competitions/{competition}/webhooks/{webhook}/deliveries", {
        params,
      });
      return { rows: deliveries, next };
    },
  );

  private get which() {
    return { competition: this.competition, webhook: this.webhook };
  }

  protected override render(): TemplateResult {
    const { list } = this;
    return html`<h4>${t("webhooks.deliveries")}</h4>
      ${this.doing.outcome()}
      <p class="actions">${this.doing.button(t("webhooks.test"), () => void this.test(), "quiet")} ${this.doing.button(t("webhooks.refresh"), list.reload, "quiet")}</p>
      <agon-table .name=${t("webhooks.deliveries")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .expected=${2} .keeper=${this.keeper}
        .keyOf=${({ id }: Delivery) => id} .columns=${this.columns()} .empty=${empty(t("webhooks.no_deliveries"), t("webhooks.about_no_deliveries"))} @more=${list.more} @all=${list.all}></agon-table>
      ${this.chosen ? shown(this.chosen) : nothing}`;
  }

  private columns(): Column<Delivery>[] {
    return [
      { key: "event", title: t("webhooks.event"), kind: "heading", filters: true, value: ({ event }) => event },
      { key: "status", title: t("webhooks.status"), filters: true, value: ({ status }) => t(`webhooks.${status}`) },
      { key: "code", title: t("webhooks.code"), kind: "number", value: ({ code }) => code, cell: ({ code, error }) => html`<span title=${error || nothing}>${code ?? (error || "–")}</span>` },
      { key: "tries", title: t("webhooks.tries"), kind: "number", value: ({ tries }) => tries },
      { key: "at", title: t("webhooks.at"), sorts: "desc", value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
      { key: "do", title: t("webhooks.do"), sorts: false, value: () => "", cell: (one) => html`${this.doing.button(t("webhooks.show"), () => void this.show(one), "quiet", one.event)} ${this.doing.button(t("webhooks.replay"), () => void this.replay(one), "quiet", one.event)}` },
    ]; // prettier-ignore
  }

  private async test(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/competitions/{competition}/webhooks/{webhook}/deliveries", { params: { path: this.which } });
      return t("webhooks.tested");
    });
    this.list.reload();
  }

  private async show({ id }: Delivery): Promise<void> {
    const params = { path: { ...this.which, delivery: id } };
    await this.doing.act(async () => {
      this.chosen = await ask("get", "/v1/competitions/{competition}/webhooks/{webhook}/deliveries/{delivery}", { params });
      return "";
    });
  }

  private async replay({ id }: Delivery): Promise<void> {
    const params = { path: { ...this.which, delivery: id } };
    await this.doing.act(async () => {
      await ask("post", "/v1/competitions/{competition}/webhooks/{webhook}/deliveries/{delivery}", { params });
      return t("webhooks.replayed");
    });
    this.list.reload();
  }
}

function shown({ body, answer, error, seconds }: Delivery): TemplateResult {
  return html`<div class="manage-question">
    <h4>${t("webhooks.body")}</h4>
    <pre tabindex="0" role="group" aria-label=${t("webhooks.body")}>${body}</pre>
    <h4>${t("webhooks.answer")}${seconds === null ? nothing : html` <span class="soft">${t("webhooks.seconds", { number: seconds })}</span>`}</h4>
    <pre tabindex="0" role="group" aria-label=${t("webhooks.answer")}>${answer || error || "–"}</pre>
  </div>`;
}
