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

/** The sign-in with which runners pull private images, of a queue or of a competition. Its password is shown to nobody again. */
@customElement("agon-registry")
export class AgonRegistry extends LightElement {
  /** One of the two is given. */
  @property({ attribute: false }) queue = "";
  @property({ attribute: false }) competition = "";
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    this.queue
      ? reading("/v1/queues/{queue}/registry", { params: this.ofQueue })
      : reading("/v1/competitions/{competition}/registry", { params: this.ofCompetition }),
  );

  private get ofQueue() {
    return { path: { queue: this.queue } };
  }

  private get ofCompetition() {
    return { path: { competition: this.competition } };
  }

  protected override render(): TemplateResult {
    const stored = this.read.value;
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
      ${
        this.queue
          ? html`<agon-form operation="registries_store_for_queue" .name=${this.queue} .action=${t("registries.store")}
              @submit=${({ detail: { body, until } }: Submitted<"registries_store_for_queue">) => until(ask("post", "/v1/queues/{queue}/registry", { params: this.ofQueue, body }))} @sent=${this.read.reload}></agon-form>`
          : html`<agon-form operation="registries_store_for_competition" .name=${this.competition} .action=${t("registries.store")}
              @submit=${({ detail: { body, until } }: Submitted<"registries_store_for_competition">) => until(ask("post", "/v1/competitions/{competition}/registry", { params: this.ofCompetition, body }))} @sent=${this.read.reload}></agon-form>`
      }
    </section>`;
  }

  private async forget(): Promise<void> {
    await this.doing.act(async () => {
      if (this.queue) await ask("delete", "/v1/queues/{queue}/registry", { params: this.ofQueue });
      else await ask("delete", "/v1/competitions/{competition}/registry", { params: this.ofCompetition });
      return t("registries.removed");
    });
    this.read.reload();
  }
}
