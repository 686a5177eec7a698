import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { toAnchor } from "../anchors";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Page } from "../api/shapes";
import { prose } from "../prose";
import { TabElement } from "./page-element";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { t } from "../words/words";

/** One of a competition's pages, as its organizer wrote it, cleaned; without a number in the address the first one. */
@customElement("agon-page")
export class AgonPage extends TabElement {
  private readonly read = new Resource(this, () => {
    const index = this.param("index") || this.competition.pages[0]?.index.toString();
    const params = { path: { competition: this.competition.id, index: index ?? "" } };
    return index === undefined ? undefined : reading("/v1/competitions/{competition}/pages/{index}", { params });
  });
  private shown?: Page;
  private element?: HTMLElement;

  protected override willUpdate(): void {
    if (this.read.value === this.shown) return;
    this.shown = this.read.value;
    this.element = this.shown && prose(this.shown);
    // Who came by an address that names a place of the page waited for it.
    if (this.element) void this.updateComplete.then(() => toAnchor(location.hash));
  }

  protected override render(): TemplateResult {
    if (this.competition.pages.length === 0) return empty(t("pages.unwritten"), t("pages.no_page"));
    if (!this.read.value && this.read.problem) return trouble(this.read.problem, this.read.reload, 2);
    if (!this.element) return loading(t("pages.it"), sketch.prose(4));
    if (!this.element.hasChildNodes()) return empty(t("pages.unwritten"), t("pages.blank"));
    return html`${this.element}`;
  }
}
