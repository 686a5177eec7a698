import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Webhook, WebhookSecret } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Column } from "../../table/columns";
import "../../table/table";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { TabElement } from "../page-element";
import { empty } from "../states";
import "./deliveries";

/** Where a competition's events are sent, signed, for other programs. */
@customElement("agon-webhooks")
export class AgonWebhooks extends TabElement {
  @state() private chosen?: Webhook;
  /** Told once, so it is shown until one leaves. */
  @state() private secret = "";
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}/webhooks", { params: this.which }),
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  protected override render(): TemplateResult {
    const { value, problem, reload } = this.read;
    return html`<h2>${t("webhooks.title")}</h2>
      <p class="soft manage-lead">${t("webhooks.about")}</p>
      ${this.doing.outcome()}
      ${this.secret ? html`<div class="secret"><p>${t("webhooks.secret_once")}</p><code>${this.secret}</code></div>` : nothing}
      <agon-table .name=${t("webhooks.title")} .rows=${value?.webhooks} .problem=${problem} .again=${reload} .expected=${2} .keyOf=${({ id }: Webhook) => id}
        .columns=${this.columns()} .empty=${empty(t("webhooks.none"), t("webhooks.about_none"))}></agon-table>
      ${this.chosen ? this.one(this.chosen) : this.make()}`;
  }

  private columns(): Column<Webhook>[] {
    return [
      { key: "target", title: t("webhooks.target"), kind: "heading", value: ({ target }) => target },
      { key: "about", title: t("webhooks.description"), value: ({ description }) => description },
      { key: "status", title: t("webhooks.status"), value: stateOf },
      { key: "events", title: t("webhooks.events"), value: ({ events }) => events.length, kind: "number" },
      { key: "do", title: t("webhooks.do"), sorts: false, value: () => "", cell: (one) => this.doing.button(t("webhooks.look"), () => void this.choose(one), "quiet", one.target) },
    ]; // prettier-ignore
  }

  private make(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"webhooks_create">): void =>
      until(ask("post", "/v1/competitions/{competition}/webhooks", { params: this.which, body }));
    return html`<div class="manage-part">
      <h3>${t("webhooks.make")}</h3>
      <agon-form operation="webhooks_create" .name=${this.competition.id} .action=${t("webhooks.make")} @submit=${send} @sent=${this.onMade}></agon-form>
    </div>`;
  }

  private readonly onMade = ({ detail: { secret } }: CustomEvent<WebhookSecret>): void => {
    this.secret = secret;
    this.read.reload();
    void this.updateComplete.then(() => this.querySelector(".secret")?.scrollIntoView({ block: "center" }));
  };

  private one(webhook: Webhook): TemplateResult {
    const params = { path: { ...this.which.path, webhook: webhook.id } };
    const send = ({ detail: { body, until } }: Submitted<"webhooks_change">): void =>
      until(ask("patch", "/v1/competitions/{competition}/webhooks/{webhook}", { params, body }));
    return html`<section class="manage-part" tabindex="-1" aria-labelledby="webhook-title">
      <h3 id="webhook-title">${webhook.target}</h3>
      ${webhook.reason ? html`<p class="form-problem">${webhook.reason}</p>` : nothing}
      <p class="actions">
        ${this.doing.button(t("webhooks.rotate"), () => void this.rotate(webhook), "quiet")}
        ${this.doing.button(t("webhooks.remove"), () => void this.disconnect(webhook), "quiet")}
        ${this.doing.button(t("webhooks.leave"), () => (this.chosen = undefined), "quiet")}
      </p>
      <agon-deliveries .competition=${this.competition.id} .webhook=${webhook.id}></agon-deliveries>
      <h4>${t("webhooks.change")}</h4>
      <agon-form operation="webhooks_change" .name=${webhook.id} .values=${webhook} .changes=${{ url: { hint: t("webhooks.about_url") } }} @submit=${send} @sent=${this.read.reload}></agon-form>
    </section>`;
  }

  private async choose(one: Webhook): Promise<void> {
    this.chosen = one;
    await this.updateComplete;
    this.querySelector<HTMLElement>("section.manage-part")?.focus();
  }

  private async rotate({ id }: Webhook): Promise<void> {
    const params = { path: { ...this.which.path, webhook: id } };
    await this.doing.act(async () => {
      const { secret } = await ask("post", "/v1/competitions/{competition}/webhooks/{webhook}/secret", { params });
      this.secret = secret;
      return t("webhooks.rotated");
    });
  }

  private async disconnect({ id, target }: Webhook): Promise<void> {
    const params = { path: { ...this.which.path, webhook: id } };
    await this.doing.act(async () => {
      await ask("delete", "/v1/competitions/{competition}/webhooks/{webhook}", { params });
      this.chosen = undefined;
      return t("webhooks.removed", { target });
    });
    this.read.reload();
  }
}

function stateOf({ active, failing_since: failing }: Webhook): string {
  if (!active) return t("webhooks.off");
  return failing ? t("webhooks.failing") : t("webhooks.on");
}
