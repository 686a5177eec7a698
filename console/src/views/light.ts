import { LitElement } from "lit";

/** An element that renders into the page itself: one stylesheet, and ids that labels and links can reach. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
