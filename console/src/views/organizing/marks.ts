import { html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { ask } from "../../api/client";
import { Problem } from "../../api/problem";
import type { Competition, Submission } from "../../api/shapes";
import { boardOf } from "../../board-of";
import { notNumber, numberIn } from "../../forms/values";
import { textIn } from "../../submitting";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { LightElement } from "../light";

/** The marks that organizers give one submission, and its scores, which they may set by hand. */
@customElement("agon-marks")
export class AgonMarks extends LightElement {
  @property({ attribute: false }) submission!: Submission;
  @property({ attribute: false }) competition!: Competition;
  /** What to do when something is changed. */
  @property({ attribute: false }) kept: () => void = () => undefined;
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    const { name, participant } = this.submission;
    return html`<h3>${t("marks.title", { name: name || t("all.unnamed"), participant })}</h3>
      ${this.doing.outcome()}
      <form class="form several" @submit=${(event: Event) => event.preventDefault()}>
        <label class="several-field">${t("several.reason")} <input name="reason" maxlength="1000" autocomplete="off" /></label>
        ${(["baseline", "verified", "disqualified"] as const).map((mark) => this.mark(mark))}
      </form>
      ${this.scores()}
      <h4>${t("marks.sealed")}</h4>
      <p class="soft">${t("marks.about_sealed")}</p>
      <p>${this.doing.button(t("marks.release"), () => void this.release(), "quiet")}</p>`;
  }

  private async release(): Promise<void> {
    await this.doing.act(async () => {
      await ask("post", "/v1/submissions/{submission}/release", { params: this.which });
      return t("marks.released");
    });
  }

  private mark(mark: "baseline" | "verified" | "disqualified"): TemplateResult {
    const set = (isSet: boolean) => (event: Event): void => {
      const bar = (event.currentTarget as HTMLElement).closest("form");
      const reason = bar?.querySelector("input")?.value.trim() ?? "";
      void this.change({ [mark]: isSet, reason });
    }; // prettier-ignore
    return html`<span class="several-field">${t(`marks.${mark}`)} ${this.doing.button(t("marks.give"), set(true), "quiet", t(`marks.${mark}`))} ${this.doing.button(t("marks.take"), set(false), "quiet", t(`marks.${mark}`))}</span>`;
  }

  private get which() {
    return { path: { submission: this.submission.id } };
  }

  private async change(body: {
    baseline?: boolean;
    verified?: boolean;
    disqualified?: boolean;
    reason: string;
  }): Promise<void> {
    const isDone = await this.doing.act(async () => {
      const entry = await ask("patch", "/v1/submissions/{submission}/marks", { params: this.which, body });
      const is = [
        entry.baseline ? t("marks.baseline") : "",
        entry.verified ? t("marks.verified") : "",
        entry.disqualified === null ? "" : t("marks.disqualified"),
      ].filter(Boolean);
      return is.length > 0 ? t("marks.now", { marks: is.join(", ") }) : t("marks.none");
    });
    if (isDone) this.kept();
  }

  /** Each column's score in a control, of several tasks each one's own; what is emptied is taken away. */
  private scores(): TemplateResult {
    return html`<form class="form" @submit=${this.onScores}>
      <h4>${t("marks.scores")}</h4>
      <p class="soft">${t("marks.about_scores")}</p>
      ${this.places().map(({ place, title, is }) => html`<label class="form-field"><span>${title}</span><input name=${`score.${place}`} inputmode="decimal" .value=${is} /></label>`)}
      <label class="form-field"><span>${t("several.reason")}</span><input name="reason" required maxlength="1000" /></label>
      <div class="form-actions"><button aria-disabled=${this.doing.isBusy ? "true" : "false"}>${t("marks.set_scores")}</button></div>
    </form>`;
  }

  /** What can be set: a column's key, of several tasks `{task}/{key}`, with what stands there. */
  private places(): { place: string; title: string; is: string }[] {
    const { scores, tasks } = this.submission;
    const columns = (boardOf(this.competition, this.submission.phase)?.columns ?? []).filter(({ task }) => task === null);
    const text = (value: number | undefined): string => (value === undefined ? "" : String(value));
    if (tasks.length < 2) return columns.map(({ key, title }) => ({ place: key, title, is: text(scores[key]) }));
    return tasks.flatMap((task) =>
      columns.map(({ key, title }) => ({
        place: `${task.task}/${key}`,
        title: `${task.name} · ${title}`,
        is: text(task.scores[key]),
      })),
    );
  }

  private readonly onScores = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const changed: Record<string, string> = {};
    for (const { place, is } of this.places()) {
      const typed = textIn(form, `score.${place}`).trim();
      if (typed !== is) changed[place] = typed;
    }
    void this.edit(changed, textIn(form, "reason"));
  };

  private async edit(changed: Record<string, string>, reason: string): Promise<void> {
    const isDone = await this.doing.act(async () => {
      const scores = Object.fromEntries(Object.entries(changed).map(([place, typed]) => [place, scoreIn(place, typed)]));
      await ask("patch", "/v1/submissions/{submission}/scores", { params: this.which, body: { scores, reason } });
      return t("marks.scores_set");
    });
    if (isDone) this.kept();
  }
}

/** A score as it was typed; null for none. Throws Problem where that is no number. */
function scoreIn(place: string, typed: string): number | null {
  const message = typed && notNumber(typed);
  if (message) throw new Problem(422, "", message, [{ place, message }]);
  return typed === "" ? null : numberIn(typed);
}
