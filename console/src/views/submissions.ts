import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Submission, Submissions } from "../api/shapes";
import { boardOf, scored, scoresOf } from "../board-of";
import { moment } from "../format";
import { toOwnSubmissions, toSubmission, toSubmissions } from "../links";
import type { Column } from "../table/columns";
import "../table/table";
import { CHIPS, isFinal, pauseSeconds } from "../submitting";
import { rich, t } from "../words/words";
import { Doing } from "./manage/doing";
import { remaining } from "./decisive";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty } from "./states";
import "./submit/submit";

/** More calls than this are not made for one list. */
const MOST_PAGES = 200;

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
  /** Behind the newest page: what was read, where that goes on (undefined: nothing was), and why it could not. */
  @state() private older: readonly Submission[] = [];
  @state() private further?: string | null;
  @state() private refused?: Problem;
  private isReading = false;
  /** The newest page as it was. */
  private newest: readonly Submission[] = [];
  /** Whose submissions to which phase these are. */
  private of = "";
  private seen = "";
  private changedAt = Date.now();
  private readonly doing = new Doing(this);
  private readonly read = new Resource(
    this,
    () => {
      if (!this.phase) return undefined;
      const query = { everyone: this.everyone ? ("true" as const) : undefined, cursor: this.query("cursor") ?? undefined };
      return reading("/v1/phases/{phase}/submissions", { params: { path: { phase: this.phase.id }, query } });
    },
    (): number | undefined => this.pause(),
  );

  private get everyone(): boolean {
    return this.query("everyone") === "true";
  }

  protected override willUpdate(): void {
    const { value } = this.read;
    const of = `${this.phase?.id} ${this.everyone} ${this.query("cursor")}`;
    if (of !== this.of)
      [this.of, this.older, this.further, this.refused, this.isReading, this.newest] = [
        of,
        [],
        undefined,
        undefined,
        false,
        [],
      ];
    // What newer ones drove from the first page stays in the list.
    if (value && this.further !== undefined && this.newest !== value.submissions) {
      const here = new Set(this.older.map(({ id }) => id));
      this.older = [...this.newest.filter(({ id }) => !here.has(id)), ...this.older];
    }
    this.newest = value?.submissions ?? [];
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
    const title = t("submissions.none");
    const text = this.everyone ? t("submissions.none_everybody") : t("submissions.none_yours");
    return html`<section class="board submissions" aria-labelledby="submissions-title">
      <header>
        <div><h2 id="submissions-title">${this.everyone ? t("submissions.everybody") : t("submissions.yours")}</h2><p class="soft">${this.phase?.name}</p></div>
        ${this.everyone ? nothing : html`<a href=${toOwnSubmissions(this.name)}>${t("compare.everywhere")}</a>`} ${this.choice()}
      </header>
      ${found ? this.selection(found) : nothing}
      <agon-table .name=${t("pages.submissions")} .rows=${found && this.rows(found)} .total=${this.following === null ? undefined : Infinity} .problem=${problem ?? this.refused}
        .again=${this.read.reload} .keyOf=${({ id }: Submission) => id} .columns=${this.columns(found?.selection ?? null)} .empty=${empty(title, text)} @more=${this.more} @all=${this.all}></agon-table>
      ${this.elsewhere()}
    </section>`;
  }

  /** Those of the newest page, which is read again and again, and older ones that were asked for. */
  private rows({ submissions }: Submissions): readonly Submission[] {
    const last = submissions.at(-1)?.id ?? "";
    return [...submissions, ...this.older.filter(({ id }) => id < last)];
  }

  /** Where the list goes on behind what is here; null: nowhere. */
  private get following(): string | null {
    return this.further === undefined ? (this.read.value?.next ?? null) : this.further;
  }

  private readonly more = (): void => void this.readOn(1);
  private readonly all = (): void => void this.readOn(MOST_PAGES);

  private async readOn(pages: number): Promise<void> {
    const of = this.of;
    if (this.isReading || !this.phase) return;
    this.isReading = true;
    try {
      for (let page = 0; page < pages && this.following !== null && of === this.of; page += 1) {
        const query = { everyone: this.everyone ? ("true" as const) : undefined, cursor: this.following };
        const params = { path: { phase: this.phase.id }, query };
        const { submissions, next } = await ask("get", "/v1/phases/{phase}/submissions", { params });
        if (of !== this.of) return;
        [this.older, this.further, this.refused] = [[...this.older, ...submissions], next, undefined];
      }
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refused = error;
    } finally {
      if (of === this.of) this.isReading = false;
    }
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
      : html`${rich("submissions.chosen_until", { chosen: said, left: closes_at ? remaining(closes_at) : "–" })}
        ${t(chosen.length === 0 ? "submissions.chosen_none" : "submissions.chosen_best")}
        ${chosen.length > most ? t("submissions.chosen_many", { most }) : nothing}`;
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
    return html`<label class="check"><input type="checkbox" .checked=${one.chosen === true} ?disabled=${is} @change=${(event: Event) => void this.choose(one, event)} /><span class="visually-hidden">${name}</span></label>`;
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

  private columns(selection: Selection | null): Column<Submission>[] {
    const all = boardOf(this.competition, this.phase)?.columns ?? [];
    const scores = scoresOf(all).filter(({ task }) => task === null);
    const found: (Column<Submission> | false)[] = [
      selection !== null && { key: "counts", title: t("submissions.counts"), class: "choice-cell", sorts: false, value: ({ chosen }) => (chosen ? t("submissions.is_chosen") : ""), cell: (one) => this.chooser(one, selection) },
      { key: "name", title: t("submissions.submission"), kind: "heading", class: "name-cell", value: nameOf, cell: (one) => html`<a href=${toSubmission(one.id)}>${nameOf(one)}<span class="visually-hidden">${t("submissions.at", { moment: moment(one.created_at, new Date()) })}</span></a>` },
      this.everyone && { key: "by", title: t("submissions.by"), filters: true, value: ({ team, participant }) => team ?? participant },
      { key: "status", title: t("submissions.status"), class: "status-cell", filters: true, value: ({ status }) => t(`run.${status}`), cell: (one) => this.status(one) },
      ...scores.map((column, at): Column<Submission> => ({ key: `score-${column.key}`, title: column.title, kind: "number", class: `score-cell ${column.primary ? "primary" : ""}`, sorts: column.sorting, isExtra: at > 2, value: (one) => one.scores[column.key], cell: (one) => html`<span>${scored(one.scores, column, all) ?? "–"}</span>` })),
      { key: "at", title: t("submissions.submitted"), class: "time-cell", sorts: "desc", value: ({ created_at: at }) => at, cell: ({ created_at: at }) => when(at) },
    ]; // prettier-ignore
    return found.filter((column) => column !== false);
  }

  private status(one: Submission): TemplateResult {
    const marks = [
      one.removed_at && t("submissions.withdrawn"),
      one.public && t("submissions.shared"),
      this.everyone && one.chosen && t("submissions.is_chosen"),
    ].filter(Boolean);
    return html`${statusChip(one.status)}${one.status === "Failed" && one.reason ? html`<small class="why">${one.reason}</small>` : nothing}${marks.map((mark) => html` <span class="mark-word">${mark}</span>`)}`;
  }
}

function nameOf({ name }: Submission): string {
  return name || t("compare.unnamed");
}
