import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Submission } from "../../api/shapes";
import { toSubmission } from "../../links";
import { t } from "../../words/words";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import { Doing } from "./doing";
import { Saving, type Document } from "./settings";

/** The solutions of a competition: submissions that are known to work, to be tried on its tasks. */
@customElement("agon-solutions")
export class AgonSolutions extends TabElement {
  @state() private runs: readonly Submission[] = [];
  private readonly saving = new Saving(this, () => this.competition.id);
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    const { problem, document } = this.saving;
    if (problem) return trouble(problem, this.saving.reload, 2);
    if (!document) return loading(t("settings.solutions"));
    const all = this.saving.list("solutions");
    return html`<h2>${t("settings.solutions")}</h2>
      ${all.length === 0 ? empty(t("settings.no_solutions"), t("settings.no_solutions_yet")) : html`<p class="soft">${t("settings.about_solutions")}</p>`}
      ${this.doing.outcome()}
      ${this.runs.length > 0 ? html`<ul>${this.runs.map((one) => html`<li><a href=${toSubmission(one.id)}>${t("settings.follow", { task: this.taskOf(one) })}</a></li>`)}</ul>` : nothing}
      ${all.map((one, at) => this.solution(one, at))}`;
  }

  private solution(one: Document, at: number): TemplateResult {
    const [index, name, description] = [
      typeof one.index === "number" ? one.index : at,
      textOf(one.name),
      textOf(one.description),
    ];
    return html`<section class="manage-part">
      <h3>${name || t("settings.number", { number: index })}</h3>
      ${description ? html`<p>${description}</p>` : nothing}
      <p>${this.doing.button(t("settings.run"), () => void this.run(String(index)))}</p>
    </section>`;
  }

  private async run(index: string): Promise<void> {
    await this.doing.act(async () => {
      const params = { path: { competition: this.competition.id, index } };
      const { submissions } = await ask("post", "/v1/competitions/{competition}/solutions/{index}/run", { params });
      this.runs = submissions;
      return t("settings.runs", { count: submissions.length });
    });
  }

  private taskOf({ task, phase }: Submission): string {
    const tasks = this.competition.phases.find(({ id }) => id === phase)?.tasks ?? [];
    return tasks.find(({ index }) => index === Number(task))?.name ?? String(task);
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
