/** What pages extend: an element that knows its address, and is seen once all of it is there. */
import { property } from "lit/decorators.js";
import { isAnythingAwaited, SETTLED } from "../api/awaited";
import type { Competition, Phase } from "../api/shapes";
import type { Place } from "../router";
import { LightElement } from "./light";

/**
 * Until all that a page reads first is there it has this attribute: it keeps its room and is not seen (styles/states.css), so
 * that nothing moves under its reader.
 */
const ARRIVING = "data-arriving";
/** Where a browser draws no frames, as in a tab behind others, the page arrives all the same. */
const FRAME_MILLISECONDS = 250;

export class PageElement extends LightElement {
  /** The address, of which `param` and `query` read. */
  @property({ attribute: false }) place!: Place;

  override connectedCallback(): void {
    super.connectedCallback();
    this.toggleAttribute(ARRIVING, true);
    addEventListener(SETTLED, this.onSettled);
    this.onSettled();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.arrive();
  }

  /** In the next frame, when what came is drawn and has asked for more where it needs that. */
  private readonly onSettled = (): void => {
    const look = (): void => {
      if (!isAnythingAwaited()) this.arrive();
    };
    requestAnimationFrame(look);
    setTimeout(look, FRAME_MILLISECONDS);
  };

  private arrive(): void {
    removeEventListener(SETTLED, this.onSettled);
    this.toggleAttribute(ARRIVING, false);
  }

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
