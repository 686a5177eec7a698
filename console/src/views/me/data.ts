import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { signOut } from "../../api/session";
import type { AccountExport } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { size } from "../../format";
import { go } from "../../router";
import { t } from "../../words/words";
import { departure, mayDepart } from "../departure";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { until, when } from "../when";

const PACKING_SECONDS = 4;

/** What the site knows of one: packed, in a calendar, and removed with the account. */
@customElement("agon-account-data")
export class AgonAccountData extends PageElement {
  private readonly doing = new Doing(this);
  @state() private calendar?: string;
  private readonly exports = new Resource(
    this,
    () => reading("/v1/me/exports"),
    () => (this.isPacking ? PACKING_SECONDS : undefined),
  );
  private readonly removal = new Resource(this, () => reading("/v1/me/removal"));

  private get isPacking(): boolean {
    return this.exports.value?.exports.some(({ status }) => status === "Waiting" || status === "Running") ?? false;
  }

  protected override render(): TemplateResult {
    return html`${this.doing.outcome()} ${this.packing()} ${this.calendars()} ${this.removing()}`;
  }

  private packing(): TemplateResult {
    const { value, problem } = this.exports;
    return html`<section class="admin-part">
      <h2>${t("account.export")}</h2>
      <p class="soft">${t("account.about_export")}</p>
      <p>${this.doing.button(t("account.pack"), () => void this.pack(), "quiet")}</p>
      ${value ? html`<ul class="plain-list">${value.exports.map(packed)}</ul>` : problem ? trouble(problem, this.exports.reload, 2) : loading(t("account.export"), sketch.list(1))}
    </section>`;
  }

  private async pack(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/me/exports");
      return t("account.packing");
    });
    this.exports.reload();
  }

  private calendars(): TemplateResult {
    return html`<section class="admin-part">
      <h2>${t("account.calendar")}</h2>
      <p class="soft">${t("account.about_calendar")}</p>
      ${this.calendar ? html`<p><code class="key-text">${this.calendar}</code></p>` : nothing}
      <p class="actions">
        ${this.doing.button(t("account.open_calendar"), () => void this.open(), "quiet")}
        ${this.doing.button(t("account.close_calendar"), () => void this.close(), "quiet")}
      </p>
    </section>`;
  }

  private async open(): Promise<void> {
    await this.doing.act(async () => {
      const { path } = await ask("post", "/v1/me/calendar");
      this.calendar = `${location.origin}/api${path}`;
      return t("account.calendar_made");
    });
  }

  private async close(): Promise<void> {
    await this.doing.act(async () => {
      await ask("delete", "/v1/me/calendar");
      this.calendar = undefined;
      return t("account.calendar_closed");
    });
  }

  private removing(): TemplateResult {
    const { value, problem } = this.removal;
    return html`<section class="admin-part danger">
      <h2>${t("account.remove")}</h2>
      <p class="soft">${t("account.about_remove")}</p>
      ${value ? departure(value) : problem ? trouble(problem, this.removal.reload, 2) : loading(t("account.remove"), sketch.prose(1))}
      ${value && mayDepart(value) ? this.removalForm() : nothing}
    </section>`;
  }

  private removalForm(): TemplateResult {
    return html`<agon-form operation="removals_remove" .changes=${{ password: { kind: "password" } }} .action=${t("account.remove_now")}
      @submit=${({ detail: { body, until } }: Submitted<"removals_remove">) => until(ask("post", "/v1/me/removal", { body }))}
      @sent=${() => void this.leave()}></agon-form>`;
  }

  /** The sign-in has ended with the account. */
  private async leave(): Promise<void> {
    await signOut();
    go("/");
  }
}

function packed({ status, zips, created_at, expires_at, reason }: AccountExport): TemplateResult {
  return html`<li>
    ${when(created_at)}: ${t(`departure.${status}`)} ${reason}
    ${zips.map(({ url, size_bytes }, at) => html`<a href=${url} download>${t("account.zip", { number: at + 1, size: size(size_bytes) })}</a> `)}
    ${expires_at ? html`<span class="soft">${t("account.expires")} ${until(expires_at)}</span>` : nothing}
  </li>`;
}
