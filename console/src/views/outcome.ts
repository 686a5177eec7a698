import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { ask, reading, since } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import type { Files, Submission } from "../api/shapes";
import { isFinal, pauseSeconds } from "../submitting";
import { LightElement } from "./light";
import { when } from "./when";
import "./submission/log";
import { look, t } from "../words/words";

type Kind = Exclude<keyof Files, "results" | "extension" | "live">;
const FILES: readonly Kind[] = [
  "submission",
  "output",
  "private_output",
  "prediction_output",
  "detailed_results",
  "ingestion_stdout",
  "ingestion_stderr",
  "submission_stdout",
  "submission_stderr",
  "scoring_stdout",
  "scoring_stderr",
];

/** What a run prints and leaves: logs that follow it, files to download, earlier attempts. */
@customElement("agon-outcome")
export class AgonOutcome extends LightElement {
  @property({ attribute: false }) submission!: Submission;
  /** Who wants to know what was printed. */
  @property({ attribute: false }) heard: (logs: Readonly<Record<string, string>>) => void = () => undefined;
  @state() private refusal?: Problem;
  private told?: Readonly<Record<string, string>>;
  /** What an attempt had printed when it was read last. */
  private kept?: { of: string; logs: Readonly<Record<string, string>> };
  private seen = 0;
  private grownAt = Date.now();
  /** A new attempt prints anew, and an end is read once more. */
  private readonly logs = new Resource(
    this,
    () => {
      const { tasks, status, attempt } = this.submission;
      if (tasks.length || status === "Submitting") return undefined;
      return since(`${attempt} ${isFinal(status)}`, reading("/v1/submissions/{submission}/logs", this.which));
    },
    (): number | undefined => this.pause(),
  );
  private readonly attempts = new Resource(this, () => {
    const { status, attempt } = this.submission;
    return isFinal(status) ? since(attempt, reading("/v1/submissions/{submission}/attempts", this.which)) : undefined;
  });
  private readonly files = new Resource(this, () => {
    const { tasks, status, attempt } = this.submission;
    return isFinal(status) && !tasks.length
      ? since(attempt, reading("/v1/submissions/{submission}/files", this.which))
      : undefined;
  });

  protected override render(): TemplateResult {
    return html`${this.printed()} ${this.left()} ${this.earlier()}`;
  }

  protected override updated(): void {
    const logs = this.logs.value?.logs;
    if (logs && logs !== this.told) this.heard((this.told = logs));
  }

  /** Also while the end is read once more: a log that is there stays, and is followed to its last line. */
  private get known(): Readonly<Record<string, string>> | undefined {
    const of = `${this.submission.id} ${this.submission.attempt}`;
    const logs = this.logs.value?.logs;
    if (logs) this.kept = { of, logs };
    return this.kept?.of === of ? this.kept.logs : undefined;
  }

  private get which(): { params: { path: { submission: string } } } {
    return { params: { path: { submission: this.submission.id } } };
  }

  private pause(): number | undefined {
    const size = Object.values(this.logs.value?.logs ?? {}).reduce((sum, log) => sum + log.length, 0);
    if (size !== this.seen) this.grownAt = Date.now();
    this.seen = size;
    return isFinal(this.submission.status) ? undefined : pauseSeconds(Date.now() - this.grownAt);
  }

  private printed(): TemplateResult | typeof nothing {
    const [known, { problem }] = [this.known, this.logs];
    const logs = Object.entries(known ?? {}).filter(([, text]) => text);
    if (problem && !known)
      return html`<section class="part" aria-label=${t("outcome.logs")}><h2>${t("outcome.logs")}</h2><p class="soft">${problem.detail}</p></section>`;
    if (!known) return nothing;
    return html`<section class="part" aria-labelledby="logs-title">
      <h2 id="logs-title">${t("outcome.logs")}</h2>
      ${logs.length === 0 ? html`<p class="soft">${isFinal(this.submission.status) ? t("outcome.silent") : t("outcome.silent_yet")}</p>` : nothing}
      ${repeat(
        logs,
        ([name]) => name,
        ([name, text]) =>
          html`<agon-run-log .text=${text} .words=${titleOf(name)} .isLive=${!isFinal(this.submission.status)}></agon-run-log>`,
      )}
    </section>`;
  }

  private left(): TemplateResult | typeof nothing {
    const files = this.files.value;
    if (!files) return nothing;
    const pages = Object.keys(files.results);
    return html`<section class="part" aria-labelledby="files-title">
      <h2 id="files-title">${t("outcome.files")}</h2>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <ul class="files">
        ${FILES.filter((kind) => files[kind]).map((kind) => this.file(t(`outcome.${kind}`), (fresh) => fresh[kind]))}
        ${pages.map((name) => this.file(name, (fresh) => fresh.results[name]))}
      </ul>
    </section>`;
  }

  private file(words: string, which: (files: Files) => string | null | undefined): TemplateResult {
    return html`<li><button type="button" class="link" @click=${() => this.download(which)}>${words}<span class="visually-hidden">${t("outcome.download")}</span></button></li>`;
  }

  /** By an address of now: those that came with the page die after some minutes. */
  private async download(which: (files: Files) => string | null | undefined): Promise<void> {
    try {
      const url = which(await ask("get", "/v1/submissions/{submission}/files", this.which));
      this.refusal = undefined;
      // It is sent as a file, so the page stays.
      if (url) location.assign(url);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    }
  }

  private earlier(): TemplateResult | typeof nothing {
    const attempts = this.attempts.value?.attempts ?? [];
    if (attempts.length === 0) return nothing;
    return html`<section class="part" aria-labelledby="attempts-title">
      <h2 id="attempts-title">${t("outcome.earlier")}</h2>
      <ol class="attempts">${attempts.map(
        (one) => html`<li value=${one.number}>
        <b>${look(`run.${one.status}`) ?? one.status}</b>${one.finished_at ? html`, ${when(one.finished_at)}` : nothing}${one.is_check ? `, ${t("outcome.check")}` : nothing}
        ${one.fault ? html`<br /><span class="soft">${t(`run.fault_${one.fault}`)} ${one.reason}</span>` : nothing}
      </li>`,
      )}</ol>
    </section>`;
  }
}

/** `scoring_stderr`: Scoring: errors. */
export function titleOf(name: string): string {
  return look(`outcome.${name}`) ?? name;
}
