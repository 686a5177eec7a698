import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Resource } from "../api/resource";
import type { JudgedTask, JudgingProgress, JurorProgress } from "../api/shapes";
import { score } from "../format";
import { textIn } from "../submitting";
import { Doing } from "./manage/doing";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty, loading, trouble } from "./states";
import { rich, t } from "../words/words";

const REFRESH_SECONDS = 15;

/** An organizer's view of a jury: how far it is, how far it agrees, who is on it, and whether its scores show. */
@customElement("agon-jury")
export class AgonJury extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () => reading("/v1/phases/{phase}/judging", this.which), REFRESH_SECONDS);

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found) return problem ? trouble(problem, this.read.reload, 2) : loading(t("jury.it"));
    return html`
      <h2>${t("pages.jury")}</h2>
      ${this.doing.outcome([])} ${found.tasks.map((task) => this.task(task, found))} ${submissions(found)} ${this.jurors(found.jurors)}
    `;
  }

  private get which(): { params: { path: { phase: string } } } {
    return { params: { path: { phase: this.phase?.id ?? "" } } };
  }

  private task(task: JudgedTask, found: JudgingProgress): TemplateResult {
    return html`<section class="jury-task" aria-label=${task.name}>
      <h3>${task.name}</h3>
      <p class="soft">
        ${rich(`jury.${task.kind}`, { column: html`<code>${task.column}</code>` })}
        ${t("jury.made", { count: task.made, wanted: task.judgements_per_submission })}
      </p>
      <dl class="facts">
        ${Object.entries(task.agreement).map(
          ([key, alpha]) =>
            html`<div><dt>${key ? t("jury.agreement_on", { key }) : t("jury.agreement")}</dt><dd>${score(alpha, 2) ?? t("jury.unknown")}</dd></div>`,
        )}
      </dl>
      ${task.publish_at_once ? nothing : this.publishing(found.published)}
    </section>`;
  }

  private publishing(published: boolean): TemplateResult {
    const verb = published
      ? () => ask("post", "/v1/phases/{phase}/judging/unpublish", this.which)
      : () => ask("post", "/v1/phases/{phase}/judging/publish", this.which);
    const told = published ? t("jury.hidden") : t("jury.published");
    return html`<p class="actions">
      ${this.doing.button(published ? t("jury.hide") : t("jury.publish"), () => void this.act(verb, told), published ? "quiet" : "")}
      <span class="soft">${published ? t("jury.seen") : t("jury.unseen")}</span>
    </p>`;
  }

  private jurors(jurors: readonly JurorProgress[]): TemplateResult {
    return html`<section class="jury-table" aria-labelledby="jurors-title">
      <h3 id="jurors-title">${t("jury.jurors")}</h3>
      ${
        jurors.length === 0
          ? empty(t("jury.none"), t("jury.none_hint"))
          : html`<div class="table-frame" tabindex="0" role="group" aria-label=${t("jury.jurors")}><table>
            <thead><tr><th scope="col">${t("jury.juror")}</th><th scope="col">${t("jury.judgements")}</th><th scope="col">${t("jury.latest")}</th><th scope="col">${t("jury.do")}</th></tr></thead>
            <tbody>${jurors.map((juror) => this.juror(juror))}</tbody>
          </table></div>`
      }
      <form class="invite" @submit=${this.onInvite}>
        <label>${t("titles.username")} <input name="username" required maxlength="40" autocapitalize="none" autocomplete="off" /></label>
        ${this.doing.submit(t("jury.invite"))}
      </form>
    </section>`;
  }

  private juror(juror: JurorProgress): TemplateResult {
    const params = { path: { competition: this.competition.id, user: juror.user } };
    const status = juror.status === "excluded" ? "active" : "excluded";
    const name = juror.username;
    const told = status === "active" ? t("jury.counts", { name }) : t("jury.counts_not", { name });
    const change = () => ask("patch", "/v1/competitions/{competition}/jurors/{user}", { params, body: { status } });
    const remove = () => ask("delete", "/v1/competitions/{competition}/jurors/{user}", { params });
    return html`<tr>
      <th scope="row">${juror.username} ${juror.status === "active" ? nothing : html`<span class="chip closed">${t(`jury.is_${juror.status}`)}</span>`}</th>
      <td>${juror.judgements}</td>
      <td>${juror.last_judged_at ? when(juror.last_judged_at) : "–"}</td>
      <td>${
        juror.status === "removed"
          ? nothing
          : html`${this.doing.button(status === "active" ? t("jury.include") : t("jury.exclude"), () => void this.act(change, told), "quiet", name)}
            ${this.doing.button(t("jury.remove"), () => void this.act(remove, t("jury.removed", { name })), "quiet", name)}`
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
        t("jury.invited", { name: username }),
      )
    )
      form.reset();
  };

  private async act(verb: () => Promise<unknown>, told: string): Promise<boolean> {
    const isDone = await this.doing.act(async () => {
      await verb();
      return told;
    });
    if (isDone) this.read.reload();
    return isDone;
  }
}

function submissions(found: JudgingProgress): TemplateResult {
  const wanted = new Map(found.tasks.map((task) => [task.task, task.judgements_per_submission]));
  const names = new Map(found.tasks.map((task) => [task.task, task.name]));
  const several = found.tasks.length > 1;
  return html`<section class="jury-table" aria-labelledby="submissions-title">
    <h3 id="submissions-title">${t("pages.submissions")}</h3>
    ${
      found.submissions.length === 0
        ? empty(t("jury.nothing"), t("jury.nothing_hint"))
        : html`<div class="table-frame" tabindex="0" role="group" aria-label=${t("pages.submissions")}><table>
          <thead><tr><th scope="col">${t("board.participant")}</th>${several ? html`<th scope="col">${t("jury.task")}</th>` : nothing}<th scope="col">${t("jury.judgements")}</th><th scope="col">${t("jury.score")}</th><th scope="col">${t("jury.state")}</th></tr></thead>
          <tbody>
            ${found.submissions.map(
              (one) => html`<tr>
                <th scope="row">${one.participant}</th>
                ${several ? html`<td>${names.get(one.task) ?? one.task}</td>` : nothing}
                <td>${t("jury.of", { made: one.judgements, wanted: wanted.get(one.task) ?? "–" })}</td>
                <td>${score(one.score, 3) ?? "–"}</td>
                <td>${one.problem || (one.state === "ready" ? nothing : t(`jury.${one.state}`))}</td>
              </tr>`,
            )}
          </tbody>
        </table></div>`
    }
  </section>`;
}
