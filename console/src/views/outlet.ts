/** The one place of a frame or of the console where a page is drawn. */
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from "lit";
import { Problem } from "../api/problem";
import { t } from "../words/words";
import { loading, trouble } from "./states";

/** What has an element, and how its code is had. */
export interface Drawn {
  tag: string;
  load: () => Promise<unknown>;
}

export class Outlet implements ReactiveController {
  private element?: HTMLElement;
  private problem?: Problem;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    // It has nothing to begin: a page's code is asked for when it is shown.
  }

  /** The page's element with its properties. One of the same tag is kept, so that nothing of it is drawn anew. */
  show(page: Drawn, given: object): HTMLElement | TemplateResult {
    if (!customElements.get(page.tag)) return this.wait(page);
    this.problem = undefined;
    if (this.element?.localName !== page.tag) this.element = document.createElement(page.tag);
    return Object.assign(this.element, given);
  }

  /** Forgets the element: what it held of somebody is gone. */
  clear(): void {
    this.element = undefined;
  }

  private wait(page: Drawn): TemplateResult {
    const load = (): void => {
      this.problem = undefined;
      page.load().then(
        () => this.host.requestUpdate(),
        () => this.fail(),
      );
    };
    if (this.problem) return trouble(this.problem, () => location.reload(), 2);
    load();
    return loading(t("pages.it"));
  }

  private fail(): void {
    this.problem = new Problem(0, t("pages.lost"), t("pages.whyLost"));
    this.host.requestUpdate();
  }
}
