/** What becomes of an account that is removed or merged, told before. */
import { html, nothing, type TemplateResult } from "lit";
import type { Departure } from "../api/shapes";
import { toCompetition, toOrganization } from "../links";
import { t } from "../words/words";

type Obstacle = Departure["obstacles"][number];

export function departure(told: Departure): TemplateResult {
  return html`${told.status ? html`<p class="form-draft" role="status">${t("departure.status", { status: t(`departure.${told.status}`) })} ${told.reason}</p>` : nothing}
    <dl class="facts">
      <div><dt>${t("departure.known_as")}</dt><dd>${told.known_as}</dd></div>
      <div><dt>${t("departure.competitions")}</dt><dd>${told.competitions}</dd></div>
      ${told.teams.length > 0 ? html`<div><dt>${t("departure.teams")}</dt><dd>${told.teams.join(", ")}</dd></div>` : nothing}
    </dl>
    ${told.obstacles.length > 0 ? html`<div class="form-wrong" role="alert"><p>${t("departure.obstacles")}</p><ul>${told.obstacles.map(obstacle)}</ul></div>` : nothing}
    <div class="departure">
      <div><h3>${t("departure.stays")}</h3><ul>${told.stays.map((one) => html`<li>${one}</li>`)}</ul></div>
      <div><h3>${t("departure.goes")}</h3><ul>${told.goes.map((one) => html`<li>${one}</li>`)}</ul></div>
    </div>`;
}

/** False where something is in the way, or it is under way. */
export function mayDepart({ obstacles, status }: Departure): boolean {
  return obstacles.length === 0 && (status === null || status === "Failed");
}

function obstacle({ what, id, title, advice }: Obstacle): TemplateResult {
  const to = id && (what === "competition" ? toCompetition(id) : what === "organization" ? toOrganization(id) : null);
  return html`<li>${to ? html`<a href=${to}>${title}</a>` : title}: ${advice}</li>`;
}
