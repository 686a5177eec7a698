import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { has, lines } from "../../log";
import type { Run } from "../../printed";
import { t } from "../../words/words";
import { LightElement } from "../light";

/** Of a longer log the end is drawn, which tells most; the whole is a click away. */
const DRAWN = 2000;

/** What a program has printed: it follows its end until its reader scrolls up, and can be searched. */
@customElement("agon-run-log")
export class AgonLog extends LightElement {
  @property({ attribute: false }) text = "";
  @property({ attribute: false }) words = "";
  /** True while more may come. */
  @property({ attribute: false }) isLive = false;
  @state() private sought = "";
  @state() private isWhole = false;
  @state() private follows = true;
  @query("pre") private frame?: HTMLElement;

  protected override render(): TemplateResult {
    const all = lines(this.text);
    const skipped = this.isWhole || this.sought ? 0 : Math.max(0, all.length - DRAWN);
    const found = this.sought ? all.filter((line) => has(line, this.sought)).length : 0;
    return html`<details class="log" open><summary>${this.words}</summary>
      <div class="log-tools">
        <input type="search" aria-label=${t("logs.search", { log: this.words })} placeholder=${t("logs.find")} @input=${this.onSearch} />
        <span role="status" class="soft">${this.sought ? t("logs.found", { count: found }) : ""}</span>
        ${this.isLive ? html`<button type="button" class="toggle" aria-pressed=${this.follows ? "true" : "false"} @click=${this.onFollow}>${t("logs.follow")}</button>` : nothing}
      </div>
      ${skipped ? html`<p><button type="button" class="link" @click=${() => (this.isWhole = true)}>${t("logs.earlier", { count: skipped })}</button></p>` : nothing}
      <pre tabindex="0" role="region" aria-label=${this.words} @scroll=${this.onScroll}>${all.slice(skipped).map((line) => this.line(line))}</pre>
    </details>`;
  }

  protected override updated(): void {
    if (this.isLive && this.follows && this.frame) this.frame.scrollTop = this.frame.scrollHeight;
  }

  private line(line: readonly Run[]): TemplateResult {
    const isFound = this.sought !== "" && has(line, this.sought);
    const isOff = this.sought !== "" && !isFound;
    // Each line ends with its end, so that what is copied is what was printed.
    return html`<span class=${classMap({ "log-line": true, found: isFound, off: isOff })}>${line.map(({ text, look }) => (look ? html`<span class=${look}>${text}</span>` : text))}${"\n"}</span>`;
  }

  private readonly onSearch = (event: Event): void => {
    this.sought = (event.target as HTMLInputElement).value.trim();
  };

  private readonly onFollow = (): void => {
    this.follows = !this.follows;
  };

  /** Who scrolls up reads; who comes back to the end follows again. */
  private readonly onScroll = (): void => {
    const { frame } = this;
    if (frame && this.isLive) this.follows = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 24;
  };
}
