import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Resource } from "../api/resource";
import type { JudgedSubmission, JudgedTask, JudgingProgress, JurorProgress } from "../api/shapes";
import { score } from "../format";
import { textIn } from "../submitting";
import { apart } from "../table/address";
import type { Column } from "../table/columns";
import "../table/table";
import { Doing } from "./manage/doing";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { rich, t } from "../words/words";

const REFRESH_SECONDS = 15;

/** An organizer's view of a jury: how far it is, how far it agrees, who is on it, and whether its scores show. */
@customElement("agon-jury")
export class AgonJury extends TabElement {
  private readonly doing = new Doing(this);
  private readonly keepers = { jurors: apart() };
  private readonly read = new Resource(this, () => reading("/v1/phases/{phase}/judging", this.which), REFRESH_SECONDS);

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found)
      return problem
        ? trouble(problem, this.read.reload, 2)
        : loading(t("jury.it"), sketch.title, sketch.facts(3), sketch.title, sketch.table(3), sketch.title, sketch.table(2));
    return html`
      <h2>${t("pages.jury")}</h2>
      ${this.doing.outcome([])} ${found.tasks.map((task) => this.task(task, found))} ${this.submissions(found)} ${this.jurors(found.jurors)}
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

  private submissions(found: JudgingProgress): TemplateResult {
    return html`<section class="jury-part" aria-labelledby="submissions-title">
      <h3 id="submissions-title">${t("pages.submissions")}</h3>
      <agon-table .name=${t("pages.submissions")} .rows=${found.submissions} .keyOf=${({ submission, task }: JudgedSubmission) => `${submission} ${task}`} .columns=${judgedColumns(found)}
        .empty=${empty(t("jury.nothing"), t("jury.nothing_hint"))}></agon-table>
    </section>`;
  }

  private jurors(jurors: readonly JurorProgress[]): TemplateResult {
    return html`<section class="jury-part" aria-labelledby="jurors-title">
      <h3 id="jurors-title">${t("jury.jurors")}</h3>
      <agon-table .name=${t("jury.jurors")} .rows=${jurors} .keeper=${this.keepers.jurors} .keyOf=${({ user }: JurorProgress) => user} .columns=${this.jurorColumns()}
        .empty=${empty(t("jury.none"), t("jury.none_hint"))}></agon-table>
      <form class="invite" @submit=${this.onInvite}>
        <label>${t("titles.username")} <input name="username" required maxlength="40" autocapitalize="none" autocomplete="off" /></label>
        ${this.doing.submit(t("jury.invite"))}
      </form>
    </section>`;
  }

  private jurorColumns(): Column<JurorProgress>[] {
    return [
      { key: "juror", title: t("jury.juror"), kind: "heading", value: ({ username }) => username, cell: ({ username, status }) => html`${username} ${status === "active" ? nothing : html`<span class="chip closed">${t(`jury.is_${status}`)}</span>`}` },
      { key: "judgements", title: t("jury.judgements"), kind: "number", sorts: "desc", value: ({ judgements }) => judgements },
      { key: "latest", title: t("jury.latest"), sorts: "desc", value: ({ last_judged_at: at }) => at, cell: ({ last_judged_at: at }) => (at ? when(at) : "–") },
      { key: "do", title: t("jury.do"), sorts: false, value: () => "", cell: (juror) => this.deeds(juror) },
    ]; // prettier-ignore
  }

  private deeds(juror: JurorProgress): TemplateResult | typeof nothing {
    if (juror.status === "removed") return nothing;
    const params = { path: { competition: this.competition.id, user: juror.user } };
    const status = juror.status === "excluded" ? "active" : "excluded";
    const name = juror.username;
    const told = status === "active" ? t("jury.counts", { name }) : t("jury.counts_not", { name });
    const change = () => ask("patch", "/v1/competitions/{competition}/jurors/{user}", { params, body: { status } });
    const remove = () => ask("delete", "/v1/competitions/{competition}/jurors/{user}", { params });
    return html`<span class="row-deeds">${this.doing.button(status === "active" ? t("jury.include") : t("jury.exclude"), () => void this.act(change, told), "quiet", name)}
      ${this.doing.button(t("jury.remove"), () => void this.act(remove, t("jury.removed", { name })), "quiet", name)}</span>`;
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

/** A submission to one task: where there are several, it is judged for each. */
function judgedColumns({ tasks }: JudgingProgress): Column<JudgedSubmission>[] {
  const by = new Map(tasks.map((task) => [task.task, task]));
  const found: (Column<JudgedSubmission> | false)[] = [
    { key: "participant", title: t("board.participant"), kind: "heading", value: ({ participant }) => participant },
    tasks.length > 1 && { key: "task", title: t("jury.task"), filters: true, value: ({ task }) => by.get(task)?.name ?? task },
    { key: "judgements", title: t("jury.judgements"), kind: "number", value: ({ judgements }) => judgements, cell: (one) => html`<span>${t("jury.of", { made: one.judgements, wanted: by.get(one.task)?.judgements_per_submission ?? "–" })}</span>` },
    { key: "score", title: t("jury.score"), kind: "number", sorts: "desc", value: (one) => one.score, cell: (one) => html`<span>${score(one.score, 3) ?? "–"}</span>` },
    { key: "state", title: t("jury.state"), class: "wide-cell", value: (one) => one.problem || (one.state === "ready" ? "–" : t(`jury.${one.state}`)) },
  ]; // prettier-ignore
  return found.filter((column) => column !== false);
}
