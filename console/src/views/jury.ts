import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { JudgedSubmission, JudgedTask, JudgingProgress, JurorProgress } from "../api/shapes";
import { count, score } from "../format";
import { textIn } from "../submitting";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty, loading, trouble } from "./states";

const REFRESH_SECONDS = 15;
const STATES: Record<JudgedSubmission["state"], string> = {
  new: "being unpacked",
  ready: "",
  broken: "cannot be shown",
  withdrawn: "off the board",
};

/** An organizer's view of a jury: how far it is, how far it agrees, who is on it, and whether its scores show. */
@customElement("agon-jury")
export class AgonJury extends TabElement {
  @state() private refusal?: Problem;
  @state() private told = "";
  private readonly read = new Resource(this, () => reading("/v1/phases/{phase}/judging", this.which), REFRESH_SECONDS);

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found) return problem ? trouble(problem, this.read.reload, 2) : loading("the jury's work");
    return html`
      <h2>Jury</h2>
      <p role="status" class="soft told">${this.told}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      ${found.tasks.map((task) => this.task(task, found))} ${submissions(found)} ${this.jurors(found.jurors)}
    `;
  }

  private get which(): { params: { path: { phase: string } } } {
    return { params: { path: { phase: this.phase?.id ?? "" } } };
  }

  private task(task: JudgedTask, found: JudgingProgress): TemplateResult {
    return html`<section class="jury-task" aria-label=${task.name}>
      <h3>${task.name}</h3>
      <p class="soft">
        ${task.kind === "rubric" ? "Marks by a rubric" : "Comparisons of two"}, for the column <code>${task.column}</code>.
        ${count(task.made, "judgement", "judgements")} so far; ${task.judgements_per_submission} are wanted for each submission.
      </p>
      <dl class="facts">
        ${Object.entries(task.agreement).map(
          ([key, alpha]) =>
            html`<div><dt>${key ? `Agreement on ${key}` : "Agreement (alpha)"}</dt><dd>${score(alpha, 2) ?? "not known yet"}</dd></div>`,
        )}
      </dl>
      ${task.publish_at_once ? nothing : this.publishing(found.published)}
    </section>`;
  }

  private publishing(published: boolean): TemplateResult {
    const verb = published
      ? () => ask("post", "/v1/phases/{phase}/judging/unpublish", this.which)
      : () => ask("post", "/v1/phases/{phase}/judging/publish", this.which);
    const told = published ? "The jury's scores are hidden." : "The jury's scores will be on the leaderboard in a moment.";
    return html`<p class="actions">
      <button type="button" class=${published ? "quiet" : ""} @click=${() => this.act(verb, told)}>
        ${published ? "Hide the scores" : "Publish the scores"}
      </button>
      <span class="soft">${published ? "Participants see them." : "Participants do not see them yet."}</span>
    </p>`;
  }

  private jurors(jurors: readonly JurorProgress[]): TemplateResult {
    return html`<section class="jury-table" aria-labelledby="jurors-title">
      <h3 id="jurors-title">Jurors</h3>
      ${
        jurors.length === 0
          ? empty("Nobody is on the jury yet", "Invite people by the names that they sign in with.")
          : html`<div class="table-frame" tabindex="0" role="group" aria-label="Jurors"><table>
            <thead><tr><th scope="col">Juror</th><th scope="col">Judgements</th><th scope="col">Latest</th><th scope="col">Do</th></tr></thead>
            <tbody>${jurors.map((juror) => this.juror(juror))}</tbody>
          </table></div>`
      }
      <form class="invite" @submit=${this.onInvite}>
        <label>User name <input name="username" required maxlength="40" autocapitalize="none" autocomplete="off" /></label>
        <button>Invite</button>
      </form>
    </section>`;
  }

  private juror(juror: JurorProgress): TemplateResult {
    const params = { path: { competition: this.competition.id, user: juror.user } };
    const status = juror.status === "excluded" ? "active" : "excluded";
    const told =
      status === "active" ? `${juror.username}'s judgements count again.` : `${juror.username}'s judgements do not count.`;
    const change = () => ask("patch", "/v1/competitions/{competition}/jurors/{user}", { params, body: { status } });
    const remove = () => ask("delete", "/v1/competitions/{competition}/jurors/{user}", { params });
    return html`<tr>
      <th scope="row">${juror.username} ${juror.status === "active" ? nothing : html`<span class="chip closed">${juror.status}</span>`}</th>
      <td>${juror.judgements}</td>
      <td>${juror.last_judged_at ? when(juror.last_judged_at) : "–"}</td>
      <td>${
        juror.status === "removed"
          ? nothing
          : html`<button type="button" class="quiet" @click=${() => this.act(change, told)}>${status === "active" ? "Include" : "Exclude"}<span class="visually-hidden"> ${juror.username}</span></button>
            <button type="button" class="quiet" @click=${() => this.act(remove, `${juror.username} is off the jury.`)}>Remove<span class="visually-hidden"> ${juror.username}</span></button>`
      }</td>
    </tr>`;
  }

  private readonly onInvite = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const username = textIn(new FormData(form), "username").trim();
    const params = { path: { competition: this.competition.id } };
    if (
      await this.act(
        () => ask("post", "/v1/competitions/{competition}/jurors", { params, body: { username } }),
        `${username} is on the jury.`,
      )
    )
      form.reset();
  };

  private async act(verb: () => Promise<unknown>, told: string): Promise<boolean> {
    try {
      await verb();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
      return false;
    }
    this.refusal = undefined;
    this.told = told;
    this.read.reload();
    return true;
  }
}

function submissions(found: JudgingProgress): TemplateResult {
  const wanted = new Map(found.tasks.map((task) => [task.task, task.judgements_per_submission]));
  const names = new Map(found.tasks.map((task) => [task.task, task.name]));
  const several = found.tasks.length > 1;
  return html`<section class="jury-table" aria-labelledby="submissions-title">
    <h3 id="submissions-title">Submissions</h3>
    ${
      found.submissions.length === 0
        ? empty("Nothing is to be judged yet", "What comes to stand on the leaderboard appears here.")
        : html`<div class="table-frame" tabindex="0" role="group" aria-label="Submissions"><table>
          <thead><tr><th scope="col">Participant</th>${several ? html`<th scope="col">Task</th>` : nothing}<th scope="col">Judgements</th><th scope="col">Score</th><th scope="col">State</th></tr></thead>
          <tbody>
            ${found.submissions.map(
              (one) => html`<tr>
                <th scope="row">${one.participant}</th>
                ${several ? html`<td>${names.get(one.task) ?? one.task}</td>` : nothing}
                <td>${one.judgements} of ${wanted.get(one.task) ?? "–"}</td>
                <td>${score(one.score, 3) ?? "–"}</td>
                <td>${one.problem || STATES[one.state]}</td>
              </tr>`,
            )}
          </tbody>
        </table></div>`
    }
  </section>`;
}
