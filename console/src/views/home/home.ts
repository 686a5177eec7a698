import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Extra, Resource } from "../../api/resource";
import { current } from "../../api/session";
import { toHome, toNew } from "../../links";
import { go } from "../../router";
import { textIn } from "../../submitting";
import { t } from "../../words/words";
import { PageElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";
import { card, foreign } from "./card";
import "./site-news";
import { asked, FILTERS, isEverything, SORTS, soughtIn, toggled, type Filter, type Sought } from "./search";
import "./own";

/** Home: one's own competitions, and all that can be found here and on other sites. */
@customElement("agon-home")
export class AgonHome extends PageElement {
  private readonly list = new Resource(this, () => {
    // Who is signed out meanwhile sees all, rather than that they have to sign in.
    const { filters, ...sought } = this.sought;
    const known = current() ? filters : new Set([...filters].filter((filter) => filter !== "mine" && filter !== "joined"));
    return reading("/v1/competitions", { params: { query: asked({ filters: known, ...sought }) } });
  });
  private readonly elsewhere = new Extra(this, () => {
    const { search, filters, cursor } = this.sought;
    if (filters.size > 0 || cursor !== null) return undefined;
    return reading("/v1/federation/entries", { params: { query: { search: search || undefined } } });
  });

  protected override render(): TemplateResult {
    return html`
      <header class="lead"><h1>${t("home.title")}</h1><p>${t("home.about")} <a href=${toNew()}>${t("hosting.host")}</a></p></header>
      ${isEverything(this.sought) ? (current() ? html`<agon-own></agon-own>` : html`<agon-site-news></agon-site-news>`) : nothing}
      <section class="found" aria-labelledby="found-title">
        <h2 id="found-title" class="visually-hidden">${t("home.all")}</h2>
        ${this.form()} ${this.found()}
      </section>
      ${this.others()}
    `;
  }

  private get sought(): Sought {
    return soughtIn(this.place);
  }

  private form(): TemplateResult {
    const { search, sort } = this.sought;
    return html`<form class="search" role="search" @submit=${this.onSearch}>
      <label class="search-words"><span class="visually-hidden">${t("home.search")}</span>
        <input type="search" name="search" .value=${search} maxlength="200" placeholder=${t("home.words")} /></label>
      <button>${t("home.search")}</button>
      <label class="search-order"><span>${t("home.order")}</span>
        <select name="sort" @change=${this.onSort}>
          <option value="" ?selected=${sort === null}>${search ? t("home.relevance") : t("home.newest")}</option>
          ${SORTS.filter((one) => search || one !== "recent").map((one) => html`<option value=${one} ?selected=${sort === one}>${t(`home.${one}`)}</option>`)}
        </select></label>
      <div class="search-filters" role="group" aria-label=${t("home.filters")}>${this.offered().map((filter) => this.filter(filter))}</div>
    </form>`;
  }

  private offered(): Filter[] {
    return FILTERS.filter((filter) => current() !== null || (filter !== "mine" && filter !== "joined"));
  }

  private filter(filter: Filter): TemplateResult {
    const isOn = this.sought.filters.has(filter);
    const toggle = (): void => this.show(toggled(this.sought, filter));
    return html`<button type="button" class="toggle" aria-pressed=${isOn ? "true" : "false"} @click=${toggle}>${t(`home.${filter}`)}</button>`;
  }

  private found(): TemplateResult {
    const { value: list, problem } = this.list;
    if (!list) return problem ? trouble(problem, this.list.reload, 2) : loading(t("home.title"), sketch.cards(3));
    if (list.competitions.length === 0) return this.nothing();
    const cards = list.competitions.map((competition) => html`<li>${card(competition)}</li>`);
    const { cursor } = this.sought;
    return html`<ul class="cards">${cards}</ul>
      ${
        list.next === null && cursor === null
          ? nothing
          : html`<nav class="pager" aria-label=${t("home.pages")}>
            ${cursor === null ? html`<span></span>` : html`<a href=${this.link({ ...this.sought, cursor: null })}>${t("home.first")}</a>`}
            ${list.next === null ? nothing : html`<a href=${this.link({ ...this.sought, cursor: list.next })} rel="next">${t("home.more")}</a>`}
          </nav>`
      }`;
  }

  private nothing(): TemplateResult {
    if (isEverything(this.sought)) return empty(t("home.none"), t("home.appears"));
    return html`<div class="notice">
      <p class="notice-title">${t("home.nothing")}</p>
      <p>${t("home.fewer")}</p>
      <p class="actions"><a href="/">${t("home.everything")}</a></p>
    </div>`;
  }

  /** What other sites hold; their word, and where it fails nobody misses it. */
  private others(): TemplateResult | typeof nothing {
    const found = this.elsewhere.value?.competitions ?? [];
    if (found.length === 0) return nothing;
    return html`<section class="part" aria-labelledby="others-title">
      <h2 id="others-title">${t("home.others")}</h2>
      <p class="soft">${t("home.there")}</p>
      <ul class="cards">${found.map((one) => html`<li>${foreign(one)}</li>`)}</ul>
    </section>`;
  }

  private link(sought: Sought): string {
    return toHome(asked(sought));
  }

  private show(sought: Sought): void {
    go(this.link(sought), "replace");
  }

  private readonly onSearch = (event: SubmitEvent): void => {
    event.preventDefault();
    const search = textIn(new FormData(event.target as HTMLFormElement), "search").trim();
    this.show({ ...this.sought, search, cursor: null });
  };

  private readonly onSort = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.show({ ...this.sought, sort: SORTS.find((one) => one === value) ?? null, cursor: null });
  };
}
