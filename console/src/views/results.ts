import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { DetailedResults } from "../api/shapes";
import { toBoard } from "../links";
import { entitle } from "../titles";
import { PageElement } from "./page-element";
import "./result-page";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { t } from "../words/words";

type Page = DetailedResults["pages"][number];

/** The detailed results behind a leaderboard's row: pages that a competition's program made of what strangers sent. */
@customElement("agon-results")
export class AgonResults extends PageElement {
  private readonly read = new Resource(this, () =>
    reading("/v1/submissions/{submission}/detailed-results", { params: { path: { submission: this.param("submission") } } }),
  );

  protected override render(): TemplateResult {
    const { value: results, problem } = this.read;
    entitle(t("pages.results"), results?.participant);
    if (!results)
      return problem ? trouble(problem, this.read.reload) : loading(t("results.it"), sketch.lead, sketch.picture);
    const { participant, pages } = results;
    const shown = pages.filter(({ url }) => url !== null);
    return html`
      <p class="crumb"><a href=${toBoard(results.competition, results.phase)}>${t("history.back")}</a></p>
      <header class="lead"><h1>${participant}</h1><p>${t("results.about")}</p></header>
      ${
        shown.length === 0
          ? empty(t("results.none"), t("results.none_hint"))
          : html`<div class="exhibit">${shown.map((page) => shownPage(page, pages.length > 1))}</div>`
      }
    `;
  }
}

function shownPage({ name, url, live }: Page, isOneOfSeveral: boolean): TemplateResult {
  return html`<agon-result-page .name=${name} .url=${url ?? ""} .live=${live} ?captioned=${isOneOfSeveral}></agon-result-page>`;
}
