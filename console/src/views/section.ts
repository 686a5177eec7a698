import { html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import { PAGES, type Frame } from "../pages";
import { linkTo, type Place } from "../router";
import { entitle } from "../titles";
import { t, type PlainKey } from "../words/words";
import { LightElement } from "./light";
import { Outlet } from "./outlet";
import { loading, trouble } from "./states";
import * as sketch from "./sketch";
import { tabs } from "./tabs";

/** The frame of pages of one kind that are no competition's: a heading and tabs, which stay, and the page of the address. */
export abstract class SectionElement extends LightElement {
  @property({ attribute: false }) place!: Place;
  protected abstract readonly frame: Frame;
  protected abstract readonly heading: PlainKey;
  private readonly outlet = new Outlet(this);
  private readonly me = new Resource(this, () => reading("/v1/me"));

  /** What is said in place of the pages to somebody whom they are not for. */
  protected refusal: (isAdmin: boolean) => TemplateResult | typeof nothing = () => nothing;

  protected override render(): TemplateResult {
    const { page } = this.place;
    entitle(page && t(page.title), t(this.heading));
    const { value: me, problem } = this.me;
    if (!me)
      return problem ? trouble(problem, this.me.reload) : loading(t("pages.it"), sketch.lead, sketch.tabs, sketch.form(8));
    const refusal = this.refusal(me.is_admin);
    if (refusal !== nothing) return html`${refusal}`;
    return html`<header class="lead"><h1>${t(this.heading)}</h1></header>
      ${tabs(t(this.heading), this.tabs())}
      <div class="section-page">${page && this.outlet.show(page, { place: this.place, me })}</div>`;
  }

  private tabs(): TemplateResult[] {
    const shown = PAGES.filter(({ within, tab }) => within === this.frame && tab);
    const here = this.place.page?.at ?? "";
    // A page without a tab of its own belongs to the tab whose address its own begins with.
    const nearest = shown
      .filter(({ at }) => at === here || here.startsWith(`${at}/`))
      .sort((a, b) => b.at.length - a.at.length)[0];
    return shown.map(
      (page) => html`<a href=${linkTo(page, {})} aria-current=${page === nearest ? "page" : "false"}>${t(page.title)}</a>`,
    );
  }
}
