import { html, nothing, svg, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import { readingBoard } from "../../api/packed";
import { Problem } from "../../api/problem";
import { Resource } from "../../api/resource";
import type { Submission } from "../../api/shapes";
import { score } from "../../format";
import { toAllSubmissions } from "../../links";
import { number, t } from "../../words/words";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";
import { distribution, failures, perDay, scoresOf, waiting, type Bar } from "./figures";

/** Of the newest submissions so many pages are counted: figures cost a bounded number of calls. */
const MOST_PAGES = 10;
const [WIDTH, HEIGHT] = [600, 120];

interface Counted {
  phase: string;
  submissions: readonly Submission[];
  isAll: boolean;
  /** How many runners serve what waits longest; undefined where nothing waits. */
  runners?: number;
}

/** How a phase goes: what is submitted, how it scores, what fails and whose fault that is, and what waits for a runner. */
@customElement("agon-dashboard")
export class AgonDashboard extends TabElement {
  @state() private counted?: Counted;
  @state() private problem?: Problem;
  private asked = "";
  private readonly board = new Resource(this, () => this.phase && readingBoard(this.phase.id));

  protected override willUpdate(): void {
    const phase = this.phase?.id ?? "";
    if (phase === this.asked) return;
    this.asked = phase;
    this.counted = this.problem = undefined;
    if (phase) void this.count(phase);
  }

  private async count(phase: string): Promise<void> {
    try {
      const submissions: Submission[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES && (page === 0 || cursor); page++) {
        const params = { path: { phase }, query: { everyone: "true" as const, cursor } };
        const found = await ask("get", "/v1/phases/{phase}/submissions", { params });
        submissions.push(...found.submissions);
        cursor = found.next ?? undefined;
      }
      const runners = await runnersOf(waiting(submissions).at(-1));
      if (phase === this.asked) this.counted = { phase, submissions, isAll: cursor === undefined, runners };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (phase === this.asked) this.problem = error;
    }
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty(t("all.no_phase"), t("all.about_no_phase"));
    const { counted, problem } = this;
    if (problem) return trouble(problem, () => void this.count(this.asked), 2);
    return html`<h2>${t("dashboard.title")}</h2>
      <p class="soft manage-lead">${t("dashboard.about", { phase: this.phase.name })}</p>
      ${counted ? this.figures(counted) : loading(t("dashboard.title"), sketch.facts(5), sketch.title, sketch.picture)}`;
  }

  private figures({ submissions, isAll, runners }: Counted): TemplateResult {
    if (submissions.length === 0) return empty(t("all.none"), t("all.about_none"));
    const failed = failures(submissions);
    const [inLine, faults] = [waiting(submissions).length, failed.reduce((sum, { count }) => sum + count, 0)];
    return html`<dl class="facts figures">
        ${figure(t("dashboard.submissions"), isAll ? number(submissions.length) : t("dashboard.at_least", { number: submissions.length }))}
        ${figure(t("dashboard.participants"), number(new Set(submissions.map(({ participant, team }) => team ?? participant)).size))}
        ${figure(t("dashboard.failed"), number(faults))} ${figure(t("dashboard.waiting"), number(inLine))}
        ${runners === undefined ? nothing : figure(t("dashboard.runners"), number(runners))}
      </dl>
      ${isAll ? nothing : html`<p class="soft">${t("dashboard.newest", { count: submissions.length })}</p>`}
      ${runners === 0 ? html`<p class="form-problem" role="alert">${t("dashboard.no_runner")}</p>` : nothing}
      ${chart(t("dashboard.days"), perDay(submissions))} ${this.scores()}
      <section class="manage-part" aria-labelledby="failures-title">
        <h3 id="failures-title">${t("dashboard.failures")}</h3>
        ${
          failed.length === 0
            ? html`<p class="soft">${t("dashboard.no_failures")}</p>`
            : html`<ul class="causes">${failed.slice(0, 12).map(({ fault, reason, count }) => html`<li><b>${number(count)}</b> <span>${reason || t("dashboard.no_reason")} <span class="soft">${fault ? t(`all.fault_${fault}`) : ""}</span></span></li>`)}</ul>`
        }
        <p><a href=${toAllSubmissions(this.name, this.phase?.id ?? null)}>${t("dashboard.see_all")}</a></p>
      </section>`;
  }

  private scores(): TemplateResult {
    const found = this.board.value;
    const column = found?.columns.find(({ primary }) => primary) ?? found?.columns[0];
    if (!found || !column) return html``;
    const label = (from: number, to: number): string =>
      `${score(from, column.precision) ?? ""} – ${score(to, column.precision) ?? ""}`;
    const title =
      found.pages > 1
        ? t("dashboard.scores_of_first", { column: column.title, count: found.rows.length })
        : t("dashboard.scores", { column: column.title });
    return chart(title, distribution(scoresOf(found.rows, column.key), label));
  }
}

/** How many runners are there for what waits: as its own answer says. */
async function runnersOf(submission: Submission | undefined): Promise<number | undefined> {
  if (!submission) return undefined;
  const { queue } = await ask("get", "/v1/submissions/{submission}", { params: { path: { submission: submission.id } } });
  return queue?.runners_alive;
}

function figure(title: string, value: string): TemplateResult {
  return html`<div><dt>${title}</dt><dd>${value}</dd></div>`;
}

/** Bars beside each other, and for who does not see them the same as a table. */
function chart(title: string, bars: readonly Bar[]): TemplateResult {
  if (bars.length === 0) return html``;
  const most = Math.max(...bars.map(({ count }) => count));
  const step = WIDTH / bars.length;
  const [first, last] = [bars[0], bars.at(-1)];
  return html`<section class="manage-part bars">
    <h3>${title}</h3>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      ${bars.map(({ label, count }, at) => {
        const height = most > 0 ? (count / most) * (HEIGHT - 4) : 0;
        return svg`<rect x=${at * step + step * 0.1} y=${HEIGHT - height} width=${step * 0.8} height=${height}><title>${label}: ${count}</title></rect>`;
      })}
    </svg>
    <p class="bars-foot soft"><span>${first?.label}</span><span>${t("dashboard.most", { count: most })}</span><span>${bars.length > 1 ? last?.label : ""}</span></p>
    <details><summary>${t("dashboard.as_table")}</summary>
      <table><thead><tr><th scope="col">${title}</th><th scope="col">${t("dashboard.count")}</th></tr></thead>
        <tbody>${bars.map(({ label, count }) => html`<tr><th scope="row">${label}</th><td>${number(count)}</td></tr>`)}</tbody></table>
    </details>
  </section>`;
}
