import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { CompetitionCard } from "../api/shapes";
import { count, period, stateOf } from "../format";
import { toCompetition, toOlder } from "../router";
import { LightElement } from "./light";
import { logo } from "./logo";
import { chip, empty, loading, trouble } from "./states";

/** The list of published competitions, newest first, one page of it. */
@customElement("agon-competitions")
export class AgonCompetitions extends LightElement {
  @property({ attribute: false }) cursor: string | null = null;
  private readonly list = new Resource(this, () =>
    reading("/v1/competitions", { params: { query: { cursor: this.cursor ?? undefined } } }),
  );

  protected override render(): TemplateResult {
    document.title = "Competitions · Agon";
    if (this.list.problem) return trouble(this.list.problem, this.list.reload);
    return html`
      <header class="lead">
        <h1>Competitions</h1>
        <p>Open problems, shared data, one ranking for everybody.</p>
      </header>
      ${this.content()}
    `;
  }

  private content(): TemplateResult {
    const list = this.list.value;
    if (!list) return loading("competitions");
    if (list.competitions.length === 0) {
      return empty("No competition is published yet", "When an organizer publishes one, it appears here.");
    }
    return html`
      <ul class="cards">${list.competitions.map((competition) => html`<li>${card(competition)}</li>`)}</ul>
      ${
        list.next === null
          ? nothing
          : html`<nav class="pager" aria-label="More competitions"><a href=${toOlder(list.next)}>Older competitions →</a></nav>`
      }
    `;
  }
}

function card(competition: CompetitionCard): TemplateResult {
  return html`<article class="card">
    <div class="card-top">
      ${chip(stateOf(competition, new Date()))}
      <span class="soft">${period(competition.starts_at, competition.ends_at)}</span>
    </div>
    <div class="card-title">
      ${logo(competition)}
      <h2><a href=${toCompetition(competition.id)}>${competition.title}</a></h2>
    </div>
    <p class="card-text">${competition.description}</p>
    <p class="card-foot">
      <span>by <b>${competition.organizer}</b></span>
      <span>${count(competition.participants, "participant", "participants")}</span>
    </p>
  </article>`;
}
