/** A competition in a list. */
import { html, nothing, type TemplateResult } from "lit";
import type { CompetitionCard, ForeignCompetition } from "../../api/shapes";
import { stateOf } from "../../format";
import { toCompetition } from "../../links";
import { rich, t } from "../../words/words";
import { upcoming } from "../decisive";
import { logo } from "../logo";
import { chip } from "../states";

/** `more` stands at its foot. */
export function card(competition: CompetitionCard, more: unknown = nothing, now = new Date()): TemplateResult {
  return html`<article class="card">
    <div class="card-top">
      ${chip(stateOf(competition, now))}
      ${competition.featured ? html`<span class="mark-word">${t("home.featured")}</span>` : nothing}
    </div>
    <div class="card-title">
      ${logo(competition)}
      <h3><a href=${toCompetition(competition.slug)}>${competition.title}</a></h3>
    </div>
    ${competition.description ? html`<p class="card-text">${competition.description}</p>` : nothing}
    <p class="card-when">${upcoming(competition, now)}</p>
    ${competition.reward ? html`<p class="card-when">${rich("header.prize", { prize: html`<b>${competition.reward}</b>` })}</p>` : nothing}
    ${more} ${foot(competition)}
  </article>`;
}

/** One of another site, where it is held. */
export function foreign(competition: ForeignCompetition, now = new Date()): TemplateResult {
  const { title, description, url, site_name, silent } = competition;
  return html`<article class="card">
    <div class="card-top">
      ${chip(stateOf({ ...competition, published: true }, now))}
      <span class="soft">${rich("home.on", { site: html`<b>${site_name}</b>` })}</span>
    </div>
    <div class="card-title"><h3><a href=${url} rel="noopener noreferrer">${title} <span aria-hidden="true">↗</span></a></h3></div>
    ${description ? html`<p class="card-text">${description}</p>` : nothing}
    <p class="card-when">${upcoming(competition, now)}</p>
    ${silent ? html`<p class="card-when soft">${t("home.silent")}</p>` : nothing} ${foot(competition)}
  </article>`;
}

function foot({ organizer, participants }: Pick<CompetitionCard, "organizer" | "participants">): TemplateResult {
  return html`<p class="card-foot">
    <span>${rich("header.by", { organizer: html`<b>${organizer}</b>` })}</span>
    <span>${t("header.participants", { count: participants })}</span>
  </p>`;
}
