import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Competition, Handed, Phase, Submission } from "../api/shapes";
import { upload } from "../api/upload";
import { size } from "../format";
import { allowances, answersIn, closedBecause, methodIn, textIn } from "../submitting";
import { complaint, factSheet, focusWrong, method, text } from "./fields";
import { LightElement } from "./light";

interface Sending {
  step: "checking" | "sending";
  done: number;
}
const STEPS: Record<Sending["step"], string> = { checking: "Reading the file", sending: "Sending it" };

/** The form that hands in a submission to a phase: a zip, the fact sheet, and what one says of it. */
@customElement("agon-hand-in")
export class AgonHandIn extends LightElement {
  @property({ attribute: false }) competition!: Competition;
  @property({ attribute: false }) phase!: Phase;
  /** What to do when one was taken. */
  @property({ attribute: false }) taken: (submission: Submission) => void = () => undefined;
  @state() private file?: File;
  @state() private isOver = false;
  @state() private sending?: Sending;
  @state() private refusal?: Problem;
  @state() private told = "";
  private stop?: AbortController;
  /** What has arrived and was not taken yet: a form that is mended does not send its file again. */
  private arrived?: { file: File; upload: string };
  private readonly quota = new Resource(this, () => reading("/v1/phases/{phase}/quota", this.which));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.abort();
  }

  protected override render(): TemplateResult {
    const { value: quota, problem } = this.quota;
    const closed = quota ? closedBecause(quota, new Date()) : "";
    return html`<section class="hand-in" aria-labelledby="hand-in-title">
      <h2 id="hand-in-title">Hand in to ${this.phase.name}</h2>
      ${quota && allowances(quota).length ? html`<ul class="allowances" aria-label="What is left to you">${allowances(quota).map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
      ${problem ? html`<p class="form-problem" role="alert">${problem.detail}</p>` : nothing}
      ${closed ? html`<p class="board-notice">${closed}</p>` : nothing}
      <p role="status" class="soft told">${this.told}</p>
      ${quota && !closed ? this.form() : nothing}
    </section>`;
  }

  private get which(): { params: { path: { phase: string } } } {
    return { params: { path: { phase: this.phase.id } } };
  }

  private form(): TemplateResult {
    const wrong = this.refusal?.errors ?? [];
    return html`<form class="panel" @submit=${this.onSubmit}>
      ${this.picker()} ${this.tasks()} ${factSheet(this.competition.fact_sheet, {}, wrong)}
      ${text({ place: "name", title: "Name", complaints: wrong, maxlength: 100, hint: "for you to know it by" })}
      <details class="more" ?open=${wrong.some(({ place }) => place.startsWith("method"))}><summary>Method and links</summary><div class="fields">${method({}, wrong)}</div></details>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      ${this.sending ? this.progress(this.sending) : nothing}
      <p class="actions">
        <button ?disabled=${this.sending !== undefined}>Hand in</button>
        ${this.sending ? html`<button type="button" class="quiet" @click=${() => this.stop?.abort()}>Stop</button>` : nothing}
      </p>
    </form>`;
  }

  private picker(): TemplateResult {
    return html`<label class="drop ${this.isOver ? "over" : ""}" @dragover=${this.onDragOver} @dragleave=${() => (this.isOver = false)} @drop=${this.onDrop}>
      <input type="file" accept=".zip,application/zip" @change=${this.onPick} />
      <b>${this.file ? this.file.name : "Choose a zip"}</b>
      <span class="soft">${this.file ? `${size(this.file.size)} · choose another one` : "or drop it here"}</span>
      ${complaint("upload", this.refusal?.errors ?? [])}
    </label>`;
  }

  private tasks(): TemplateResult | typeof nothing {
    const { tasks } = this.phase;
    if (tasks.length < 2) return nothing;
    return html`<fieldset class="fields"><legend>Tasks</legend>
      ${tasks.map(({ index, name }) => html`<label class="check"><input type="checkbox" name="tasks" value=${index} checked /><span>${name}</span></label>`)}
      ${complaint("tasks", this.refusal?.errors ?? [])}
    </fieldset>`;
  }

  private progress({ step, done }: Sending): TemplateResult {
    return html`<p class="progress"><progress max="1" value=${done} aria-label=${STEPS[step]}></progress> <span class="soft">${STEPS[step]}: ${Math.floor(done * 100)}%</span></p>`;
  }

  private readonly onPick = (event: Event): void => this.choose((event.target as HTMLInputElement).files?.[0]);

  private readonly onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    this.choose(event.dataTransfer?.files[0]);
  };

  private choose(file: File | undefined): void {
    if (!file) return;
    this.file = file;
    this.refusal = undefined;
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    if (this.sending) return;
    this.stop = new AbortController();
    this.refusal = undefined;
    this.told = "";
    try {
      const taken = await this.handIn(new FormData(form), this.stop.signal);
      this.told = "It is handed in. Below you see what becomes of it.";
      this.file = this.arrived = undefined;
      form.reset();
      this.taken(taken);
    } catch (error) {
      if (this.stop.signal.aborted) this.told = "Stopped. Nothing was handed in.";
      else if (error instanceof Problem) this.refusal = error;
      else throw error;
    } finally {
      this.sending = undefined;
      this.quota.reload();
    }
    await this.updateComplete;
    if (this.refusal) focusWrong(this);
  };

  private async handIn(form: FormData, signal: AbortSignal): Promise<Submission> {
    const { file } = this;
    if (!file)
      throw new Problem(400, "No file", "Choose a zip first.", [
        { place: "upload", message: "Choose a zip, or drop one here." },
      ]);
    const said = this.said(form);
    if (this.arrived?.file !== file) {
      this.sending = { step: "checking", done: 0 };
      const { id } = await upload(file, "submission", (step, done) => (this.sending = { step, done }), signal);
      this.arrived = { file, upload: id };
    }
    return ask("post", "/v1/phases/{phase}/submissions", { ...this.which, body: { ...said, upload: this.arrived.upload } });
  }

  private said(form: FormData): Handed {
    const tasks = form.getAll("tasks").map(Number);
    const several = this.phase.tasks.length > 1;
    if (several && tasks.length === 0)
      throw new Problem(400, "No task", "Choose a task at least.", [{ place: "tasks", message: "Choose one at least." }]);
    const links = methodIn(form);
    return {
      name: textIn(form, "name").trim(),
      fact_sheet: answersIn(form, this.competition.fact_sheet),
      ...(Object.values(links).some(Boolean) ? { method: links } : {}),
      ...(several ? { tasks } : {}),
    };
  }
}
