import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { toAnchor } from "../anchors";
import { CHANGED, current } from "../api/session";
import { CONNECTION, isLost } from "../api/store";
import { dropAllDrafts } from "../forms/draft";
import { formerly } from "../former";
import { toSignIn } from "../links";
import { FRAMES, PAGES } from "../pages";
import { find, linked, listen, type Place, type Way } from "../router";
import { keepFocus } from "../focus";
import { keepScroll, toTop } from "../scroll";
import { entitle } from "../titles";
import "../words/switch";
import { t } from "../words/words";
import { wear } from "../theme";
import { LightElement } from "./light";
import { goOn, onwardFrom } from "./account/onward";
import "./account-menu";
import "./sign-in-again";
import "./theme-switch";
import { Outlet } from "./outlet";

const mark = svg`<svg class="mark" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
  <path d="M2 18a10 10 0 0 1 20 0M6.6 18a5.4 5.4 0 0 1 10.8 0" />
  <circle cx="12" cy="17.6" r="1.9" />
</svg>`;
const SIGN_IN = { tag: "agon-sign-in", load: () => import("./sign-in") };

/** The frame around every page: wordmark, content, footer. */
@customElement("agon-console")
export class AgonConsole extends LightElement {
  @state() private place: Place = arrive(new URL(location.href));
  private readonly outlet = new Outlet(this);
  private unlisten?: () => void;
  private username = current()?.username;

  override connectedCallback(): void {
    super.connectedCallback();
    wear();
    keepScroll();
    keepFocus(this);
    this.unlisten = listen((url, way) => void this.show(arrive(url), way));
    addEventListener(CHANGED, this.onSession);
    addEventListener(CONNECTION, this.onConnection);
    addEventListener("pointerover", prefetch, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
    removeEventListener(CHANGED, this.onSession);
    removeEventListener(CONNECTION, this.onConnection);
    removeEventListener("pointerover", prefetch);
  }

  private readonly onConnection = (): void => this.requestUpdate();

  private readonly onSession = (): void => {
    const username = current()?.username;
    // Nothing of one person stays on the screen of another.
    if (username !== this.username) {
      this.outlet.clear();
      dropAllDrafts();
    }
    this.username = username;
    if (username && this.place.page?.tag === "agon-sign-in-page") goOn(this.place);
    this.requestUpdate();
  };

  private async show(place: Place, way: Way): Promise<void> {
    const isRenamed = way === "replace" && place.page === this.place.page;
    const isNewPlace = !isRenamed && place.path !== this.place.path && frameOf(place) !== frameOf(this.place);
    const isNewPage = place.path !== this.place.path || place.query.toString() !== this.place.query.toString();
    this.place = place;
    await this.updateComplete;
    if (way === "link" && isNewPage) toTop();
    if (way === "link") toAnchor(location.hash);
    // As after a real page load: the keyboard starts at the top, too.
    if (isNewPlace) this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    return html`
      <a class="skip" href="#main">${t("shell.skip")}</a>
      <header class="masthead">
        <a class="wordmark" href="/">${mark}<span>Agon</span></a>
        <nav aria-label=${t("shell.site")}>
          <a href="/" aria-current=${this.isAt("/")}>${t("pages.competitions")}</a> ${this.account()}
        </nav>
      </header>
      <p class="lost" aria-live="polite">${isLost() ? t("shell.lost") : nothing}</p>
      <main id="main" tabindex="-1">${this.content()}</main>
      <footer class="colophon">
        <p>${t("shell.motto")}</p>
        <p><agon-theme></agon-theme> <agon-language></agon-language> <a href="/manual/index.html">${t("shell.manual")}</a> <a href="/docs/api">API</a></p>
      </footer>
      <agon-sign-in-again></agon-sign-in-again>
    `;
  }

  private isAt(path: string): "page" | "false" {
    return this.place.path === path ? "page" : "false";
  }

  private account(): TemplateResult {
    if (!current())
      return html`<a href=${toSignIn(onwardFrom(this.place))} aria-current=${this.isAt("/sign-in")}>${t("pages.signIn")}</a>`;
    return html`<agon-account-menu></agon-account-menu>`;
  }

  private content(): unknown {
    const { page } = this.place;
    if (!page) return unknown();
    if (page.signIn !== undefined && !current()) return this.outlet.show(SIGN_IN, { reason: t(page.signIn) });
    if (!page.within) entitle(t(page.title));
    return this.outlet.show(page.within ? FRAMES[page.within] : page, { place: this.place });
  }
}

/** The place of an address; a former one is put right first. */
function arrive(url: URL): Place {
  const now = formerly(url);
  if (now === null) return find(PAGES, url);
  history.replaceState(history.state, "", now);
  return find(PAGES, new URL(now, url));
}

/** What stays as a whole from one page to another: a competition's pages are one place. */
function frameOf({ page, params, path }: Place): string {
  return page?.within ? `${FRAMES[page.within].tag} ${params.competition ?? ""}` : path;
}

/** Has the code of a page fetched while one points at a link to it. */
function prefetch(event: Event): void {
  const url = linked(event);
  const page = url && find(PAGES, url).page;
  if (!page || customElements.get(page.tag)) return;
  // What fails now is told when the link is followed.
  page.load().catch(() => undefined);
}

function unknown(): TemplateResult {
  entitle(t("shell.no_page"));
  return html`<div class="notice trouble" role="alert">
    <h1 class="notice-title">${t("shell.nowhere")}</h1>
    <p>${t("shell.why_nowhere")}</p>
    <p class="actions"><a href="/">${t("states.home")}</a></p>
  </div>`;
}
