import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Problem } from "../../api/problem";
import { Resource } from "../../api/resource";
import { invalidate } from "../../api/store";
import type { BundleCheck, BundleComplaint, Import } from "../../api/shapes";
import { upload } from "../../api/upload";
import { titleIn, zipOf, type Bundle } from "../../bundle";
import { toManage } from "../../links";
import { go } from "../../router";
import { number, t } from "../../words/words";
import { LightElement } from "../light";

type Step = "packing" | "summing" | "sending";

/** A bundle that is looked at, mended line by line, sent, and followed until it is a draft, or what a competition is. */
@customElement("agon-making")
export class AgonMaking extends LightElement {
  @property({ attribute: false }) bundle!: Bundle;
  /** The competition that becomes what the bundle says; empty: a new one is made. */
  @property({ attribute: false }) competition = "";
  @state() private manifest: string | null = null;
  @state() private check?: BundleCheck;
  @state() private refusal?: Problem;
  @state() private running?: { step: Step; done: number };
  @state() private told = "";
  @state() private importId?: string;
  private stop?: AbortController;
  private readonly read = new Resource<Import>(
    this,
    () =>
      this.importId ? reading("/v1/imports/{import_id}", { params: { path: { import_id: this.importId } } }) : undefined,
    () => (this.isSettled ? undefined : 1),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("bundle")) {
      this.manifest = this.bundle.manifest;
      [this.check, this.refusal, this.importId, this.told] = [undefined, undefined, undefined, ""];
      if (this.manifest !== null) void this.look();
    }
    const { value } = this.read;
    if (value?.status === "Finished" && value.competition) this.leave(value.competition);
  }

  private leave(competition: string): void {
    // It was made, or changed, by no call of this page.
    invalidate(reading("/v1/competitions/{competition}", { params: { path: { competition } } }).path);
    go(toManage(competition));
  }

  private get isSettled(): boolean {
    return this.read.value?.status === "Finished" || this.read.value?.status === "Failed";
  }

  private get isBusy(): boolean {
    return this.running !== undefined || (this.importId !== undefined && !this.isSettled);
  }

  protected override render(): TemplateResult {
    const isWrong = (this.check?.errors.length ?? 0) > 0;
    return html`<section class="making" aria-labelledby="making-title">
      <h2 id="making-title">${(this.manifest === null ? "" : titleIn(this.manifest).replace(/^(["'])(.*)\1$/, "$2")) || this.bundle.name}</h2>
      <p role="status" class="making-told">${this.progress()}</p>
      ${this.refusal ? this.refused(this.refusal) : nothing}
      ${this.read.value?.status === "Failed" ? this.failure(this.read.value) : nothing}
      ${this.manifest === null ? html`<p class="board-notice">${t("hosting.no_manifest")}</p>` : this.editor(this.manifest)}
      <p class="actions">
        <button type="button" aria-disabled=${this.isBusy || isWrong ? "true" : "false"} @click=${() => void this.make()}>${this.competition ? t("dumps.update") : t("hosting.make")}</button>
        ${this.running ? html`<button type="button" class="quiet" @click=${() => this.stop?.abort()}>${t("hosting.stop")}</button>` : nothing}
      </p>
    </section>`;
  }

  /** What is being done, or was found, in a sentence. */
  private progress(): string {
    const { running, check } = this;
    if (running) return t(`hosting.${running.step}`, { done: number(running.done, { style: "percent" }) });
    if (this.importId && !this.isSettled) {
      const { done = 0, total = 0 } = this.read.value ?? {};
      return total > 0 ? t("hosting.copying", { done, total }) : t("hosting.waiting");
    }
    if (this.told || this.manifest === null) return this.told;
    if (!check) return this.refusal ? "" : t("hosting.checking");
    const parts = [
      ...(check.errors.length > 0 ? [t("hosting.wrong", { count: check.errors.length })] : []),
      ...(check.warnings.length > 0 ? [t("hosting.odd", { count: check.warnings.length })] : []),
    ];
    return parts.join(" ") || t("hosting.good");
  }

  private editor(manifest: string): TemplateResult {
    const { errors = [], warnings = [] } = this.check ?? {};
    return html`${this.complaints(errors, "wrong")} ${this.complaints(warnings, "odd")}
      <details class="manifest" ?open=${errors.length > 0}>
        <summary>${t("hosting.manifest")}</summary>
        <textarea aria-label=${t("hosting.manifest")} rows="20" spellcheck="false" wrap="off" .value=${manifest} @input=${this.onInput}></textarea>
        <p><button type="button" class="quiet" @click=${() => void this.look()}>${t("hosting.again")}</button></p>
      </details>`;
  }

  private complaints(all: readonly BundleComplaint[], kind: "wrong" | "odd"): TemplateResult | typeof nothing {
    if (all.length === 0) return nothing;
    return html`<ul class="complaints ${kind}">
      ${all.map(
        ({ file, line, key, message }) =>
          html`<li>
            ${
              line === null
                ? html`<code>${file || key}</code>`
                : html`<button type="button" class="quiet" aria-label=${t("hosting.show", { line })} @click=${() => this.show(line)}>${t("hosting.line", { line })}</button>`
            }
            <span>${message}</span>
          </li>`,
      )}
    </ul>`;
  }

  private refused({ detail, errors }: Problem): TemplateResult {
    if (errors.length === 0) return html`<p class="form-problem" role="alert">${detail}</p>`;
    return html`<div class="form-problem" role="alert"><p>${detail}</p>
      <ul>${errors.map(({ place, message }) => html`<li>${place}: ${message}</li>`)}</ul></div>`;
  }

  private failure({ errors }: Import): TemplateResult {
    return html`<div class="form-problem" role="alert"><p>${t("hosting.failed")}</p>
      <ul>${errors.map(({ file, line, message }) => html`<li>${file}${line === null ? "" : `, ${t("hosting.line", { line })}`}: ${message}</li>`)}</ul></div>`;
  }

  private readonly onInput = ({ target }: Event): void => {
    this.manifest = (target as HTMLTextAreaElement).value;
  };

  /** Puts the cursor on a line, from 1. */
  private show(line: number): void {
    const area = this.querySelector("textarea");
    area?.closest("details")?.setAttribute("open", "");
    const lines = area?.value.split("\n") ?? [];
    const from = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    area?.focus();
    area?.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    if (area) area.scrollTop = ((line - 4) * area.scrollHeight) / Math.max(lines.length, 1);
  }

  private async look(): Promise<void> {
    this.refusal = undefined;
    this.told = "";
    try {
      const { manifest } = this;
      const check = await ask("post", "/v1/bundles/check", { body: { manifest, names: [...this.bundle.names] } });
      // What was found in a text that has been changed since is old news.
      if (manifest === this.manifest) this.check = check;
    } catch (error) {
      this.keep(error);
    }
  }

  private async make(): Promise<void> {
    if (this.isBusy || (this.check?.errors.length ?? 0) > 0) return;
    const { signal } = (this.stop = new AbortController());
    const told = (step: Step) => (done: number) => (this.running = { step, done });
    [this.refusal, this.importId, this.told] = [undefined, undefined, ""];
    try {
      told("packing")(0);
      const file = await zipOf({ ...this.bundle, manifest: this.manifest }, told("packing"), signal);
      const sent = await upload(
        file,
        "bundle",
        (step, done) => told(step === "checking" ? "summing" : "sending")(done),
        signal,
      );
      this.importId = (await this.begin(sent.id)).id;
    } catch (error) {
      if (signal.aborted) this.told = t("hosting.stopped");
      else this.keep(error);
    } finally {
      this.running = undefined;
    }
  }

  private begin(id: string): Promise<Import> {
    const [body, params] = [{ upload: id }, { path: { competition: this.competition } }];
    if (this.competition) return ask("post", "/v1/competitions/{competition}/bundles", { params, body });
    return ask("post", "/v1/competitions", { body });
  }

  private keep(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    this.refusal = error;
  }
}
