import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Queue } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toQueue, toQueues } from "../../links";
import { go } from "../../router";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Gathered } from "../manage/gathered";
import { PageElement } from "../page-element";
import { empty } from "../states";
import { when } from "../when";

const WHOSE = ["own", "shared", "public"] as const;

/** One's queues of runners, and those that others let one use. */
@customElement("agon-queues")
export class AgonQueues extends PageElement {
  private readonly list = new Gathered<Queue>(
    this,
    () => this.whose,
    async (cursor) => {
      const query = { cursor, ...(this.whose === "own" ? {} : { [this.whose]: "true" as const }) };
      const { queues, next } = await ask("get", "/v1/queues", { params: { query } });
      return { rows: queues, next };
    },
  );

  private get whose(): (typeof WHOSE)[number] {
    return WHOSE.find((one) => one === this.query("whose")) ?? "own";
  }

  protected override render(): TemplateResult {
    const { list } = this;
    const send = ({ detail: { body, until } }: Submitted<"queues_make">): void => until(ask("post", "/v1/queues", { body }));
    return html`<header class="lead">
        <h1>${t("queues.title")}</h1>
        <p>${t("queues.about")}</p>
      </header>
      <nav class="order" aria-label=${t("queues.whose")}>
        ${WHOSE.map((whose) => html`<a href=${toQueues(whose === "own" ? null : whose)} aria-current=${whose === this.whose ? "true" : "false"}>${t(`queues.${whose}`)}</a>`)}
      </nav>
      <div class="managed-page">
        <agon-table .name=${t("queues.title")} .rows=${list.rows} .total=${list.total} .problem=${list.problem} .again=${list.reload} .expected=${3} .keyOf=${({ id }: Queue) => id}
          .columns=${columns()} .empty=${empty(t("queues.none"), t("queues.about_none"))} @more=${list.more} @all=${list.all}></agon-table>
        <div class="manage-part">
          <h2>${t("queues.make")}</h2>
          <agon-form operation="queues_make" .action=${t("queues.make")} @submit=${send} @sent=${({ detail: { id } }: CustomEvent<Queue>) => go(toQueue(id))}></agon-form>
        </div>
      </div>`;
  }
}

function columns(): Column<Queue>[] {
  return [
    { key: "name", title: t("queues.name"), kind: "heading", value: ({ name }) => name, cell: ({ id, name }) => html`<a href=${toQueue(id)}>${name}</a>` },
    { key: "about", title: t("queues.description"), value: ({ description }) => description, class: "wide-cell" },
    { key: "owner", title: t("queues.owner"), value: ({ owner }) => owner },
    { key: "who", title: t("queues.visibility"), value: ({ visibility, sealed }) => [t(`queues.is_${visibility}`), ...(sealed ? [t("queues.sealed")] : [])].join(", ") },
    { key: "uses", title: t("queues.uses"), kind: "number", value: ({ uses }) => uses },
    { key: "at", title: t("queues.at"), isExtra: true, value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
  ]; // prettier-ignore
}
