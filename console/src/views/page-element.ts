/** What pages extend: an element that knows its address. */
import { property } from "lit/decorators.js";
import type { Competition, Phase } from "../api/shapes";
import type { Place } from "../router";
import { LightElement } from "./light";

export class PageElement extends LightElement {
  /** The address, of which `param` and `query` read. */
  @property({ attribute: false }) place!: Place;

  /** A parameter of the path; empty where the pattern has none of this name. */
  protected param(name: string): string {
    return this.place.params[name] ?? "";
  }

  /** What the query says of something; null: nothing. */
  protected query(name: string): string | null {
    return this.place.query.get(name);
  }

  /** The number of a page in the query, from 1. */
  protected get pageNumber(): number {
    const page = Number(this.query("page") ?? 1);
    return page >= 1 ? Math.floor(page) : 1;
  }
}

/** A page in a competition's frame. */
export class TabElement extends PageElement {
  @property({ attribute: false }) competition!: Competition;
  /** The phase that the address names, or the one that counts now; undefined where there is none. */
  @property({ attribute: false }) phase?: Phase;
  /** Has the competition read anew: to be called when the page has changed what the header or the tabs show of it. */
  @property({ attribute: false }) changed: () => void = () => undefined;

  /** The competition as the address names it, for links. */
  protected get name(): string {
    return this.param("competition");
  }
}
