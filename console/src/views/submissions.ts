import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Submission, Submissions } from "../api/shapes";
import { boardOf, scored, scoresOf } from "../board-of";
import { instant, moment } from "../format";
import { toOwnSubmissions, toSubmission, toSubmissions } from "../links";
import { CHIPS, isFinal, pauseSeconds } from "../submitting";
import { t } from "../words/words";
import { Doing } from "./manage/doing";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty, loading, trouble } from "./states";
import "./submit/submit";

type Selection = NonNullable<Submissions["selection"]>;

export function statusChip(status: Submission["status"]): TemplateResult {
  return html`<span class="chip ${CHIPS[status]}">${t(`run.${status}`)}</span>`;
}

/** What one has handed in to a phase, for organizers what everybody has, and the form that hands in more. */
@customElement("agon-submissions")
export class AgonSubmissions extends TabElement {
  /** Why the last choice came to nothing, and the submission that is being chosen. */
  @state() private refusal?: Problem;
  @state() private choosing?: string;
  private seen = "";
  private changedAt = Date.now();
  private readonly doing = new Doing(this);
  private readonly read = new Resource(
    this,
    () => {
      if (!this.phase) return undefined;
      const query = { everyone: this.everyone ? ("true" as const) : undefined, cursor: this.cursor ?? undefined };
      return reading("/v1/phases/{phase}/submissions", { params: { path: { phase: this.phase.id }, query } });
    },
    (): number | undefined => this.pause(),
  );

  private get everyone(): boolean {
    return this.query("everyone") === "true";
  }

  private get cursor(): string | null {
    return this.query("cursor");
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty(t("board.no_phases"), t("submissions.no_phase_hint"));
    return html`
      ${
        this.phase.state === "open"
          ? html`<agon-submit .competition=${this.competition} .phase=${this.phase} .taken=${this.onTaken}></agon-submit>`
          : html`<p class="board-notice">${this.phase.state === "upcoming" ? t("submissions.upcoming") : t("submissions.over")}</p>`
      }
      ${this.list()}
    `;
  }

  /** Looked at again while something goes on. */
  private pause(): number | undefined {
    const list = this.read.value?.submissions ?? [];
    const seen = list.map(({ id, status, attempt }) => `${id} ${status} ${attempt}`).join();
    if (seen !== this.seen) this.changedAt = Date.now();
    this.seen = seen;
    return list.every(({ status }) => isFinal(status)) && !this.read.problem?.isWorthRetrying
      ? undefined
      : pauseSeconds(Date.now() - this.changedAt);
  }

  private readonly onTaken = (): void => {
    this.changedAt = Date.now();
    this.read.reload();
  };

  private list(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found) return problem ? trouble(problem, this.read.reload, 2) : loading(t("submissions.it"));
    return html`<section class="board submissions" aria-labelledby="submissions-title">
      <header>
        <div><h2 id="submissions-title">${this.everyone ? t("submissions.everybody") : t("submissions.yours")}</h2><p class="soft">${this.phase?.name}</p></div>
        ${this.everyone ? nothing : html`<a href=${toOwnSubmissions(this.name)}>${t("compare.everywhere")}</a>`} ${this.choice()}
      </header>
      ${problem ? html`<p class="fresh stale" role="status">${t("board.stale", { why: problem.detail })}</p>` : nothing}
      ${
        found.submissions.length === 0 && !this.cursor
          ? empty(t("submissions.none"), this.everyone ? t("submissions.none_everybody") : t("submissions.none_yours"))
          : html`${this.selection(found)} ${this.table(found)}`
      }
      ${this.pager(found.next)} ${this.elsewhere()}
    </section>`;
  }

  /** Where submissions came from another site: who made some there has them here, once they ask. */
  private elsewhere(): TemplateResult | typeof nothing {
    if (!this.competition.brought || this.competition.my_status !== "approved" || this.everyone) return nothing;
    return html`<section class="panel" aria-labelledby="elsewhere-title">
      <h3 id="elsewhere-title">${t("submissions.elsewhere")}</h3>
      <p>${t("submissions.about_elsewhere")}</p>
      <p class="actions">${this.doing.button(t("submissions.collect"), this.collect)}</p>
      ${this.doing.outcome()}
    </section>`;
  }

  private readonly collect = (): void => {
    void this.doing.act(async () => {
      const params = { path: { competition: this.competition.id } };
      const { submissions } = await ask("post", "/v1/competitions/{competition}/collect", { params });
      this.onTaken();
      return submissions ? t("submissions.collected", { count: submissions }) : t("submissions.nothing_elsewhere");
    });
  };

  private choice(): TemplateResult | typeof nothing {
    if (this.competition.my_status !== "organizer") return nothing;
    const to = (everyone: boolean): string => toSubmissions(this.name, this.query("phase"), everyone);
    return html`<nav class="order" aria-label=${t("submissions.whose")}>
      ${(
        [
          [false, t("submissions.of_you")],
          [true, t("submissions.of_everybody")],
        ] as const
      ).map(
        ([everyone, words]) =>
          html`<a href=${to(everyone)} aria-current=${everyone === this.everyone ? "true" : "false"}>${words}</a>`,
      )}
    </nav>`;
  }

  /** What one has chosen, until when, and what comes of it. */
  private selection({ selection }: Submissions): TemplateResult | typeof nothing {
    if (!selection) return nothing;
    const { most, chosen, closes_at } = selection;
    const said = t("submissions.chosen", { chosen: chosen.length, most });
    const words = this.isOver
      ? t("submissions.chosen_over", { chosen: said })
      : [
          t("submissions.chosen_until", { chosen: said, instant: closes_at ? instant(closes_at) : "–" }),
          t(chosen.length === 0 ? "submissions.chosen_none" : "submissions.chosen_best"),
          chosen.length > most ? t("submissions.chosen_many", { most }) : "",
        ].join(" ");
    return html`<p class="board-notice" role="status">${words}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}`;
  }

  private get isOver(): boolean {
    return this.phase?.state === "closed";
  }

  private chooser(one: Submission, { most, chosen }: Selection): TemplateResult {
    const isFull = chosen.length >= most && !one.chosen;
    const isOut = one.status !== "Finished" || one.removed_at !== null;
    const is = (isOut && !one.chosen) || isFull || this.isOver || this.choosing !== undefined;
    const name = t("submissions.choose", { name: one.name || t("compare.unnamed") });
    return html`<td class="choice-cell"><label class="check"><input type="checkbox" .checked=${one.chosen === true} ?disabled=${is} @change=${(event: Event) => void this.choose(one, event)} /><span class="visually-hidden">${name}</span><span class="cell-label">${t("submissions.counts")}</span></label></td>`;
  }

  private async choose({ id, chosen }: Submission, event: Event): Promise<void> {
    const [box, params] = [event.target as HTMLInputElement, { path: { submission: id } }];
    this.choosing = id;
    this.refusal = undefined;
    try {
      if (chosen) await ask("delete", "/v1/submissions/{submission}/selection", { params });
      else await ask("post", "/v1/submissions/{submission}/selection", { params });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      box.checked = chosen === true;
      this.refusal = error;
    }
    this.choosing = undefined;
    this.read.reload();
  }

  private table({ submissions: list, selection }: Submissions): TemplateResult {
    const all = boardOf(this.competition, this.phase)?.columns ?? [];
    const columns = scoresOf(all)
      .filter(({ task }) => task === null)
      .slice(0, 3);
    return html`<div class="table-frame" tabindex="0" role="group" aria-label=${t("pages.submissions")}><table>
      <thead><tr>
        ${selection ? html`<th scope="col" class="choice-cell">${t("submissions.counts")}</th>` : nothing}<th scope="col">${t("submissions.submission")}</th>${this.everyone ? html`<th scope="col">${t("submissions.by")}</th>` : nothing}<th scope="col">${t("submissions.status")}</th>
        ${columns.map(({ title, primary }) => html`<th scope="col" class="score-cell ${primary ? "primary" : ""}">${title}</th>`)}
        <th scope="col" class="time-cell">${t("submissions.submitted")}</th>
      </tr></thead>
      <tbody>${list.map(
        (one) => html`<tr>
        ${selection ? this.chooser(one, selection) : nothing}
        <th scope="row" class="name-cell"><a href=${toSubmission(one.id)}>${one.name || t("compare.unnamed")}<span class="visually-hidden">${t("submissions.at", { moment: moment(one.created_at, new Date()) })}</span></a></th>
        ${this.everyone ? html`<td>${one.team ?? one.participant}</td>` : nothing}
        <td class="status-cell">${statusChip(one.status)}${one.status === "Failed" && one.reason ? html`<small class="why">${one.reason}</small>` : nothing}${one.removed_at ? html` <span class="mark-word">${t("submissions.withdrawn")}</span>` : nothing}${one.public ? html` <span class="mark-word">${t("submissions.shared")}</span>` : nothing}${this.everyone && one.chosen ? html` <span class="mark-word">${t("submissions.is_chosen")}</span>` : nothing}</td>
        ${columns.map((column) => html`<td class="score-cell ${column.primary ? "primary" : ""}"><span class="cell-label">${column.title}</span><span>${scored(one.scores, column, all) ?? "–"}</span></td>`)}
        <td class="time-cell"><span class="cell-label">${t("submissions.submitted")}</span>${when(one.created_at)}</td>
      </tr>`,
      )}</tbody>
    </table></div>`;
  }

  private pager(next: string | null): TemplateResult | typeof nothing {
    if (!next && !this.cursor) return nothing;
    const to = (cursor: string | null): string => toSubmissions(this.name, this.query("phase"), this.everyone, cursor);
    return html`<nav class="pager" aria-label=${t("submissions.pages")}>
      ${this.cursor ? html`<a href=${to(null)} rel="first">${t("submissions.first")}</a>` : html`<span></span>`}
      ${next ? html`<a href=${to(next)} rel="next">${t("submissions.older")}</a>` : html`<span></span>`}
    </nav>`;
  }
}
