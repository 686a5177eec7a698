import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { classMap } from "lit/directives/class-map.js";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { BLOCK, Growing, has, together, type Block, type Line } from "../../log";
import type { Run } from "../../printed";
import { t } from "../../words/words";
import { LightElement } from "../light";

/** Of a longer log so many blocks at its end are drawn, which tell most; the whole is a click away. */
const DRAWN = 10;

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
  /** Whether its end has moved: its last lines come when nothing is live any more. */
  private hasMoved = false;
  @query("pre") private frame?: HTMLElement;
  private readonly growing = new Growing();

  protected override render(): TemplateResult {
    const all = this.growing.of(this.text);
    const skipped = this.isWhole || this.sought ? 0 : Math.max(0, all.length - DRAWN);
    const found = this.sought ? all.flatMap(({ lines }) => lines).filter((line) => has(line, this.sought)).length : 0;
    return html`<details class="log" open><summary>${this.words}</summary>
      <div class="log-tools">
        <input type="search" aria-label=${t("logs.search", { log: this.words })} placeholder=${t("logs.find")} @input=${this.onSearch} />
        <span role="status" class="soft">${this.sought ? t("logs.found", { count: found }) : ""}</span>
        ${this.isLive ? html`<button type="button" class="toggle" aria-pressed=${this.follows ? "true" : "false"} @click=${this.onFollow}>${t("logs.follow")}</button>` : nothing}
      </div>
      ${skipped ? html`<p><button type="button" class="link" @click=${() => (this.isWhole = true)}>${t("logs.earlier", { count: skipped * BLOCK })}</button></p>` : nothing}
      <pre tabindex="0" role="region" aria-label=${this.words} @scroll=${this.onScroll}>${repeat(
        all.slice(skipped),
        ({ number }) => number,
        (block) => html`<span class="log-block">${guard([block, this.sought], () => this.block(block))}</span>`,
      )}</pre>
    </details>`;
  }

  protected override willUpdate(): void {
    this.hasMoved ||= this.isLive;
  }

  protected override updated(): void {
    if (this.hasMoved && this.follows && this.frame) this.frame.scrollTop = this.frame.scrollHeight;
  }

  /** While nothing is sought, a block is as few pieces as it has colours: thousands of lines are drawn in no time. */
  private block({ lines }: Block): unknown {
    return this.sought ? lines.map((line) => this.line(line)) : inked(together(lines));
  }

  private line(line: Line): TemplateResult {
    const isFound = has(line, this.sought);
    return html`<span class=${classMap({ "log-line": true, found: isFound, off: !isFound })}>${inked(together([line]))}</span>`;
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
    if (frame && this.hasMoved) this.follows = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 24;
  };
}

function inked(runs: readonly Run[]): unknown[] {
  return runs.map(({ text, look }) => (look ? html`<span class=${look}>${text}</span>` : text));
}
