import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Group } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import type { Changes, Choice } from "../../forms/kinds";
import type { Column } from "../../table/columns";
import "../../table/table";
import { apart } from "../../table/address";
import { list, t } from "../../words/words";
import { GROUPS } from "../manage/asked";
import { Doing } from "../manage/doing";
import { jobColumns, type Job } from "../manage/jobs";
import { entries, Saving, type Document } from "../manage/settings";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";

const REFRESH_SECONDS = 10;

/** The groups of participants, what each may, and how far the work on them is. */
@customElement("agon-groups")
export class AgonGroups extends TabElement {
  private readonly doing = new Doing(this);
  private readonly keeper = apart();
  private readonly saving = new Saving(this, () => this.competition.id);
  private readonly queues = new Resource(this, () => reading("/v1/queues"));
  private readonly read = new Resource(
    this,
    () => reading("/v1/competitions/{competition}/groups", { params: this.which }),
    (): number | undefined => (this.isAtWork ? REFRESH_SECONDS : undefined),
  );

  private get which() {
    return { path: { competition: this.competition.id } };
  }

  private get isAtWork(): boolean {
    return this.read.value?.jobs.some(({ status }) => status === "Waiting" || status === "Running") ?? false;
  }

  protected override render(): TemplateResult {
    const { value, problem, reload } = this.read;
    return html`<h2>${t("groups.title")}</h2>
      <p class="soft manage-lead">${t("groups.about")}</p>
      ${this.doing.outcome()}
      <agon-table .name=${t("groups.title")} .rows=${value?.groups} .problem=${problem} .again=${reload} .expected=${3}
        .keyOf=${({ key }: Group) => key} .columns=${this.columns()} .empty=${empty(t("groups.none"), t("groups.about_none"))}></agon-table>
      ${
        value && value.groups.length > 0
          ? html`<p class="actions">${this.doing.button(t("groups.apply"), () => void this.apply(), "quiet")} <span class="soft">${t("groups.about_apply")}</span></p>`
          : nothing
      }
      ${
        value && value.jobs.length > 0
          ? html`<div class="manage-part"><h3>${t("groups.jobs")}</h3>
              <agon-table .name=${t("groups.jobs")} .rows=${value.jobs} .keeper=${this.keeper} .keyOf=${({ id }: { id: string }) => id}
                .columns=${jobColumns<Job & { work: "rules" | "move" }>(({ work }) => t(`groups.${work}`))}></agon-table></div>`
          : nothing
      }
      ${this.form()}`;
  }

  private form(): TemplateResult {
    const { document, problem, reload } = this.saving;
    if (!document) return problem ? trouble(problem, reload, 2) : loading(t("groups.edit"), sketch.form(4));
    return html`<section class="manage-part" aria-labelledby="edit-groups">
      <h3 id="edit-groups">${t("groups.edit")}</h3>
      <p class="soft">${t("groups.about_edit")}</p>
      ${this.saving.notices()}
      <agon-form operation="editor_change" .settings=${""} .only=${GROUPS} .values=${document} .changes=${this.changes(document)} .name="${this.competition.id} groups" @submit=${this.save}></agon-form>
    </section>`;
  }

  private readonly save = ({ detail: { body, until } }: Submitted<"editor_change">): void =>
    until(
      this.saving.change({}, body).then((answer) => {
        this.read.reload();
        return answer;
      }),
    );

  private changes(document: Document): Changes {
    const agon = (document.agon ?? {}) as Document;
    const used = entries(agon, "groups").flatMap(({ queue }) => (typeof queue === "string" ? [queue] : []));
    const phases = this.competition.phases.map(({ index, name }) => ({ value: String(index), label: name }));
    return {
      agon: { bare: true },
      "agon.groups": { label: t("groups.title"), hint: "", entry: t("groups.one") },
      "agon.groups.key": { hint: t("groups.about_key") },
      "agon.groups.title": { hint: "" },
      "agon.groups.board": { hint: t("groups.about_board") },
      "agon.groups.queue": { kind: "choice", choices: this.known(used), hint: t("groups.about_queue") },
      "agon.groups.phases": { kind: "choices", choices: phases, hint: t("groups.about_phases") },
      "agon.groups.limits": { hint: t("groups.about_limits"), entry: t("groups.limit") },
      "agon.groups.limits.phase": { kind: "choice", choices: phases, hint: t("groups.about_limits_phase") },
      "agon.groups.addresses": { kind: "lines", hint: t("groups.about_addresses") },
      "agon.groups.question": { kind: "choice", choices: questions(agon), hint: t("groups.about_question") },
      "agon.groups.answers": { kind: "lines", hint: t("groups.about_answers") },
    };
  }

  /** The queues that one may use, and those that groups have already. */
  private known(used: readonly string[]): Choice[] {
    const own = (this.queues.value?.queues ?? []).map(({ id, name }) => ({ value: id, label: name }));
    const others = [...new Set(used)].filter((id) => !own.some(({ value }) => value === id));
    return [...own, ...others.map((id) => ({ value: id, label: id }))];
  }

  private columns(): Column<Group>[] {
    const phases = new Map(this.competition.phases.map(({ index, name }) => [index, name]));
    return [
      { key: "title", title: t("groups.name"), kind: "heading", value: ({ title }) => title },
      { key: "board", title: t("groups.board"), value: ({ board }) => (board ? t("values.yes") : t("values.no")) },
      { key: "who", title: t("groups.who"), value: whoOf },
      { key: "phases", title: t("groups.phases"), value: (one) => list(one.phases.map((index) => phases.get(index) ?? String(index))) || t("groups.all_phases") },
      { key: "limits", title: t("groups.limits"), value: (one) => list(one.limits.flatMap((limit) => limitsOf(limit, phases))) || t("groups.no_limits") },
      { key: "queue", title: t("groups.queue"), isExtra: true, value: ({ queue }) => queue },
    ]; // prettier-ignore
  }

  private async apply(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/competitions/{competition}/groups/apply", { params: this.which });
      return t("groups.applied");
    });
    this.read.reload();
  }
}

/** What is asked of those who join, by the keys. */
function questions({ registration_questions: asked }: Document): Choice[] {
  return Object.entries((asked ?? {}) as Record<string, Document>).map(([value, { title }]) => ({
    value,
    label: typeof title === "string" && title ? title : value,
  }));
}

function whoOf({ addresses, question, answers }: Group): string {
  const by = question ? [t("groups.answered", { answers: list(answers, "disjunction") })] : [];
  return list([...addresses, ...by], "disjunction") || t("groups.by_hand");
}

function limitsOf(limit: Group["limits"][number], phases: ReadonlyMap<number, string>): string[] {
  const where = limit.phase === null ? "" : ` (${phases.get(limit.phase) ?? limit.phase})`;
  return [
    ...(limit.max_submissions_per_day === null
      ? []
      : [t("groups.a_day", { number: limit.max_submissions_per_day }) + where]),
    ...(limit.max_submissions_per_month === null
      ? []
      : [t("groups.a_month", { number: limit.max_submissions_per_month }) + where]),
    ...(limit.max_submissions === null ? [] : [t("groups.in_all", { number: limit.max_submissions }) + where]),
  ];
}
