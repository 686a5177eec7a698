import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Jury } from "../api/shapes";
import { toCompetition } from "../links";
import { PageElement } from "./page-element";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { rich, t } from "../words/words";

/** The competitions whose submissions one is asked to judge. */
@customElement("agon-juries")
export class AgonJuries extends PageElement {
  private readonly list = new Resource(this, () => reading("/v1/juries"));

  protected override render(): TemplateResult {
    if (!this.list.value && this.list.problem) return trouble(this.list.problem, this.list.reload);
    return html`
      <header class="lead">
        <h1>${t("pages.juries")}</h1>
        <p>${t("judging.about_juries")}</p>
      </header>
      ${this.content()}
    `;
  }

  private content(): TemplateResult {
    const list = this.list.value;
    if (!list) return loading(t("judging.juries"), sketch.cards(2));
    if (list.juries.length === 0) return empty(t("judging.unasked"), t("judging.unasked_hint"));
    return html`<ul class="cards">${list.juries.map((jury) => html`<li>${card(jury)}</li>`)}</ul>`;
  }
}

function card(jury: Jury): TemplateResult {
  return html`<article class="card">
    <h2><a href=${toCompetition(jury.competition)}>${jury.title}</a></h2>
    <p class="card-foot">
      <span>${rich("header.by", { organizer: html`<b>${jury.organizer}</b>` })}</span>
      ${jury.status === "active" ? nothing : html`<span>${t("judging.ended")}</span>`}
    </p>
  </article>`;
}
