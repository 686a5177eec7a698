/** What was chosen to be submitted, looked into before it is sent: whether it is what the phase expects. */
import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { Expectations } from "../../api/shapes";
import { place, sentence } from "../../expected/complaints";
import { filesOf, filesOfZip } from "../../expected/files";
import { judge, type Verdict } from "../../expected/judging";
import { placeOf } from "../../plain-files";
import { list, t } from "../../words/words";
import type { Chosen } from "./dropped";

/** "looking": not yet; "unknown": it is no zip, or a strange one, of which a runner may know more. */
type State = "idle" | "looking" | "unknown" | Verdict;

interface About {
  chosen: Chosen | null;
  expects: Expectations | null;
  /** Whether it is handed in as the one file that it is. */
  isPlain: boolean;
}

const NOTHING: About = { chosen: null, expects: null, isPlain: false };

export class Checking implements ReactiveController {
  private state: State = "idle";
  private about: About = NOTHING;
  private stop = new AbortController();

  /** `failed` hears of a file that cannot be read. */
  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly failed: (error: unknown) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.about = NOTHING;
    this.state = "idle";
    this.stop.abort();
  }

  /** True where it is not known yet that it may be sent, or known that it would fail. */
  get isInTheWay(): boolean {
    return this.state === "looking" || (typeof this.state === "object" && this.state.complaints.length > 0);
  }

  /** Called at each drawing: it begins anew where something else is chosen, or something else expected. */
  look(chosen: Chosen | null, expects: Expectations | null, isPlain: boolean): void {
    const { about } = this;
    if (chosen === about.chosen && expects === about.expects && isPlain === about.isPlain) return;
    this.about = { chosen, expects, isPlain };
    this.stop.abort();
    this.stop = new AbortController();
    this.state = chosen && expects ? "looking" : "idle";
    if (chosen && expects) void this.judge(isPlain ? plain(chosen) : chosen, expects, this.stop.signal);
  }

  private async judge(chosen: Chosen, expects: Expectations, signal: AbortSignal): Promise<void> {
    try {
      const state = await verdictOf(chosen, expects, signal);
      if (!signal.aborted) this.state = state;
    } catch (error) {
      if (signal.aborted) return;
      this.state = "idle";
      this.failed(error);
    }
    this.host.requestUpdate();
  }

  told(): TemplateResult {
    return html`<div role="status" class="checked">${this.news()}</div>`;
  }

  private news(): TemplateResult | typeof nothing {
    if (this.state === "idle") return nothing;
    if (this.state === "looking") return html`<p class="soft">${t("expects.looking")}</p>`;
    if (this.state === "unknown") return html`<p class="soft">${t("expects.unknown")}</p>`;
    const { complaints, unread } = this.state;
    const elsewhere = unread.length ? html`<p class="soft">${t("expects.unread", { files: list(unread) })}</p>` : nothing;
    if (complaints.length === 0) return unread.length ? html`${elsewhere}` : html`<p class="good">${t("expects.good")}</p>`;
    return html`<p class="bad">${t("expects.bad", { count: complaints.length })}</p>
      <ul class="concerns">
        ${complaints.map((one) => html`<li class="stops"><b>${place(one)}</b> ${sentence(one)}</li>`)}
      </ul>
      ${elsewhere}`;
  }
}

/** As a runner finds it: one file, under a name of its own, and never looked into as a zip. */
function plain(chosen: Chosen): Chosen {
  const { alone } = chosen;
  return { ...chosen, zip: null, entries: alone ? [{ path: placeOf(alone.name), file: alone }] : [] };
}

async function verdictOf({ zip, entries }: Chosen, expects: Expectations, signal: AbortSignal): Promise<State> {
  const files = zip ? await filesOfZip(zip) : filesOf(entries);
  return files ? judge(expects, files, signal) : "unknown";
}
