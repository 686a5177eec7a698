import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { reading } from "../api/client";
import { Resource } from "../api/resource";
import type { Competition, Phase } from "../api/shapes";
import { currentPhase } from "../format";
import { toPage } from "../links";
import { PAGES, type Page } from "../pages";
import { linkTo, type Place } from "../router";
import { callBySlug } from "../slugs";
import { entitle } from "../titles";
import { t } from "../words/words";
import { ABOUT_DATA } from "./competition/about-data";
import { header } from "./competition/header";
import { LightElement } from "./light";
import { managed } from "./manage/frame";
import { Outlet } from "./outlet";
import { chip, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { tabs } from "./tabs";
import { beginning, ending } from "./when";

const ROOT = "/c/:competition";
const MANAGE = `${ROOT}/manage`;

/** The frame of a competition's pages: its header, phases and tabs, which stay, and the page of the address below them. */
@customElement("agon-competition")
export class AgonCompetition extends LightElement {
  @property({ attribute: false }) place!: Place;
  private readonly outlet = new Outlet(this);
  /** Whose page is shown. */
  private of = "";
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}", { params: { path: { competition: this.readBy() } } }),
  );
  /** The name that it was read by: that its address is put right has nothing read anew. */
  private by = "";

  protected override render(): TemplateResult {
    const { value: competition, problem } = this.read;
    const { page } = this.place;
    entitle(page && this.titleOf(page, competition), competition?.title ?? problem?.title ?? t("pages.competition"));
    if (!competition)
      return problem
        ? trouble(problem, this.read.reload)
        : loading(t("pages.this"), sketch.lead, sketch.facts(3), sketch.tabs, sketch.prose(6));
    const phase = this.phaseOf(competition);
    return html`
      ${header(competition, this.name, this.place.path)} ${this.tabs(competition, phase)} ${this.phases(competition, phase)}
      ${this.content(competition, phase)}
    `;
  }

  protected override updated(): void {
    const { value: competition } = this.read;
    if (competition) callBySlug(this.place, competition);
  }

  private readBy(): string {
    const { value } = this.read;
    if (!value || (this.name !== value.id && this.name !== value.slug)) this.by = this.name;
    return this.by;
  }

  /** The competition as the address names it. */
  private get name(): string {
    return this.place.params.competition ?? "";
  }

  private get chosenPhase(): string | null {
    return this.place.query.get("phase");
  }

  private phaseOf({ phases }: Competition): Phase | undefined {
    return phases.find(({ id }) => id === this.chosenPhase) ?? currentPhase(phases);
  }

  private titleOf(page: Page, competition: Competition | undefined): string | undefined {
    const { index } = this.place.params;
    return index === undefined ? t(page.title) : competition?.pages.find((one) => String(one.index) === index)?.title;
  }

  private link(page: Page, phase: string | null): string {
    return linkTo(page, { competition: this.name }, { phase });
  }

  /** On a tab that shows a phase, the way to the same tab of another one. */
  private phases(competition: Competition, shown: Phase | undefined): TemplateResult | typeof nothing {
    const { page: here } = this.place;
    if (!here?.ofPhase || competition.phases.length < 2) return nothing;
    return html`<nav aria-label=${t("deadlines.phases")}>
      <ol class="phases">
        ${competition.phases.map(
          (phase) => html`<li>
            <a href=${this.link(here, phase.id)} aria-current=${phase === shown ? "true" : "false"}>
              <span class="phase-top"><b>${phase.name}</b> ${chip(phase.state)}</span>
              <span class="soft">${beginning(phase)}</span>
              <span class="soft">${ending(phase)}</span>
            </a>
          </li>`,
        )}
      </ol>
    </nav>`;
  }

  private content(competition: Competition, phase: Phase | undefined): unknown {
    const { page } = this.place;
    if (!page) return nothing;
    // What was chosen or looked at in one competition would be done in another.
    if (this.of !== competition.id) this.outlet.clear();
    this.of = competition.id;
    const shown = this.outlet.show(page, { place: this.place, competition, phase, changed: this.read.reload });
    if (!isOfManage(page)) return shown;
    const among = tabsOf(competition, phase).filter(isOfManage);
    return managed(among, page, (one) => this.tab(one, among, phase), shown);
  }

  private tabs(competition: Competition, phase: Phase | undefined): TemplateResult {
    const shown = tabsOf(competition, phase);
    const [organizing, open] = [shown.filter(isOfManage), shown.filter((page) => !isOfManage(page))];
    const isManaging = this.place.page !== null && isOfManage(this.place.page);
    const [first] = organizing;
    return tabs(
      t("pages.competition"),
      html`${open.map((page) => this.tab(page, open, phase))}
        ${competition.pages
          .slice(1)
          .filter(({ title }) => !ABOUT_DATA.test(title))
          .map(({ index, title }) => {
            const isHere = this.place.params.index === String(index);
            return html`<a href=${toPage(this.name, index)} aria-current=${isHere ? "page" : "false"}>${title}</a>`;
          })}
        ${
          competition.my_status === "organizer" && first
            ? html`<a href=${this.link(first, this.phaseFor(first, phase))} aria-current=${isManaging ? "page" : "false"}>${t("pages.manage")}</a>`
            : nothing
        }`,
    );
  }

  /** Only what stands in this frame knows by itself which phase counts now. */
  private phaseFor({ ofPhase, within }: Page, shown: Phase | undefined): string | null {
    return ofPhase ? (this.chosenPhase ?? (within ? null : (shown?.id ?? null))) : null;
  }

  private tab(page: Page, among: readonly Page[], shown: Phase | undefined): TemplateResult {
    const here = this.place.page?.at ?? "";
    // A page without a tab of its own belongs to the tab whose address its own begins with: a thread to the discussion.
    const nearest = among
      .filter(({ at }) => at === here || (at !== ROOT && at !== MANAGE && here.startsWith(`${at}/`)))
      .sort((a, b) => b.at.length - a.at.length)[0];
    return html`<a href=${this.link(page, this.phaseFor(page, shown))} aria-current=${page === nearest ? "page" : "false"}>${t(page.title)}</a>`;
  }
}

/** The pages of a competition that there is a way to. */
function tabsOf(competition: Competition, phase: Phase | undefined): Page[] {
  return PAGES.filter((page) => page.at.startsWith(ROOT) && page.tab?.(competition, phase));
}

function isOfManage({ at }: Page): boolean {
  return at === MANAGE || at.startsWith(`${MANAGE}/`);
}
