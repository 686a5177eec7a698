import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { CompetitionCard } from "../../api/shapes";
import { currentPhase, stateOf } from "../../format";
import { toHome, toSubmissions } from "../../links";
import { allowances, closedBecause } from "../../submitting";
import { t } from "../../words/words";
import { opening, upcoming } from "../decisive";
import { LightElement } from "../light";
import { card } from "./card";

/** So many show how they stand: each costs two reads. The others are a click away. */
const MOST = 3;

/** The competitions that one takes part in and that go on, those first that end first. */
@customElement("agon-own")
export class AgonOwn extends LightElement {
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions", { params: { query: { joined: "true", sort: "ending" } } }),
  );

  protected override render(): TemplateResult | typeof nothing {
    const now = new Date();
    const found = (this.read.value?.competitions ?? []).filter((one) => !["closed", "archived"].includes(stateOf(one, now)));
    if (found.length === 0) return nothing;
    return html`<section class="part own" aria-labelledby="own-title">
      <h2 id="own-title">${t("home.yours")}</h2>
      <ul class="cards">${found.slice(0, MOST).map((one) => html`<li><agon-own-card .competition=${one}></agon-own-card></li>`)}</ul>
      ${found.length > MOST ? html`<p class="pager"><a href=${toHome({ joined: "true", sort: "ending" })}>${t("home.allYours", { count: found.length })}</a></p>` : nothing}
    </section>`;
  }
}

/** One of them: the next deadline, and what is left to its participant. */
@customElement("agon-own-card")
export class AgonOwnCard extends LightElement {
  @property({ attribute: false }) competition!: CompetitionCard;
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}", { params: { path: { competition: this.competition.id } } }),
  );
  private readonly quota = new Resource(this, () => {
    const its = this.read.value;
    const phase = its && currentPhase(its.phases);
    if (its?.my_status !== "approved" || phase?.state !== "open") return undefined;
    return reading("/v1/phases/{phase}/quota", { params: { path: { phase: phase.id } } });
  });

  protected override render(): TemplateResult {
    return card(this.competition, this.standing());
  }

  private standing(now = new Date()): TemplateResult | typeof nothing {
    const its = this.read.value;
    if (!its) return nothing;
    if (its.my_status === "pending") return html`<p class="card-when soft">${t("steps.waiting")}</p>`;
    const phase = currentPhase(its.phases);
    if (!phase) return nothing;
    const name = its.phases.length > 1 ? `${phase.name}: ` : "";
    const next = its.phases.find(({ state }) => state === "upcoming");
    if (phase.state !== "open")
      return next ? html`<p class="card-when">${next.name}: ${opening(next.starts_at, now)}</p>` : nothing;
    return html`${name ? html`<p class="card-when">${name}${upcoming(phase, now)}</p>` : nothing}
      ${this.left(now)}
      <p class="card-when"><a class="above" href=${toSubmissions(its.slug)}>${t("steps.submit")}<span class="visually-hidden">: ${its.title}</span></a></p>`;
  }

  private left(now: Date): TemplateResult | typeof nothing {
    const quota = this.quota.value;
    if (!quota) return nothing;
    const [first] = allowances(quota);
    const words = closedBecause(quota, now) || first;
    return words ? html`<p class="card-when">${words}</p>` : nothing;
  }
}
