import { html, svg, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { CHANGED, current, signOut } from "../api/session";
import { listen, parse, type Route } from "../router";
import { LightElement } from "./light";
import "./competition";
import "./competitions";
import "./history";
import "./results";
import "./judge";
import "./juries";
import "./jury";
import "./sign-in";
import "./submission";

const mark = svg`<svg class="mark" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
  <path d="M2 18a10 10 0 0 1 20 0M6.6 18a5.4 5.4 0 0 1 10.8 0" />
  <circle cx="12" cy="17.6" r="1.9" />
</svg>`;

/** What nobody sees without having signed in. */
const PERSONAL: ReadonlySet<Route["view"]> = new Set([
  "sign-in",
  "juries",
  "judge",
  "jury",
  "team",
  "submissions",
  "submission",
] as const);

const INSIDE = "This page is for participants and organizers.";
const REASONS: Partial<Record<Route["view"], string>> = {
  "sign-in": "",
  team: INSIDE,
  submissions: INSIDE,
  submission: INSIDE,
};

/** The frame around every view: wordmark, content, footer. */
@customElement("agon-console")
export class AgonConsole extends LightElement {
  @state() private route: Route = parse(new URL(location.href));
  private unlisten?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unlisten = listen((route) => void this.show(route));
    addEventListener(CHANGED, this.onSession);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
    removeEventListener(CHANGED, this.onSession);
  }

  private readonly onSession = (): void => {
    if (current() && this.route.view === "sign-in") {
      history.replaceState(null, "", "/juries");
      this.route = { view: "juries" };
    }
    this.requestUpdate();
  };

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
        <nav aria-label="Site">
          <a href="/" aria-current=${this.route.view === "competitions" ? "page" : "false"}>Competitions</a> ${this.account()}
        </nav>
      </header>
      <main id="main" tabindex="-1">${keyed(current()?.username, this.view())}</main>
      <footer class="colophon">
        <p>Machine-learning competitions without servers.</p>
        <p><a href="/api/v1/openapi.json">API</a></p>
      </footer>
    `;
  }

  private account(): TemplateResult {
    const session = current();
    if (!session)
      return html`<a href="/sign-in" aria-current=${this.route.view === "sign-in" ? "page" : "false"}>Sign in</a>`;
    return html`<a href="/juries" aria-current=${this.route.view === "juries" ? "page" : "false"}>Your juries</a>
      <button type="button" class="plain" @click=${signOut}>Sign out ${session.username}</button>`;
  }

  private view(): TemplateResult {
    const route = this.route;
    if (PERSONAL.has(route.view) && !current()) {
      return html`<agon-sign-in .reason=${REASONS[route.view] ?? "This page is for jurors and organizers."}></agon-sign-in>`;
    }
    switch (route.view) {
      case "competitions":
        return html`<agon-competitions .cursor=${route.cursor}></agon-competitions>`;
      case "competition":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${route.phase} .boardPage=${route.page} .pageIndex=${null} .isOfTeams=${false} .shared=${null} .submissions=${null}></agon-competition>`;
      case "page":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${null} .boardPage=${1} .pageIndex=${route.index} .isOfTeams=${false} .shared=${null} .submissions=${null}></agon-competition>`;
      case "team":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${null} .boardPage=${1} .pageIndex=${null} .isOfTeams=${true} .shared=${null} .submissions=${null}></agon-competition>`;
      case "submissions":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${route.phase} .boardPage=${1} .pageIndex=${null} .isOfTeams=${false} .shared=${null} .submissions=${route}></agon-competition>`;
      case "shared":
        return html`<agon-competition .competitionId=${route.id} .phaseId=${route.phase} .boardPage=${1} .pageIndex=${null} .isOfTeams=${false} .shared=${route} .submissions=${null}></agon-competition>`;
      case "sign-in":
      case "juries":
        return html`<agon-juries></agon-juries>`;
      case "judge":
        return html`<agon-judge .phaseId=${route.phase} .caseId=${route.case}></agon-judge>`;
      case "jury":
        return html`<agon-jury .phaseId=${route.phase}></agon-jury>`;
      case "submission":
        return html`<agon-submission .submissionId=${route.id}></agon-submission>`;
      case "history":
        return html`<agon-history .phaseId=${route.phase} .username=${route.username} .team=${null} .board=${route.board}></agon-history>`;
      case "team-history":
        return html`<agon-history .phaseId=${route.phase} .username=${""} .team=${route.team} .board=${route.board}></agon-history>`;
      case "results":
        return html`<agon-results .submission=${route.submission}></agon-results>`;
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
  if (route.view === "judge") return `judge ${route.phase} ${route.case}`;
  if (route.view === "history") return `history ${route.phase} ${route.username} ${route.board}`;
  if (route.view === "team-history") return `history ${route.phase} team ${route.team} ${route.board}`;
  if (route.view === "results") return `results ${route.submission}`;
  if (route.view === "submission") return `submission ${route.id}`;
  return "id" in route ? `competition ${route.id}` : route.view;
}
