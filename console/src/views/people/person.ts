import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { current } from "../../api/session";
import type { Profile } from "../../api/shapes";
import { score } from "../../format";
import { toBoard, toCompetition, toOrganization, toShared } from "../../links";
import { entitle } from "../../titles";
import { t, type PlainKey } from "../../words/words";
import { PageElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { when } from "../when";

/** Somebody's page: what they say of themselves, where they stood, what they organize and share, and where they are seen. */
@customElement("agon-person")
export class AgonPerson extends PageElement {
  private readonly read = new Resource(this, () =>
    reading("/v1/people/{username}", { params: { path: { username: this.param("username") } } }),
  );

  protected override render(): TemplateResult {
    const { value, problem } = this.read;
    if (!value) return problem ? trouble(problem, this.read.reload) : loading(t("people.it"), sketch.lead, sketch.facts(3));
    entitle(value.display_name || value.username);
    const competitions = value.competitions.map(({ id, slug, title }) => link(toCompetition(slug ?? id), title));
    const organizations = value.organizations.map(({ id, name }) => link(toOrganization(id), name));
    const code = value.code.map(shared);
    const results = value.results.map(stood);
    const isNamed = [results, competitions, code, organizations].some(({ length }) => length > 0);
    return html`${lead(value)}
      ${list("people.stood", results)} ${list("people.organizes", competitions)} ${list("people.shares", code)}
      ${list("people.is_in", organizations)} ${isNamed ? nothing : html`<p class="soft">${t("people.nothing")}</p>`}`;
  }
}

function lead(one: Profile): TemplateResult {
  const called = one.display_name ? one.username : "";
  const about = [called, one.affiliation].filter(Boolean).join(" · ");
  const isMine = current()?.username.toLowerCase() === one.username.toLowerCase();
  return html`<header class="lead">
    <h1>${one.display_name || one.username}</h1>
    ${about ? html`<p class="soft">${about}</p>` : nothing}
    ${one.description ? html`<p class="person-about">${one.description}</p>` : nothing}
    ${one.site ? html`<p><a href=${one.site} rel="noreferrer nofollow" target="_blank">${one.site}</a></p>` : nothing}
    ${isMine ? html`<p><a href="/account">${t("people.change")}</a></p>` : nothing}
  </header>`;
}

function list(heading: PlainKey, links: readonly TemplateResult[]): TemplateResult | typeof nothing {
  if (links.length === 0) return nothing;
  return html`<section class="admin-part">
    <h2>${t(heading)}</h2>
    <ul class="plain-list">${links.map((one) => html`<li>${one}</li>`)}</ul>
  </section>`;
}

/** Where they stood, marked as on the board, which the link leads to. */
function stood(one: Profile["results"][number]): TemplateResult {
  const { rank, entries, columns, scores, team_name: team } = one;
  const ranked = columns.find(({ primary }) => primary);
  const value = ranked ? score(scores[ranked.key], ranked.precision) : null;
  const told = [
    t("people.rank_of", { rank, count: entries }),
    one.phase_name,
    ranked && value ? `${ranked.title} ${value}` : "",
    team ?? "",
  ];
  return html`<span class="result ${rank <= 3 ? `medal-${rank}` : ""}"><span class="rank" aria-hidden="true">${rank}</span>
    <span>${link(toBoard(one.slug ?? one.competition, one.phase), one.title)}
      <span class="soft">${told.filter(Boolean).join(" · ")} · ${when(one.ended_at)}</span></span></span>`;
}

function shared({
  name,
  competition,
  slug,
  title,
  phase,
  team_name: team,
  licence,
  submitted_at: at,
}: Profile["code"][number]): TemplateResult {
  return html`${link(toShared(slug ?? competition, phase), name || t("people.unnamed"))}
    <span class="soft">${[title, team, licence].filter(Boolean).join(" · ")} · ${when(at)}</span>`;
}

function link(to: string, words: string): TemplateResult {
  return html`<a href=${to}>${words}</a>`;
}
