import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Page } from "../api/shapes";
import { prose } from "../prose";
import { LightElement } from "./light";
import { empty, loading, trouble } from "./states";

/** One of a competition's pages, as its organizer wrote it, cleaned. */
@customElement("agon-page")
export class AgonPage extends LightElement {
  @property({ attribute: false }) competitionId = "";
  @property({ attribute: false }) index = 0;
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}/pages/{index}", {
      params: { path: { competition: this.competitionId, index: String(this.index) } },
    }),
  );
  private shown?: Page;
  private element?: HTMLElement;

  protected override willUpdate(): void {
    if (this.read.value === this.shown) return;
    this.shown = this.read.value;
    this.element = this.shown && prose(this.shown);
  }

  protected override render(): TemplateResult {
    if (this.read.problem) return trouble(this.read.problem, this.read.reload, 2);
    if (!this.element) return loading("the page");
    if (!this.element.hasChildNodes())
      return empty("Nothing is written here yet", "The organizer has left this page empty.");
    return html`${this.element}`;
  }
}
