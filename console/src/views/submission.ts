import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import { current } from "../api/session";
import type { Submission } from "../api/shapes";
import { count, moment, score, size } from "../format";
import { toSubmissions } from "../router";
import { duration, FAULTS, isFinal, pauseSeconds } from "../submitting";
import { LightElement } from "./light";
import { loading, trouble } from "./states";
import { statusChip } from "./submissions";
import "./outcome";
import "./saying";

/** A submission: what becomes of it, and what can be done with it. */
@customElement("agon-submission")
export class AgonSubmission extends LightElement {
  @property({ attribute: false }) submissionId = "";
  @state() private refusal?: Problem;
  @state() private told = "";
  @state() private isBusy = false;
  /** The deed that waits for its second click. */
  @state() private asked = "";
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
    document.title = `${submission?.name || "Submission"} · Agon`;
    if (!submission) return problem ? trouble(problem, this.read.reload) : loading("the submission");
    const name = submission.name || "Without a name";
    return html`
      <p class="crumb"><a href=${toSubmissions(submission.competition, submission.phase)}>← Submissions</a></p>
      <header class="lead"><h1>${name}</h1><p>${this.where(submission)}</p></header>
      <dl class="facts">
        <div><dt>Status</dt><dd aria-live="polite">${statusChip(submission.status)}</dd></div>
        <div><dt>${submission.team ? "Team" : "Participant"}</dt><dd>${submission.team ?? submission.participant}</dd></div>
        <div><dt>Handed in</dt><dd>${moment(submission.created_at, new Date())}</dd></div>
        ${submission.finished_at ? html`<div><dt>Finished</dt><dd>${moment(submission.finished_at, new Date())}</dd></div>` : nothing}
        <div><dt>Attempt</dt><dd>${submission.attempt}</dd></div>
        <div><dt>Size</dt><dd>${size(submission.size_bytes)}</dd></div>
      </dl>
      ${problem ? html`<p class="fresh stale" role="status">Not refreshing: ${problem.detail}</p>` : nothing}
      ${standing(submission)} ${failure(submission)}
      <p role="status" class="soft told">${this.told}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <p class="actions deeds">${this.deeds(submission)}</p>
      ${this.scores(submission)} ${tasks(submission)}
      <agon-outcome .submission=${submission}></agon-outcome>
      ${this.saying(submission)}
    `;
  }

  private get which(): { params: { path: { submission: string } } } {
    return { params: { path: { submission: this.submissionId } } };
  }

  private pause(): number | undefined {
    const one = this.read.value;
    if (!one) return this.read.problem?.isWorthRetrying ? 5 : undefined;
    const seen = `${one.status} ${one.attempt} ${one.queue?.place}`;
    if (seen !== this.seen) this.changedAt = Date.now();
    this.seen = seen;
    return isFinal(one.status) ? undefined : pauseSeconds(Date.now() - this.changedAt);
  }

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

  private scores(submission: Submission): TemplateResult | typeof nothing {
    const columns = this.competition.value?.leaderboard?.columns ?? [];
    const known = Object.entries(submission.scores).filter(([key]) => !key.includes("/"));
    if (known.length === 0) return nothing;
    const column = (key: string) => columns.find((one) => one.key === key && one.task === null);
    return html`<section class="part" aria-labelledby="scores-title">
      <h2 id="scores-title">Scores</h2>
      <dl class="facts scores">${known.map(([key, value]) => html`<div><dt>${column(key)?.title ?? key}</dt><dd>${score(value, column(key)?.precision ?? 4)}</dd></div>`)}</dl>
      ${submission.notes.map((note) => html`<p class="soft">${note}</p>`)}
    </section>`;
  }

  private saying(submission: Submission): TemplateResult | typeof nothing {
    const competition = this.competition.value;
    if (!competition || submission.parent) return nothing;
    const kept = (): void => this.read.reload();
    return html`<agon-saying .submission=${submission} .competition=${competition} .kept=${kept}></agon-saying>`;
  }
}

/** Its place in line, and whether anybody is there to do it. */
function standing({ queue, status }: Submission): TemplateResult | typeof nothing {
  if (status === "Submitting") return html`<p class="board-notice">It waits for the organizers to start it.</p>`;
  if (!queue) return nothing;
  const runners =
    queue.runners_alive === 0
      ? "No runner that can do it is alive at the moment; it starts as soon as one is."
      : `${count(queue.runners_alive, "runner is", "runners are")} alive.`;
  return html`<p class="board-notice">${queue.place === 1 ? "It is the next in line." : `It is number ${queue.place} in line.`} ${runners}</p>`;
}

function failure({ fault, reason, status }: Submission): TemplateResult | typeof nothing {
  if (status !== "Failed" && !reason) return nothing;
  return html`<div class="failure"><p><b>${fault ? FAULTS[fault] : status === "Failed" ? "It failed." : "Why it ended:"}</b></p>${reason ? html`<p>${reason}</p>` : nothing}</div>`;
}

function tasks({ tasks: runs, steps }: Submission): TemplateResult | typeof nothing {
  if (runs.length > 0) {
    return html`<section class="part jury-table" aria-labelledby="tasks-title">
      <h2 id="tasks-title">Tasks</h2>
      <div class="table-frame" tabindex="0" role="group" aria-label="Tasks"><table>
        <thead><tr><th scope="col">Task</th><th scope="col">Status</th><th scope="col">Attempt</th><th scope="col">Scores</th></tr></thead>
        <tbody>${runs.map(
          (run) => html`<tr>
          <th scope="row"><a href="/submissions/${run.submission}">${run.name}</a></th><td>${statusChip(run.status)}</td><td>${run.attempt}</td>
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
  if (steps.length === 0) return nothing;
  return html`<section class="part jury-table" aria-labelledby="steps-title">
    <h2 id="steps-title">What it took</h2>
    <div class="table-frame" tabindex="0" role="group" aria-label="Steps"><table>
      <thead><tr><th scope="col">Step</th><th scope="col">Time</th><th scope="col">Memory</th><th scope="col">Exit code</th></tr></thead>
      <tbody>${steps.map(
        (step) => html`<tr>
        <th scope="row">${step.name}</th><td>${duration(step.seconds)}</td>
        <td>${step.peak_memory_bytes === null ? "–" : size(step.peak_memory_bytes)}</td><td>${step.exit_code ?? "–"}</td>
      </tr>`,
      )}</tbody>
    </table></div>
  </section>`;
}
