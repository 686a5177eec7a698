import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { Doing } from "../manage/doing";
import { when } from "../when";

/** The sign-in with which a queue's runners pull private images. Its password is shown to nobody again. */
@customElement("agon-registry")
export class AgonRegistry extends LightElement {
  @property({ attribute: false }) queue = "";
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () => reading("/v1/queues/{queue}/registry", { params: this.which }));

  private get which() {
    return { path: { queue: this.queue } };
  }

  protected override render(): TemplateResult {
    const stored = this.read.value;
    const send = ({ detail: { body, until } }: Submitted<"registries_store_for_queue">): void =>
      until(ask("post", "/v1/queues/{queue}/registry", { params: this.which, body }));
    return html`<section class="manage-part" aria-labelledby="registry-title">
      <h2 id="registry-title">${t("registries.title")}</h2>
      <p class="soft">${t("registries.about")}</p>
      ${this.doing.outcome()}
      ${
        stored
          ? html`<p>${t("registries.is", { server: stored.server, username: stored.username })} ${when(stored.created_at)}</p>
              <p>${this.doing.button(t("registries.remove"), () => void this.forget(), "quiet")}</p>`
          : html`<p>${t("registries.none")}</p>`
      }
      <agon-form operation="registries_store_for_queue" .name=${this.queue} .action=${t("registries.store")} @submit=${send} @sent=${this.read.reload}></agon-form>
    </section>`;
  }

  private async forget(): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/queues/{queue}/registry", { params: this.which });
      return t("registries.removed");
    });
    this.read.reload();
  }
}
