import { html, svg, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { listen, parse, type Route } from "../router";
import { LightElement } from "./light";
import "./competition";
import "./competitions";

const mark = svg`<svg class="mark" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
  <path d="M2 18a10 10 0 0 1 20 0M6.6 18a5.4 5.4 0 0 1 10.8 0" />
  <circle cx="12" cy="17.6" r="1.9" />
</svg>`;

/** The frame around every view: wordmark, content, footer. */
@customElement("agon-console")
export class AgonConsole extends LightElement {
  @state() private route: Route = parse(new URL(location.href));
  private unlisten?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unlisten = listen((route) => void this.show(route));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
  }

  private async show(route: Route): Promise<void> {
    const isNewPlace = place(route) !== place(this.route);
    this.route = route;
    await this.updateComplete;
    if (!isNewPlace) return;
    // As after a real page load: the reader starts at the top, and so does the keyboard.
    scrollTo(0, 0);
    this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    return html`
      <a class="skip" href="#main">Skip to the content</a>
      <header class="masthead">
        <a class="wordmark" href="/">${mark}<span>Agon</span></a>
        <nav aria-label="Site"><a href="/" aria-current=${this.route.view === "competitions" ? "page" : "false"}>Competitions</a></nav>
      </header>
      <main id="main" tabindex="-1">${this.view()}</main>
      <footer class="colophon">
        <p>Machine-learning competitions without servers.</p>
        <p><a href="/api/v1/openapi.json">API</a></p>
      </footer>
    `;
  }

  private view(): TemplateResult {
    const route = this.route;
    switch (route.view) {
      case "competitions":
        return html`<agon-competitions .cursor=${route.cursor}></agon-competitions>`;
      case "competition":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${route.phase} .boardPage=${route.page} .pageIndex=${null}></agon-competition>`;
      case "page":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${null} .boardPage=${1} .pageIndex=${route.index}></agon-competition>`;
      case "unknown":
        document.title = "No such page · Agon";
        return html`<div class="notice trouble" role="alert">
          <h1 class="notice-title">There is no such page</h1>
          <p>The address may be mistyped, or what it named has moved.</p>
          <p class="actions"><a href="/">All competitions</a></p>
        </div>`;
    }
  }
}

function place(route: Route): string {
  if (route.view === "competitions") return `competitions ${route.cursor}`;
  return "id" in route ? `competition ${route.id}` : route.view;
}
