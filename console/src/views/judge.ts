import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Case, Judgement } from "../api/shapes";
import { moment } from "../format";
import { prose } from "../prose";
import { toJudge } from "../links";
import { exhibit } from "./exhibit";
import { PageElement } from "./page-element";
import { closing, keeping } from "./decisive";
import { decisionOf, DECISIONS, digitOf, isWhole, type Decision } from "../judging";
import { rubric } from "./rubric";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { t } from "../words/words";

/** A juror's desk: one case after the other, or one that was judged before. */
@customElement("agon-judge")
export class AgonJudge extends PageElement {
  @state() private decision: Decision = decisionOf(null);
  @state() private refusal?: Problem;
  @state() private told = "";
  @state() private isBusy = false;
  private readonly next = new Resource(this, () =>
    this.caseId === null ? reading("/v1/phases/{phase}/judging/next", this.which) : undefined,
  );
  private readonly former = new Resource(this, () =>
    this.caseId ? reading("/v1/judging/{case}", { params: { path: { case: this.caseId } } }) : undefined,
  );
  private readonly mine = new Resource(this, () => reading("/v1/phases/{phase}/judging/judgements", this.which));
  private shown?: string;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("keydown", this.onKey);
  }

  protected override willUpdate(): void {
    const found = this.case;
    if (found?.id === this.shown) return;
    this.shown = found?.id;
    this.decision = decisionOf(found?.judgement ?? null);
    this.refusal = undefined;
  }

  protected override render(): TemplateResult {
    const problem = this.next.problem ?? this.former.problem;
    if (problem && this.case === undefined) return trouble(problem, this.caseId ? this.former.reload : this.next.reload);
    return html`
      <header class="lead"><h1 tabindex="-1" id="judge-title">${t("pages.judge")}</h1></header>
      ${this.progress()}
      <p role="status" class="soft told">${this.told}</p>
      ${this.desk()} ${this.judged()}
    `;
  }

  private get phaseId(): string {
    return this.query("phase") ?? "";
  }

  /** The case to look at again; null: the next one. */
  private get caseId(): string | null {
    return this.query("case");
  }

  private get which(): { params: { path: { phase: string } } } {
    return { params: { path: { phase: this.phaseId } } };
  }

  private get case(): Case | null | undefined {
    return this.caseId === null ? this.next.value?.case : this.former.value;
  }

  private progress(): TemplateResult | typeof nothing {
    const found = this.next.value;
    if (!found) return nothing;
    const whole = Math.max(found.wanted, found.made, 1);
    return html`<p class="progress">
      <progress max=${whole} value=${found.made} aria-label=${t("judging.progress")}></progress>
      <span class="soft">${t("judging.made", { made: found.made, wanted: found.wanted, done: found.done })}
        ${found.ends_at === null ? nothing : closing(found.ends_at)}</span>
    </p>`;
  }

  private desk(): TemplateResult {
    const found = this.case;
    if (found === undefined) return loading(t("judging.it"), sketch.title, sketch.prose(1), sketch.picture, sketch.form(3));
    if (found === null) {
      return empty(t("judging.none"), t("judging.none_hint"));
    }
    return html`<article class="desk ${found.kind}" aria-labelledby="case-title">
      <div class="judged-work">
        <h2 id="case-title">${found.task}</h2>
        ${found.held_until ? html`<p class="soft">${keeping(found.held_until)}</p>` : nothing}
        ${
          found.guidelines
            ? html`<details open class="guidelines"><summary>${t("judging.guidelines")}</summary>${prose({ format: "markdown", content: found.guidelines, assets: {} })}</details>`
            : nothing
        }
        <div class="outputs ${found.kind}">${found.outputs.map((output, place) => this.output(found, output, place))}</div>
      </div>
      ${this.form(found)}
    </article>`;
  }

  private output(found: Case, output: Case["outputs"][number], place: number): TemplateResult {
    const ofTwo = place === 0 ? t("judging.output_first") : t("judging.output_second");
    const title = found.kind === "pairwise" ? ofTwo : t("judging.output");
    return html`<section aria-label=${title}><h3>${title}</h3>${exhibit(output)}</section>`;
  }

  private form(found: Case): TemplateResult {
    const isReady = isWhole(found, this.decision);
    return html`<form class="verdict" @submit=${this.onSubmit}>
      ${found.kind === "pairwise" ? this.choice() : rubric(found.criteria, this.decision.marks, this.setMark)}
      <label class="comment">${t("judging.comment")}
        <textarea rows="2" maxlength="2000" .value=${this.decision.comment} @input=${this.onComment}></textarea>
      </label>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <p class="actions">
        <button ?disabled=${this.isBusy || !isReady}>${found.judgement ? t("judging.change") : t("judging.go_on")}</button>
        ${found.judgement ? nothing : html`<button type="button" class="quiet" ?disabled=${this.isBusy} @click=${this.onPass}>${t("judging.pass")}</button>`}
        <span class="soft keys">${t(`judging.keys_${found.kind}`)}</span>
      </p>
    </form>`;
  }

  private choice(): TemplateResult {
    return html`<fieldset class="choice"><legend>${t("judging.better")}</legend>
      ${DECISIONS.map(
        ({
          value,
        }) => html`<label><input type="radio" name="preferred" value=${value} .checked=${this.decision.preferred === value}
          @change=${() => this.prefer(value)} /><span>${t(`judging.${value}`)}</span></label>`,
      )}
    </fieldset>`;
  }

  private judged(): TemplateResult | typeof nothing {
    const list = this.mine.value?.judgements ?? [];
    if (list.length === 0 && this.caseId === null) return nothing;
    return html`<nav class="judged" aria-label=${t("judging.yours")}>
      <h2>${t("judging.yours")}</h2>
      ${this.caseId === null ? nothing : html`<p><a href=${toJudge(this.param("competition"), this.phaseId)}>${t("judging.on")}</a></p>`}
      <ol reversed>${list.map((one) => html`<li><a href=${toJudge(this.param("competition"), this.phaseId, one.case)} aria-current=${one.case === this.caseId ? "page" : "false"}>${summary(one)}</a></li>`)}</ol>
    </nav>`;
  }

  private readonly setMark = (key: string, mark: number | null): void => {
    const { marks } = this.decision;
    const others = Object.entries(marks).filter(([other]) => other !== key);
    // A mark that is changed keeps its place among the others.
    this.decision = { ...this.decision, marks: mark === null ? Object.fromEntries(others) : { ...marks, [key]: mark } };
  };

  private prefer(preferred: Decision["preferred"]): void {
    this.decision = { ...this.decision, preferred };
  }

  private readonly onComment = (event: InputEvent): void => {
    this.decision = { ...this.decision, comment: (event.target as HTMLTextAreaElement).value };
  };

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const found = this.case;
    if (!found || !isWhole(found, this.decision)) return;
    const { marks, preferred, comment } = this.decision;
    const body = found.kind === "pairwise" ? { preferred, comment } : { marks, comment };
    const params = { path: { case: found.id } };
    void this.act(() => ask("post", "/v1/judging/{case}", { params, body }), t("judging.kept"));
  };

  private readonly onPass = (): void => {
    const found = this.case;
    if (!found) return;
    const params = { path: { case: found.id } };
    void this.act(() => ask("post", "/v1/judging/{case}/pass", { params }), t("judging.passed"));
  };

  private async act(verb: () => Promise<unknown>, told: string): Promise<void> {
    this.isBusy = true;
    try {
      await verb();
      this.refusal = undefined;
      this.told = told;
      this.mine.reload();
      if (this.caseId === null) this.next.reload();
      scrollTo(0, 0);
      this.querySelector<HTMLElement>("#judge-title")?.focus({ preventScroll: true });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    } finally {
      this.isBusy = false;
    }
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const found = this.case;
    const digit = digitOf(event);
    if (!found || digit === null) return;
    if (found.kind === "pairwise") {
      const chosen = DECISIONS.find(({ key }) => key === digit);
      if (chosen) this.prefer(chosen.value);
      return;
    }
    const lines = [...this.querySelectorAll<HTMLElement>("[data-criterion]")];
    const at = Math.max(
      lines.findIndex((line) => line.contains(document.activeElement)),
      0,
    );
    const isIn = lines[at]?.contains(document.activeElement);
    const isMarked = (one: HTMLElement): boolean => (one.dataset.criterion ?? "") in this.decision.marks;
    const line = isIn ? lines[at] : (lines.find((one) => !isMarked(one)) ?? lines[0]);
    const criterion = found.criteria.find(({ key }) => key === line?.dataset.criterion);
    if (!line || !criterion || digit < criterion.lowest || digit > criterion.highest) return;
    this.setMark(criterion.key, digit);
    const following = lines[lines.indexOf(line) + 1];
    // The button that saves can be reached only once it is drawn as one that can be pressed.
    const goOn = (): void =>
      (following?.querySelector<HTMLElement>("input") ?? this.querySelector<HTMLElement>(".verdict button"))?.focus();
    void this.updateComplete.then(goOn);
  };
}

function summary(one: Judgement): string {
  const said = one.preferred ? t(`judging.said_${one.preferred}`) : Object.values(one.marks).join(", ");
  return `${moment(one.made_at, new Date())}: ${said}`;
}
