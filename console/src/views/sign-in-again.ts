import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { current, EXPIRED, isExpired, signOut } from "../api/session";
import { t } from "../words/words";
import { LightElement } from "./light";

/** Asks over the page to sign in again, when that is over: what was typed stays, and what waits goes on. */
@customElement("agon-sign-in-again")
export class AgonSignInAgain extends LightElement {
  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(EXPIRED, this.onExpired);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(EXPIRED, this.onExpired);
  }

  protected override render(): TemplateResult | typeof nothing {
    const name = current()?.username;
    if (!isExpired() || name === undefined) return nothing;
    return html`<dialog class="again" aria-label=${t("shell.again")} @cancel=${stay}>
      <agon-sign-in .username=${name} .reason=${t("shell.whyAgain")}></agon-sign-in>
      <p class="soft"><button type="button" class="link" @click=${signOut}>${t("shell.asNobody")}</button></p>
    </dialog>`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }

  /** The form is fetched when it is needed: most never see it. */
  private readonly onExpired = (): void => {
    void import("./sign-in");
    this.requestUpdate();
  };
}

/** Escape leaves what waits waiting: one of the two buttons says what is to become of it. */
function stay(event: Event): void {
  event.preventDefault();
}
