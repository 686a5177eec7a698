import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import { current } from "../api/session";
import type { Submission } from "../api/shapes";
import { score, size } from "../format";
import { cause } from "../log";
import { toSubmission, toSubmissions } from "../links";
import { entitle } from "../titles";
import { duration, isFinal, pauseSeconds } from "../submitting";
import type { Column } from "../table/columns";
import "../table/table";
import { PageElement } from "./page-element";
import { loading, trouble } from "./states";
import * as sketch from "./sketch";
import { t } from "../words/words";
import { statusChip } from "./submissions";
import { when } from "./when";
import { titleOf } from "./outcome";
import { steps } from "./submission/steps";
import "./submission/inline";
import "./submission/scores";
import "./saying";

/** What there is no way back from, and is asked about once more. */
const GRAVE = ["cancel", "delete", "withdraw"] as const;
type Grave = (typeof GRAVE)[number];
type Deed = Grave | "start" | "rerun" | "restore" | "put" | "take_off" | "choose" | "choose_no_more";

/** A submission: what becomes of it, and what can be done with it. */
@customElement("agon-submission")
export class AgonSubmission extends PageElement {
  @state() private refusal?: Problem;
  @state() private told = "";
  @state() private isBusy = false;
  /** The deed that waits for its second click. */
  @state() private asked?: Deed;
  @state() private logs: Readonly<Record<string, string>> = {};
  private seen = "";
  private changedAt = Date.now();
  private readonly read = new Resource(
    this,
    () => reading("/v1/submissions/{submission}", this.which),
    (): number | undefined => this.pause(),
  );
  private readonly competition = new Resource(this, () => {
    const competition = this.read.value?.competition;
    return competition ? reading("/v1/competitions/{competition}", { params: { path: { competition } } }) : undefined;
  });
  private readonly boards = new Resource(this, () => {
    const phase = this.read.value?.phase;
    return phase ? reading("/v1/phases/{phase}/leaderboards", { params: { path: { phase } } }) : undefined;
  });

  protected override render(): TemplateResult {
    const { value: submission, problem } = this.read;
    entitle(submission?.name || t("pages.submission"), this.competition.value?.title);
    if (!submission)
      return problem
        ? trouble(problem, this.read.reload)
        : loading(t("run.it"), sketch.lead, sketch.facts(6), sketch.title, sketch.facts(2), sketch.title, sketch.picture);
    const name = submission.name || t("compare.unnamed");
    return html`
      <p class="crumb"><a href=${toSubmissions(this.competition.value?.slug ?? submission.competition, submission.phase)}>${t("run.back")}</a></p>
      <header class="lead"><h1>${name}</h1><p>${this.where(submission)}</p></header>
      <dl class="facts">
        <div><dt>${t("run.status")}</dt><dd aria-live="polite">${statusChip(submission.status)}</dd></div>
        <div><dt>${submission.team ? t("board.team") : t("board.participant")}</dt><dd>${submission.team ?? submission.participant}</dd></div>
        <div><dt>${t("run.submitted")}</dt><dd>${when(submission.created_at)}</dd></div>
        ${submission.finished_at ? html`<div><dt>${t("run.finished")}</dt><dd>${when(submission.finished_at)}</dd></div>` : nothing}
        <div><dt>${t("run.attempt")}</dt><dd>${submission.attempt}</dd></div>
        ${submission.chosen ? html`<div><dt>${t("submissions.counts")}</dt><dd>${t("submissions.is_chosen")}</dd></div>` : nothing}
        <div><dt>${t("run.size")}</dt><dd>${size(submission.size_bytes)}</dd></div>
      </dl>
      ${problem ? html`<p class="fresh stale" role="status">${t("board.stale", { why: problem.detail })}</p>` : nothing}
      ${standing(submission, this.limit)} ${failure(submission, this.logs)}
      <p role="status" class="soft told">${this.told}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <p class="actions deeds">${this.deeds(submission)}</p>
      ${this.competition.value ? html`<agon-scores .submission=${submission} .competition=${this.competition.value}></agon-scores>` : nothing}
      ${tasks(submission)} <agon-inline-results .submission=${submission}></agon-inline-results>
      <agon-outcome .submission=${submission} .heard=${this.onLogs}></agon-outcome>
      ${this.saying(submission)}
    `;
  }

  private get which(): { params: { path: { submission: string } } } {
    return { params: { path: { submission: this.param("submission") } } };
  }

  private pause(): number | undefined {
    const one = this.read.value;
    if (!one) return this.read.problem?.isWorthRetrying ? 5 : undefined;
    const seen = `${one.status} ${one.attempt} ${one.queue?.place}`;
    if (seen !== this.seen) this.changedAt = Date.now();
    this.seen = seen;
    return isFinal(one.status) ? undefined : pauseSeconds(Date.now() - this.changedAt);
  }

  /** How long a run may take, in seconds; 0: not known yet. */
  private get limit(): number {
    const phase = this.competition.value?.phases.find(({ id }) => id === this.read.value?.phase);
    return phase?.execution_time_limit_seconds ?? 0;
  }

  private readonly onLogs = (logs: Readonly<Record<string, string>>): void => {
    this.logs = logs;
  };

  private get organizes(): boolean {
    return this.competition.value?.my_status === "organizer";
  }

  private isMine(submission: Submission): boolean {
    const isByMe = submission.participant.toLowerCase() === current()?.username.toLowerCase();
    return isByMe || (submission.team !== null && !this.organizes);
  }

  private where({ phase }: Submission): string {
    const competition = this.competition.value;
    return [competition?.title, competition?.phases.find(({ id }) => id === phase)?.name].filter(Boolean).join(" · ");
  }

  private deeds(submission: Submission): unknown {
    const { status, removed_at, parent } = submission;
    if (parent) return nothing;
    if (!isFinal(status)) {
      return [
        status === "Submitting" && this.organizes
          ? this.deed("start", () => ask("post", "/v1/submissions/{submission}/start", this.which), t("run.started"))
          : nothing,
        this.deed("cancel", () => ask("post", "/v1/submissions/{submission}/cancel", this.which), t("run.cancelled")),
      ];
    }
    return [
      this.organizes && !removed_at
        ? this.deed("rerun", () => ask("post", "/v1/submissions/{submission}/rerun", this.which), t("run.rerun_begun"))
        : nothing,
      removed_at ? nothing : this.placing(submission),
      this.choosing(submission),
      this.organizes && removed_at
        ? this.deed("restore", () => ask("post", "/v1/submissions/{submission}/restore", this.which), t("run.restored"))
        : nothing,
      removed_at
        ? nothing
        : this.deed(
            this.isMine(submission) ? "delete" : "withdraw",
            () => ask("delete", "/v1/submissions/{submission}", this.which),
            t("run.withdrawn"),
          ),
    ];
  }

  /** With rules that place submissions by themselves there is nothing to be placed by hand. */
  private placing({ status }: Submission): unknown {
    const rule = this.boards.value?.submission_rule;
    if (status !== "Finished" || !rule?.startsWith("Add")) return nothing;
    return [
      this.deed("put", () => ask("post", "/v1/submissions/{submission}/leaderboard", this.which), t("run.is_put")),
      rule !== "Add" || this.organizes
        ? this.deed(
            "take_off",
            () => ask("delete", "/v1/submissions/{submission}/leaderboard", this.which),
            t("run.taken_off"),
          )
        : nothing,
    ];
  }

  /** Until the phase's end one's own may be chosen to count then. */
  private choosing(submission: Submission): TemplateResult | typeof nothing {
    const phase = this.competition.value?.phases.find(({ id }) => id === submission.phase);
    if (submission.chosen === null || phase?.state !== "open" || !this.isMine(submission)) return nothing;
    if (submission.chosen) {
      const verb = (): Promise<unknown> => ask("delete", "/v1/submissions/{submission}/selection", this.which);
      return this.deed("choose_no_more", verb, t("run.not_chosen"));
    }
    const verb = (): Promise<unknown> => ask("post", "/v1/submissions/{submission}/selection", this.which);
    return submission.status === "Finished" ? this.deed("choose", verb, t("run.chosen")) : nothing;
  }

  private deed(name: Deed, verb: () => Promise<unknown>, told: string): TemplateResult {
    const act = (): void => void this.act(name, verb, told);
    if (isGrave(name) && this.asked === name) {
      return html`<button type="button" class="grave" ?disabled=${this.isBusy} @click=${act}>${t(`run.${name}_now`)}</button>
        <button type="button" class="quiet" @click=${() => (this.asked = undefined)}>${t("run.keep")}</button>`;
    }
    return html`<button type="button" class="quiet" ?disabled=${this.isBusy} @click=${isGrave(name) ? () => (this.asked = name) : act}>${t(`run.${name}`)}</button>`;
  }

  private async act(name: Deed, verb: () => Promise<unknown>, told: string): Promise<void> {
    this.isBusy = true;
    try {
      await verb();
      this.refusal = undefined;
      if (name === "delete") {
        this.leave();
        return;
      }
      this.told = told;
      this.changedAt = Date.now();
      this.read.reload();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    } finally {
      this.isBusy = false;
      this.asked = undefined;
    }
  }

  private leave(): void {
    this.querySelector<HTMLAnchorElement>(".crumb a")?.click();
  }

  private saying(submission: Submission): TemplateResult | typeof nothing {
    const competition = this.competition.value;
    if (!competition || submission.parent) return nothing;
    const kept = (): void => this.read.reload();
    return html`<agon-saying .submission=${submission} .competition=${competition} .isMine=${this.isMine(submission)} .kept=${kept}></agon-saying>`;
  }
}

function isGrave(deed: Deed): deed is Grave {
  return GRAVE.some((one) => one === deed);
}

/** Its place in line, when it would start at the latest, and whether anybody is there to do it. `limit` is a run's, in seconds. */
function standing({ queue, status }: Submission, limit: number): TemplateResult | typeof nothing {
  if (status === "Submitting") return html`<p class="board-notice">${t("run.waits")}</p>`;
  if (!queue) return nothing;
  const { place, runners_alive: runners } = queue;
  const latest = runners > 0 && limit > 0 ? t("run.within", { time: duration(Math.ceil(place / runners) * limit) }) : "";
  return html`<p class="board-notice">${place === 1 ? t("run.next") : t("run.place", { place })} ${runners === 0 ? t("run.nobody") : t("run.runners", { count: runners })} ${latest}</p>`;
}

/** Whose doing it was, why, and the line of a log that says so. */
function failure(
  { fault, reason, status }: Submission,
  logs: Readonly<Record<string, string>>,
): TemplateResult | typeof nothing {
  if (status !== "Failed" && !reason) return nothing;
  const said = status === "Failed" ? cause(logs) : null;
  return html`<div class="failure">
    <p><b>${fault ? t(`run.fault_${fault}`) : status === "Failed" ? t("run.failed") : t("run.why")}</b></p>
    ${reason ? html`<p>${reason}</p>` : nothing}
    ${said ? html`<p class="soft">${t("run.says", { log: titleOf(said.log) })}</p><pre class="cause">${said.text}</pre>` : nothing}
  </div>`;
}

function tasks(submission: Submission): TemplateResult | typeof nothing {
  if (submission.tasks.length === 0) return steps(submission);
  return html`<section class="part" aria-labelledby="tasks-title">
    <h2 id="tasks-title">${t("run.tasks")}</h2>
    <agon-table .name=${t("run.tasks")} .rows=${submission.tasks} .keyOf=${({ submission: id }: TaskRun) => id} .columns=${taskColumns()}></agon-table>
  </section>`;
}

type TaskRun = Submission["tasks"][number];

function taskColumns(): Column<TaskRun>[] {
  return [
    { key: "task", title: t("run.task"), kind: "heading", value: ({ name }) => name, cell: ({ submission, name }) => html`<a href=${toSubmission(submission)}>${name}</a>` },
    { key: "status", title: t("run.status"), value: ({ status }) => t(`run.${status}`), cell: ({ status }) => statusChip(status) },
    { key: "attempt", title: t("run.attempt"), kind: "number", value: ({ attempt }) => attempt },
    { key: "scores", title: t("run.scores"), class: "wide-cell", value: (run) => scoresOf(run) || run.reason || "–" },
  ]; // prettier-ignore
}

function scoresOf({ scores }: TaskRun): string {
  return Object.entries(scores)
    .map(([key, value]) => `${key} ${score(value, 4)}`)
    .join(", ");
}
