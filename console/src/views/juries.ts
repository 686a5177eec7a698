import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Jury } from "../api/shapes";
import { toCompetition } from "../links";
import { PageElement } from "./page-element";
import { empty, loading, trouble } from "./states";

/** The competitions whose submissions one is asked to judge. */
@customElement("agon-juries")
export class AgonJuries extends PageElement {
  private readonly list = new Resource(this, () => reading("/v1/juries"));

  protected override render(): TemplateResult {
    if (!this.list.value && this.list.problem) return trouble(this.list.problem, this.list.reload);
    return html`
      <header class="lead">
        <h1>Your juries</h1>
        <p>You are asked to judge what others have made, without knowing whose it is.</p>
      </header>
      ${this.content()}
    `;
  }

  private content(): TemplateResult {
    const list = this.list.value;
    if (!list) return loading("your juries");
    if (list.juries.length === 0)
      return empty("Nobody has asked you to judge", "Organizers invite jurors by their user names.");
    return html`<ul class="cards">${list.juries.map((jury) => html`<li>${card(jury)}</li>`)}</ul>`;
  }
}

function card(jury: Jury): TemplateResult {
  return html`<article class="card">
    <h2><a href=${toCompetition(jury.competition)}>${jury.title}</a></h2>
    <p class="card-foot">
      <span>by <b>${jury.organizer}</b></span>
      ${jury.status === "active" ? nothing : html`<span>Your part in it has ended</span>`}
    </p>
  </article>`;
}
