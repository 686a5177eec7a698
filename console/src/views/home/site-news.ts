import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { LightElement } from "../light";
import { when } from "../when";

/** What is older is no news. */
const NEWS_MS = 30 * 86_400_000;

/** The newest word of the site's administrators for visitors, folded: who is signed in finds it in their inbox. */
@customElement("agon-site-news")
export class AgonSiteNews extends LightElement {
  @state() private text?: HTMLElement;
  private readonly read = new Resource(this, () => reading("/v1/announcements"));

  protected override render(): TemplateResult | typeof nothing {
    const [newest] = this.read.value?.announcements ?? [];
    if (!newest || Date.parse(newest.at) < Date.now() - NEWS_MS) return nothing;
    return html`<details class="site-news" @toggle=${() => void this.open(newest.text)}>
      <summary><b>${newest.title}</b> <span class="soft">${when(newest.at)}</span></summary>
      ${this.text ?? nothing}
    </details>`;
  }

  /** What draws texts is large, and most read on. */
  private async open(content: string): Promise<void> {
    const { prose } = await import("../../prose");
    this.text = prose({ format: "markdown", content, assets: {} }, 2);
  }
}
