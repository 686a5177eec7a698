import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { current } from "../../api/session";
import type { Phase, Sponsor } from "../../api/shapes";
import type { Submitted } from "../../forms/form";
import { size } from "../../format";
import { listed } from "../../plain-files";
import { duration } from "../../submitting";
import { timeline, type Bar } from "../../timeline";
import { t } from "../../words/words";
import { closing, freezing, opening } from "../decisive";
import { announcement } from "../news/announcement";
import { TabElement } from "../page-element";
import { chip } from "../states";
import "../page";

const LANE = 14;

/** What one reads first: the phases on a line of time, what is new, the rules at a glance, and the organizer's first page. */
@customElement("agon-overview")
export class AgonOverview extends TabElement {
  private readonly news = new Resource(this, () =>
    reading("/v1/competitions/{competition}/announcements", { params: { path: { competition: this.competition.id } } }),
  );

  protected override render(): TemplateResult {
    return html`${this.phases()} ${this.announced()}
      <div class="overview">
        <aside aria-labelledby="glance-title">${this.glance()}</aside>
        <agon-page .place=${this.place} .competition=${this.competition} .phase=${this.phase}></agon-page>
      </div>
      ${this.reporting()}`;
  }

  /** For who has an account and does not run it. */
  private reporting(): TemplateResult | typeof nothing {
    if (!current() || this.competition.my_status === "organizer") return nothing;
    const params = { path: { competition: this.competition.id } };
    const send = ({ detail: { body, until } }: Submitted<"site_reports_report">): void =>
      until(ask("post", "/v1/competitions/{competition}/reports", { params, body }));
    return html`<details class="reporting" @toggle=${() => void import("../../forms/form")}>
      <summary>${t("overview.report")}</summary>
      <p class="soft">${t("overview.about_report")}</p>
      <agon-form operation="site_reports_report" .name=${this.competition.id} .action=${t("forum.report_it")}
        .changes=${{ about: { label: t("overview.report_about") }, reason: { label: t("forum.why"), hint: "" } }} @submit=${send}></agon-form>
    </details>`;
  }

  private phases(): TemplateResult | typeof nothing {
    const { phases } = this.competition;
    if (phases.length === 0) return nothing;
    return html`<section class="timeline" aria-labelledby="phases-title">
      <h2 id="phases-title" class="visually-hidden">${t("deadlines.phases")}</h2>
      ${picture(phases)}
      <ol>${phases.map((phase) => this.phaseOf(phase))}</ol>
    </section>`;
  }

  /** The newest word of the organizers, and those before it for who wants them. */
  private announced(): TemplateResult | typeof nothing {
    const [newest, ...earlier] = this.news.value?.announcements ?? [];
    if (!newest) return nothing;
    return html`<section class="part" aria-labelledby="news-title">
      <h2 id="news-title">${t("announcements.title")}</h2>
      ${announcement(newest)}
      ${
        earlier.length
          ? html`<details class="more"><summary>${t("announcements.earlier", { count: earlier.length })}</summary>${earlier.map((one) => announcement(one))}</details>`
          : nothing
      }
    </section>`;
  }

  private phaseOf({ name, description, state, starts_at, ends_at, freezes_at: freezes }: Phase): TemplateResult {
    return html`<li class=${state}>
      <p class="phase-top"><b>${name}</b> ${chip(state)}</p>
      <p class="soft">${state === "upcoming" ? html`${opening(starts_at)}<br />` : nothing}${closing(ends_at)}${freezes && state !== "closed" ? html`<br />${freezing(freezes)}` : nothing}</p>
      ${description ? html`<p>${description}</p>` : nothing}
    </li>`;
  }

  private glance(): TemplateResult {
    const {
      reward,
      contact,
      docker_image: image,
      registration_auto_approve: atOnce,
      tags,
      sponsors = [],
    } = this.competition;
    const { phase } = this;
    return html`<h2 id="glance-title">${t("overview.glance")}</h2>
      <dl class="glance">
        ${fact(t("overview.prize"), reward)} ${phase ? fact(t("overview.submissions"), limits(phase)) : nothing}
        ${phase ? fact(t("overview.handed"), handed(phase)) : nothing}
        ${fact(t("overview.size"), this.competition.max_submission_bytes ? size(this.competition.max_submission_bytes) : null)}
        ${phase ? fact(t("overview.time"), duration(phase.execution_time_limit_seconds)) : nothing}
        ${fact(t("overview.image"), image && html`<code>${image}</code>`)} ${fact(t("overview.teams"), this.teams())}
        ${fact(t("overview.merging"), this.merging())}
        ${fact(t("overview.admission"), atOnce ? t("overview.atOnce") : t("overview.decided"))}
        ${phase?.licence_at_end ? fact(t("overview.code"), t("overview.licence", { licence: phase.licence_at_end })) : nothing}
        ${phase?.final_selection ? fact(t("overview.selection"), t("overview.choose", { most: phase.final_selection })) : nothing}
        ${phase?.keeps_best_and_last_only ? fact(t("overview.kept"), t("overview.best")) : nothing}
        ${fact(t("overview.days"), this.competition.timezone)}
        ${fact(t("overview.contact"), contact && html`<a href="mailto:${contact}">${contact}</a>`)}
        ${fact(t("overview.tags"), tags.join(", "))}
        ${fact(t("overview.sponsors", { count: sponsors.length }), sponsors.length > 0 && html`<ul class="sponsors">${sponsors.map(sponsor)}</ul>`)}
      </dl>`;
  }

  private teams(): string {
    const { teams, max_team_members: most } = this.competition;
    if (!teams) return t("overview.alone");
    return most ? t("overview.members", { count: most }) : t("overview.allowed");
  }

  private merging(): unknown {
    const { teams, team_merges: rule, team_merge_deadline: until } = this.competition;
    if (!teams) return "";
    if (rule === "never") return t("overview.merging_never");
    return until ? closing(until) : t("overview.merging_always");
  }
}

function fact(term: string, said: unknown): TemplateResult | typeof nothing {
  return said ? html`<div><dt>${term}</dt><dd>${said}</dd></div>` : nothing;
}

/** Whom its organizers name, and where they say that leads: to an address of the web, or nowhere. */
function sponsor({ name, url }: Sponsor): TemplateResult {
  const isSafe = url !== null && /^https?:\/\//i.test(url);
  return html`<li>${isSafe ? html`<a href=${url} rel="sponsored nofollow noopener noreferrer">${name} <span aria-hidden="true">↗</span></a>` : name}</li>`;
}

function handed({ results_only: isResults, submission_extensions: extensions = [] }: Phase): string {
  if (extensions.length > 0) return t("overview.plain", { extensions: listed(extensions) });
  return isResults ? t("overview.results") : t("overview.zip");
}

function limits({ max_submissions_per_day: day, max_submissions: all }: Phase): string {
  const said = [day ? t("overview.perDay", { count: day }) : "", all ? t("overview.inAll", { count: all }) : ""];
  return said.filter(Boolean).join(", ") || t("overview.unlimited");
}

/** The bars, and a mark where now is. What they say stands in words below. */
function picture(phases: readonly Phase[]): TemplateResult {
  const { bars, lanes, now } = timeline(phases, new Date());
  const height = lanes * LANE + 8;
  return html`<svg class="timeline-picture" height=${height} role="img" aria-label=${t("deadlines.timeline")}>
    ${bars.map(bar)}
    ${svg`<line class="now" x1=${percent(now)} x2=${percent(now)} y1="0" y2=${height}><title>${t("deadlines.now")}</title></line>`}
  </svg>`;
}

function bar({ start, end, lane, state, isEndless }: Bar): SVGTemplateResult {
  return svg`<rect class="${state} ${isEndless ? "endless" : ""}" x=${percent(start)} width=${percent(end - start - 0.004)} y=${lane * LANE + 6} height=${LANE - 4} rx="4"></rect>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
