import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import { current, signOut } from "../api/session";
import { toInbox } from "../links";
import { t } from "../words/words";
import { LightElement } from "./light";

/** What one has of one's own, behind one's name. */
@customElement("agon-account-menu")
export class AgonAccountMenu extends LightElement {
  @state() private refusal?: Problem;

  private readonly me = new Resource(this, () => (this.isOpened ? reading("/v1/me") : undefined));
  /** Who never opens the menu pays no call for it. */
  @state() private isOpened = false;

  protected override render(): TemplateResult {
    return html`<button type="button" class="plain" popovertarget="account-menu">
        <span class="visually-hidden">${t("shell.accountOf")} </span>${current()?.username ?? ""}
      </button>
      <div id="account-menu" popover class="menu" @beforetoggle=${() => (this.isOpened = true)} @click=${this.onClick}>
        <a href="/account">${t("account.title")}</a>
        <a href=${toInbox()}>${t("inbox.title")}</a>
        <a href="/juries">${t("pages.juries")}</a>
        <a href="/library">${t("library.title")}</a>
        <a href="/queues">${t("queues.title")}</a>
        ${this.me.value?.is_admin ? html`<a href="/admin">${t("admin.title")}</a>` : nothing}
        <button type="button" class="plain" @click=${this.leave}>${t("shell.signOut")}</button>
        ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      </div>`;
  }

  private readonly onClick = (event: Event): void => {
    if (event.target instanceof HTMLAnchorElement) (event.currentTarget as HTMLElement).hidePopover();
  };

  private readonly leave = async (): Promise<void> => {
    try {
      await signOut();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // Without the API the session would live on: it is not said that one is out.
      this.refusal = error;
    }
  };
}
