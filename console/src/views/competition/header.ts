/** A competition's header: what it is, how it stands, until when, and what its reader can do next. */
import { html, nothing, type TemplateResult } from "lit";
import type { Competition, Phase } from "../../api/shapes";
import { currentPhase, stateOf } from "../../format";
import { rich, t } from "../../words/words";
import { opening, upcoming } from "../decisive";
import { logo } from "../logo";
import { person } from "../people/named";
import { chip } from "../states";
import { step } from "./step";

/** `name` is the competition as the address names it; `here` the path of the page below. */
export function header(competition: Competition, name: string, here: string, now = new Date()): TemplateResult {
  return html`<header class="lead competition-lead">
    <div class="lead-title">${logo(competition)}<h1>${competition.title}</h1></div>
    ${competition.description ? html`<p>${competition.description}</p>` : nothing}
    <p class="lead-state">${chip(stateOf(competition, now))} ${deciding(competition, now)}</p>
    <p class="lead-facts soft">
      <span>${rich("header.by", { organizer: html`<b>${person(competition.organizer)}</b>` })}</span>
      <span>${t("header.participants", { count: competition.participants })}</span>
      ${competition.reward ? html`<span class="prize">${rich("header.prize", { prize: html`<b>${competition.reward}</b>` })}</span>` : nothing}
    </p>
    ${step(competition, name, here, now)}
  </header>`;
}

/** The instant that decides what can be done: the end of the phase that is open, or when the next one opens. */
function deciding(competition: Competition, now: Date): TemplateResult {
  const { phases } = competition;
  const phase = currentPhase(phases);
  if (!phase) return upcoming(competition, now);
  if (phase.state === "open") return html`${named(phase, phases)}${upcoming(phase, now)}`;
  const next = phases.find(({ state }) => state === "upcoming");
  return next ? html`${named(next, phases)}${opening(next.starts_at, now)}` : html`${upcoming(competition, now)}`;
}

function named({ name }: Phase, phases: readonly Phase[]): TemplateResult | typeof nothing {
  return phases.length > 1 ? html`<span class="lead-phase">${name}</span> ` : nothing;
}
