import { LitElement } from "lit";
import { CHANGED, pending } from "../words/words";

/** An element that renders into the page itself: one stylesheet, and ids that labels and links can reach. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(CHANGED, this.onLanguage);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(CHANGED, this.onLanguage);
  }

  /** Nothing is drawn before its language is here. */
  protected override scheduleUpdate(): Promise<unknown> | undefined {
    const drawn = pending()?.then(() => super.scheduleUpdate());
    if (!drawn) void super.scheduleUpdate();
    return drawn;
  }

  private readonly onLanguage = (): void => this.requestUpdate();
}
