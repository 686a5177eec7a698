import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Problem } from "../../api/problem";
import { Resource } from "../../api/resource";
import type { Competition, Handed, Phase, Quota, Submission } from "../../api/shapes";
import { brokenOff } from "../../api/unfinished";
import { upload } from "../../api/upload";
import { size } from "../../format";
import { concerns, concernsOfPlain, nameOf, type Concern } from "../../handing";
import { accepted, listed } from "../../plain-files";
import { allowances, answersIn, closedBecause, methodIn, textIn } from "../../submitting";
import { list, t } from "../../words/words";
import { members, type Member } from "../../zip/reading";
import { zip } from "../../zip/writing";
import { complaint, factSheet, focusWrong, method, text } from "../fields";
import { LightElement } from "../light";
import * as sketch from "../sketch";
import { loading } from "../states";
import { Checking } from "./checking";
import { needs } from "./expected";
import { ofDrop, ofFiles, unreadable, type Chosen } from "./dropped";

type Step = "zipping" | "checking" | "sending";

/** The form that submits to a phase: a zip, a folder or files, the fact sheet, and what one says of it. */
@customElement("agon-submit")
export class AgonSubmit extends LightElement {
  @property({ attribute: false }) competition!: Competition;
  @property({ attribute: false }) phase!: Phase;
  /** What to do when one was taken. */
  @property({ attribute: false }) taken: (submission: Submission) => void = () => undefined;
  @state() private chosen: Chosen | null = null;
  /** What is in it; null where that cannot be told. */
  @state() private inside: readonly Member[] | null = null;
  @state() private isOver = false;
  @state() private running?: { step: Step; done: number };
  @state() private refusal?: Problem;
  @state() private told = "";
  @state() private group: string | null = null;
  /** Whether what was chosen last can be read, once that is known: who submits before means it all the same. */
  private readable = Promise.resolve(true);
  private stop?: AbortController;
  /** What has arrived and was not taken yet: a form that is mended does not send its file again. */
  private arrived?: { chosen: Chosen; isPlain: boolean; upload: string };
  private readonly quota = new Resource(this, () =>
    reading("/v1/phases/{phase}/quota", { params: { ...this.which.params, query: { group: this.forGroup ?? undefined } } }),
  );
  private readonly checking = new Checking(this, (error) => (this.refusal = unreadable(error)));
  private readonly organizations = new Resource(this, () => reading("/v1/organizations"));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.abort();
  }

  protected override render(): TemplateResult {
    const { value: quota, problem } = this.quota;
    const { expects } = this.phase;
    this.checking.look(this.chosen, expects ?? null, this.isPlain);
    const closed = quota ? closedBecause(quota, new Date()) : "";
    const left = quota ? allowances(quota) : [];
    return html`<section class="hand-in" aria-labelledby="submit-title">
      <h2 id="submit-title">${t("submit.title", { phase: this.phase.name })}</h2>
      ${left.length ? html`<ul class="allowances" aria-label=${t("submit.left")}>${left.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
      ${quota && quota.timezone !== "UTC" && quota.today ? html`<p class="soft">${t("submit.zone", { zone: quota.timezone })}</p>` : nothing}
      ${problem ? html`<p class="form-problem" role="alert">${problem.detail}</p>` : nothing}
      ${closed ? html`<p class="board-notice">${closed}</p>` : nothing} ${this.unfinished()}
      ${expects ? needs(expects) : nothing}
      <p role="status" class="soft told">${this.told}</p>
      ${quota && !closed ? this.form(quota) : nothing}
      ${quota || problem ? nothing : loading(t("pages.it"), sketch.facts(1), sketch.picture)}
    </section>`;
  }

  private get which(): { params: { path: { phase: string } } } {
    return { params: { path: { phase: this.phase.id } } };
  }

  /** Those of the plain files that the phase takes; none where it takes zips. */
  private get extensions(): readonly string[] {
    return this.phase.submission_extensions ?? [];
  }

  private get isPlain(): boolean {
    return this.extensions.length > 0;
  }

  /** Who is in several groups says for which; in one, it goes without saying. */
  private get groups(): { key: string; title: string }[] {
    const { my_groups: mine = [], participant_groups: all = [] } = this.competition;
    return mine.length > 1 ? all.filter(({ key }) => mine.includes(key)) : [];
  }

  private get forGroup(): string | null {
    return this.groups.length ? (this.group ?? this.groups[0]?.key ?? null) : null;
  }

  private unfinished(): TemplateResult | typeof nothing {
    const names = this.chosen ? [] : brokenOff();
    return names.length ? html`<p class="board-notice">${t("submit.unfinished", { names: list(names) })}</p>` : nothing;
  }

  private form(quota: Quota): TemplateResult {
    const wrong = this.refusal?.errors ?? [];
    const found = this.concerns(quota);
    const isBusy = this.running !== undefined || this.isHeldBack(found);
    return html`<form class="panel" @submit=${this.onSubmit}>
      ${this.picker()} ${found.length ? html`<ul class="concerns" aria-label=${t("submit.look")}>${found.map(concern)}</ul>` : nothing}
      ${this.checking.told()}
      ${this.choice("group", t("submit.group"), this.groups, (key) => (this.group = key))} ${this.tasks()}
      ${factSheet(this.competition.fact_sheet, {}, wrong)}
      ${text({ place: "name", title: t("submit.name"), value: this.chosen ? nameOf(this.chosen.name) : "", complaints: wrong, maxlength: 100, hint: t("submit.known") })}
      ${this.forOrganization()}
      <details class="more" ?open=${wrong.some(({ place }) => place.startsWith("method"))}><summary>${t("submit.method")}</summary><div class="fields">${method({}, wrong)}</div></details>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      ${this.running ? this.progress(this.running) : nothing}
      <p class="actions">
        <button aria-disabled=${isBusy ? "true" : "false"}>${t("steps.submit")}</button>
        ${this.running ? html`<button type="button" class="quiet" @click=${() => this.stop?.abort()}>${t("submit.stop")}</button>` : nothing}
      </p>
    </form>`;
  }

  /** The site would not take it, or it would fail. */
  private isHeldBack(found: readonly Concern[]): boolean {
    return found.some(({ stops }) => stops) || this.checking.isInTheWay;
  }

  private picker(): TemplateResult {
    const { chosen, isPlain } = this;
    return html`<div class="drop ${this.isOver ? "over" : ""}" @dragover=${this.onDragOver} @dragleave=${() => (this.isOver = false)} @drop=${this.onDrop}>
      <b>${chosen ? chosen.name : isPlain ? t("submit.drop_one") : t("submit.drop")}</b>
      <span class="soft">${chosen ? this.contents(chosen) : this.wanted()}</span>
      <p class="pickers">
        <label class="picker"><input type="file" ?multiple=${!isPlain} accept=${isPlain ? accepted(this.extensions) : nothing} @change=${this.onPick} /><span>${chosen ? t("submit.other") : t("submit.file")}</span></label>
        ${isPlain ? nothing : html`<label class="picker"><input type="file" webkitdirectory @change=${this.onPick} /><span>${t("submit.folder")}</span></label>`}
      </p>
      ${complaint("upload", this.refusal?.errors ?? [])}
    </div>`;
  }

  private wanted(): string {
    if (this.isPlain) return t("submit.plain", { extensions: listed(this.extensions) });
    return this.phase.results_only ? t("submit.results") : t("submit.zipped");
  }

  private contents({ size: bytes, zip: isZip, entries }: Chosen): string {
    if (this.isPlain) return size(bytes);
    const count = isZip ? this.inside?.length : entries.length;
    return count === undefined ? size(bytes) : t("submit.contents", { count, size: size(bytes) });
  }

  private concerns(quota: Quota): Concern[] {
    const { chosen } = this;
    if (chosen && this.isPlain) return concernsOfPlain(chosen.alone, this.extensions, quota);
    return chosen ? concerns(chosen.size, this.inside, quota, this.phase.results_only === true) : [];
  }

  private choice(
    name: string,
    words: string,
    among: readonly { key: string; title: string }[],
    chose: (key: string) => void = () => undefined,
  ): TemplateResult | typeof nothing {
    if (among.length === 0) return nothing;
    return html`<label class="field"><span>${words}</span>
      <select name=${name} @change=${(event: Event) => chose((event.target as HTMLSelectElement).value)}>
        ${among.map(({ key, title }) => html`<option value=${key}>${title}</option>`)}
      </select>
      ${complaint(name, this.refusal?.errors ?? [])}
    </label>`;
  }

  private forOrganization(): TemplateResult | typeof nothing {
    const mine = (this.organizations.value?.organizations ?? []).map(({ id, name }) => ({ key: id, title: name }));
    return mine.length
      ? this.choice("organization", t("submit.organization"), [{ key: "", title: t("submit.nobody") }, ...mine])
      : nothing;
  }

  private tasks(): TemplateResult | typeof nothing {
    const { tasks } = this.phase;
    if (tasks.length < 2) return nothing;
    return html`<fieldset class="fields"><legend>${t("submit.tasks")}</legend>
      ${tasks.map(({ index, name }) => html`<label class="check"><input type="checkbox" name="tasks" value=${index} checked /><span>${name}</span></label>`)}
      ${complaint("tasks", this.refusal?.errors ?? [])}
    </fieldset>`;
  }

  private progress({ step, done }: { step: Step; done: number }): TemplateResult {
    const words = t(`submit.${step}`);
    return html`<p class="progress"><progress max="1" value=${done} aria-label=${words}></progress> <span class="soft">${words}: ${Math.floor(done * 100)}%</span></p>`;
  }

  private readonly onPick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    const chosen = ofFiles([...(input.files ?? [])]);
    if (chosen) this.choose(Promise.resolve(chosen));
  };

  private readonly onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    if (event.dataTransfer) this.choose(ofDrop(event.dataTransfer));
  };

  /** What was chosen last counts, also where a former one takes longer to look into. */
  private choose(choice: Promise<Chosen | null>): void {
    const readable: Promise<boolean> = lookedInto(choice).then(
      (found) => {
        if (found && this.readable === readable)
          [this.chosen, this.inside, this.refusal, this.told] = [...found, undefined, ""];
        return true;
      },
      (error: unknown) => {
        if (this.readable === readable) [this.chosen, this.inside, this.refusal] = [null, null, unreadable(error)];
        return false;
      },
    );
    this.readable = readable;
  }

  private readonly onSubmit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const isReadable = await this.readable;
    await this.updateComplete;
    const { value: quota } = this.quota;
    if (!isReadable || this.running || (quota && this.isHeldBack(this.concerns(quota)))) return;
    this.stop = new AbortController();
    this.refusal = undefined;
    this.told = "";
    try {
      const taken = await this.submit(new FormData(form), this.stop.signal);
      this.told = t("submit.done");
      this.chosen = this.inside = null;
      this.arrived = undefined;
      form.reset();
      this.taken(taken);
    } catch (error) {
      if (this.stop.signal.aborted) this.told = t("submit.stopped");
      else if (error instanceof Problem) this.refusal = error;
      else throw error;
    } finally {
      this.running = undefined;
      this.quota.reload();
    }
    await this.updateComplete;
    if (this.refusal) focusWrong(this);
  };

  private async submit(form: FormData, signal: AbortSignal): Promise<Submission> {
    // Meanwhile another phase may be looked at.
    const { chosen, which, isPlain } = this;
    if (!chosen) {
      const message = t(isPlain ? "submit.choose_one" : "submit.choose");
      throw new Problem(400, "", t("submit.first"), [{ place: "upload", message }]);
    }
    const said = this.said(form);
    if (this.arrived?.chosen !== chosen || this.arrived.isPlain !== isPlain) {
      const file = (isPlain ? chosen.alone : chosen.zip) ?? (await this.zipped(chosen, signal));
      this.running = { step: "checking", done: 0 };
      const { id } = await upload(file, "submission", (step, done) => (this.running = { step, done }), signal, isPlain);
      this.arrived = { chosen, isPlain, upload: id };
    }
    return ask("post", "/v1/phases/{phase}/submissions", { ...which, body: { ...said, upload: this.arrived.upload } });
  }

  private async zipped({ name, entries }: Chosen, signal: AbortSignal): Promise<File> {
    this.running = { step: "zipping", done: 0 };
    try {
      const made = await zip(entries, (done) => (this.running = { step: "zipping", done }), signal);
      return new File([made], `${name}.zip`, { type: made.type });
    } catch (error) {
      if (error instanceof RangeError) throw new Problem(400, "", t("submit.much"));
      if (error instanceof DOMException && !signal.aborted) throw new Problem(400, "", t("submit.changed"));
      throw error;
    }
  }

  private said(form: FormData): Handed {
    const tasks = form.getAll("tasks").map(Number);
    const several = this.phase.tasks.length > 1;
    if (several && tasks.length === 0)
      throw new Problem(400, "", t("submit.task"), [{ place: "tasks", message: t("submit.task") }]);
    const links = methodIn(form);
    const organization = textIn(form, "organization");
    return {
      name: textIn(form, "name").trim(),
      fact_sheet: answersIn(form, this.competition.fact_sheet),
      ...(Object.values(links).some(Boolean) ? { method: links } : {}),
      ...(several ? { tasks } : {}),
      ...(this.forGroup ? { group: this.forGroup } : {}),
      ...(organization ? { organization } : {}),
    };
  }
}

/** What was chosen, and what is in it, where that can be told. */
async function lookedInto(choice: Promise<Chosen | null>): Promise<[Chosen, readonly Member[] | null] | null> {
  const chosen = await choice;
  if (!chosen) return null;
  const { zip, entries } = chosen;
  return [chosen, zip ? await members(zip) : entries.map(({ path, file }) => ({ path, size: file.size }))];
}

function concern(one: Concern): TemplateResult {
  return html`<li class=${one.stops ? "stops" : ""}>${words(one)}</li>`;
}

function words(one: Concern): string {
  switch (one.kind) {
    case "empty":
      return t("submit.empty");
    case "large":
    case "storage":
      return t(`submit.${one.kind}`, { size: size(one.size), limit: size(one.limit) });
    case "wrapped":
      return t("submit.wrapped", { folder: one.folder });
    case "code":
      return t("submit.code", { path: one.path });
    case "several":
      return t("submit.several", { extensions: listed(one.extensions) });
    case "extension":
      return t("submit.extension", { name: one.name, extensions: listed(one.extensions) });
  }
}
