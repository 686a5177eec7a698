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
import { duration, FAULTS, isFinal, pauseSeconds } from "../submitting";
import { PageElement } from "./page-element";
import { loading, trouble } from "./states";
import { t } from "../words/words";
import { statusChip } from "./submissions";
import { when } from "./when";
import { titleOf } from "./outcome";
import { steps } from "./submission/steps";
import "./submission/inline";
import "./submission/scores";
import "./saying";

/** A submission: what becomes of it, and what can be done with it. */
@customElement("agon-submission")
export class AgonSubmission extends PageElement {
  @state() private refusal?: Problem;
  @state() private told = "";
  @state() private isBusy = false;
  /** The deed that waits for its second click. */
  @state() private asked = "";
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
    entitle(submission?.name || "Submission", this.competition.value?.title);
    if (!submission) return problem ? trouble(problem, this.read.reload) : loading("the submission");
    const name = submission.name || "Without a name";
    return html`
      <p class="crumb"><a href=${toSubmissions(submission.competition, submission.phase)}>← Submissions</a></p>
      <header class="lead"><h1>${name}</h1><p>${this.where(submission)}</p></header>
      <dl class="facts">
        <div><dt>Status</dt><dd aria-live="polite">${statusChip(submission.status)}</dd></div>
        <div><dt>${submission.team ? "Team" : "Participant"}</dt><dd>${submission.team ?? submission.participant}</dd></div>
        <div><dt>Submitted</dt><dd>${when(submission.created_at)}</dd></div>
        ${submission.finished_at ? html`<div><dt>Finished</dt><dd>${when(submission.finished_at)}</dd></div>` : nothing}
        <div><dt>Attempt</dt><dd>${submission.attempt}</dd></div>
        <div><dt>Size</dt><dd>${size(submission.size_bytes)}</dd></div>
      </dl>
      ${problem ? html`<p class="fresh stale" role="status">Not refreshing: ${problem.detail}</p>` : nothing}
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
          ? this.deed("Start it", () => ask("post", "/v1/submissions/{submission}/start", this.which), "It is in line.")
          : nothing,
        this.deed(
          "Cancel",
          () => ask("post", "/v1/submissions/{submission}/cancel", this.which),
          "It is being cancelled.",
          true,
        ),
      ];
    }
    return [
      this.organizes && !removed_at
        ? this.deed("Run again", () => ask("post", "/v1/submissions/{submission}/rerun", this.which), "It is in line again.")
        : nothing,
      removed_at ? nothing : this.placing(submission),
      this.organizes && removed_at
        ? this.deed(
            "Bring it back",
            () => ask("post", "/v1/submissions/{submission}/restore", this.which),
            "It counts again.",
          )
        : nothing,
      removed_at
        ? nothing
        : this.deed(
            this.isMine(submission) ? "Delete" : "Withdraw",
            () => ask("delete", "/v1/submissions/{submission}", this.which),
            "It is withdrawn.",
            true,
          ),
    ];
  }

  /** With rules that place submissions by themselves there is nothing to be placed by hand. */
  private placing({ status }: Submission): unknown {
    const rule = this.boards.value?.submission_rule;
    if (status !== "Finished" || !rule?.startsWith("Add")) return nothing;
    return [
      this.deed(
        "Put on the leaderboard",
        () => ask("post", "/v1/submissions/{submission}/leaderboard", this.which),
        "It will be on the leaderboard in a moment.",
      ),
      rule !== "Add" || this.organizes
        ? this.deed(
            "Take off the leaderboard",
            () => ask("delete", "/v1/submissions/{submission}/leaderboard", this.which),
            "It is off the leaderboard.",
          )
        : nothing,
    ];
  }

  private deed(words: string, verb: () => Promise<unknown>, told: string, isAsked = false): TemplateResult {
    const act = (): void => void this.act(words, verb, told);
    if (isAsked && this.asked === words) {
      return html`<button type="button" class="grave" ?disabled=${this.isBusy} @click=${act}>${words} for good</button>
        <button type="button" class="quiet" @click=${() => (this.asked = "")}>Keep it</button>`;
    }
    return html`<button type="button" class="quiet" ?disabled=${this.isBusy} @click=${isAsked ? () => (this.asked = words) : act}>${words}</button>`;
  }

  private async act(words: string, verb: () => Promise<unknown>, told: string): Promise<void> {
    this.isBusy = true;
    try {
      await verb();
      this.refusal = undefined;
      if (words === "Delete") {
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
      this.asked = "";
    }
  }

  private leave(): void {
    this.querySelector<HTMLAnchorElement>(".crumb a")?.click();
  }

  private saying(submission: Submission): TemplateResult | typeof nothing {
    const competition = this.competition.value;
    if (!competition || submission.parent) return nothing;
    const kept = (): void => this.read.reload();
    return html`<agon-saying .submission=${submission} .competition=${competition} .kept=${kept}></agon-saying>`;
  }
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
    <p><b>${fault ? FAULTS[fault] : status === "Failed" ? "It failed." : "Why it ended:"}</b></p>
    ${reason ? html`<p>${reason}</p>` : nothing}
    ${said ? html`<p class="soft">${t("run.says", { log: titleOf(said.log) })}</p><pre class="cause">${said.text}</pre>` : nothing}
  </div>`;
}

function tasks(submission: Submission): TemplateResult | typeof nothing {
  const { tasks: runs } = submission;
  if (runs.length > 0) {
    return html`<section class="part jury-table" aria-labelledby="tasks-title">
      <h2 id="tasks-title">Tasks</h2>
      <div class="table-frame" tabindex="0" role="group" aria-label="Tasks"><table>
        <thead><tr><th scope="col">Task</th><th scope="col">Status</th><th scope="col">Attempt</th><th scope="col">Scores</th></tr></thead>
        <tbody>${runs.map(
          (run) => html`<tr>
          <th scope="row"><a href=${toSubmission(run.submission)}>${run.name}</a></th><td>${statusChip(run.status)}</td><td>${run.attempt}</td>
          <td>${
            Object.entries(run.scores)
              .map(([key, value]) => `${key} ${score(value, 4)}`)
              .join(", ") ||
            run.reason ||
            "–"
          }</td>
        </tr>`,
        )}</tbody>
      </table></div>
    </section>`;
  }
  return steps(submission);
}
