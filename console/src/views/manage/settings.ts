/** Settings of a competition as pages change them: read with their revision, asked about before boards lose something, told of others' changes. */
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { ask, reading } from "../../api/client";
import { Problem } from "../../api/problem";
import { Current } from "../../api/resource";
import type { Settings } from "../../api/shapes";
import { t } from "../../words/words";
import { clashesOf, type Clash } from "./clashes";
import { ranked, type Ranking } from "./ranked";

export type Document = Readonly<Record<string, unknown>>;
export type Effect = NonNullable<Settings["effects"]>[number];
interface Query {
  preview?: "true";
  confirmed?: "true";
}

/** A part of the settings: without `part` the competition itself; without `index` a list of them; with `column` one of a board's. */
export interface At {
  part?: string;
  index?: number;
  column?: number;
  /** The columns of the board at `index`, or one of them. */
  isColumn?: true;
}

export class Saving {
  private readonly read: Current<Settings>;
  /** What a change would do to boards, until it is decided. */
  private asked?: { effects: readonly Effect[]; ranking?: Ranking; decide: (isMeant: boolean) => void };
  private clashes: readonly Clash[] = [];
  /** What the last change answered: what is read beside it may be older. */
  private answered?: Settings;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly competition: () => string,
  ) {
    this.read = new Current(host, () => reading("/v1/competitions/{competition}/settings", this.where));
  }

  get document(): Document | undefined {
    return this.latest?.settings;
  }

  get problem(): Problem | undefined {
    return this.read.value ? undefined : this.read.problem;
  }

  readonly reload = (): void => this.read.reload();

  /** The entries of a list, such as `phases`. */
  list(part: string): readonly Document[] {
    return entries(this.document, part);
  }

  change(at: At, body: Document): Promise<Settings> {
    return this.save(at, body, (query) => this.changed(at, body, query));
  }

  add(at: At, body: Document): Promise<Settings> {
    return this.save(at, body, (query) => this.added(at, body, query));
  }

  remove(at: At): Promise<Settings> {
    return this.save(at, {}, (query) => this.removed(at, query));
  }

  /** Sets the terms or the logo, which lie beside the settings. */
  async set(send: (header: { "If-Match": string }) => Promise<Settings>): Promise<Settings> {
    return this.guarded({}, {}, () => send(this.header));
  }

  /** What stands above a form: a question about boards, or what others have changed meanwhile. */
  notices(): TemplateResult {
    return html`${this.asked ? question(this.asked.effects, this.asked.ranking, this.asked.decide) : nothing}
    ${this.clashes.length > 0 ? clashes(this.clashes) : nothing}`;
  }

  /** First what it would do to boards; done when nothing, or when it is meant so. */
  private async save(at: At, body: Document, send: (query: Query) => Promise<Settings>): Promise<Settings> {
    return this.guarded(at, body, async () => {
      const { effects = [], ranking } = await send({ preview: "true" });
      const isAsked = effects.length > 0 || Boolean(ranking);
      if (isAsked && !(await this.isMeant(effects, ranking ?? undefined))) throw new Problem(0, "", t("settings.not_saved"));
      return send(isAsked ? { confirmed: "true" } : {});
    });
  }

  private isMeant(effects: readonly Effect[], ranking?: Ranking): Promise<boolean> {
    return new Promise((resolve) => {
      const decide = (isMeant: boolean): void => {
        this.asked = undefined;
        this.host.requestUpdate();
        resolve(isMeant);
      };
      this.asked = { effects, ranking, decide };
      this.host.requestUpdate();
      // It may stand far above the form that was sent.
      void this.host.updateComplete.then(() => document.querySelector<HTMLElement>(".manage-question")?.focus());
    });
  }

  /** Where somebody else was quicker, both versions are told, and what was typed can be sent once more. */
  private async guarded(at: At, body: Document, send: () => Promise<Settings>): Promise<Settings> {
    const before = entryAt(at, this.document);
    this.clashes = [];
    try {
      const answer = await send();
      this.answered = answer;
      this.read.reload();
      return answer;
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 412) throw error;
      const now = await ask("get", "/v1/competitions/{competition}/settings", this.where);
      this.answered = now;
      this.clashes = clashesOf(body, before, entryAt(at, now.settings));
      this.read.reload();
      throw new Problem(412, error.title, t("settings.outdated"));
    } finally {
      this.host.requestUpdate();
    }
  }

  private get latest(): Settings | undefined {
    const [read, answered] = [this.read.value, this.answered];
    return answered && (!read || answered.revision > read.revision) ? answered : read;
  }

  private get where(): { params: { path: { competition: string } } } {
    return { params: { path: { competition: this.competition() } } };
  }

  private get header(): { "If-Match": string } {
    return { "If-Match": `"${this.latest?.revision ?? 0}"` };
  }

  private given({ part = "", index = 0, column = 0 }: At, query: Query) {
    const path = { competition: this.competition(), part, index: String(index), column: String(column) };
    return { path, query, header: this.header };
  }

  private changed(at: At, body: Document, query: Query): Promise<Settings> {
    const params = this.given(at, query);
    if (at.isColumn)
      return ask("patch", "/v1/competitions/{competition}/settings/{part}/{index}/columns/{column}", { params, body });
    return at.part === undefined
      ? ask("patch", "/v1/competitions/{competition}/settings", { params, body })
      : ask("patch", "/v1/competitions/{competition}/settings/{part}/{index}", { params, body });
  }

  private added(at: At, body: Document, query: Query): Promise<Settings> {
    const params = this.given(at, query);
    return at.isColumn
      ? ask("post", "/v1/competitions/{competition}/settings/{part}/{index}/columns", { params, body })
      : ask("post", "/v1/competitions/{competition}/settings/{part}", { params, body });
  }

  private removed(at: At, query: Query): Promise<Settings> {
    const params = this.given(at, query);
    return at.isColumn
      ? ask("delete", "/v1/competitions/{competition}/settings/{part}/{index}/columns/{column}", { params })
      : ask("delete", "/v1/competitions/{competition}/settings/{part}/{index}", { params });
  }
}

/** The entries of a list of settings, or of a part of them. */
export function entries(of: Document | undefined, part: string): readonly Document[] {
  const found = of?.[part];
  return Array.isArray(found) ? (found as Document[]) : [];
}

function entryAt({ part, index = -1, column = -1, isColumn }: At, document: Document = {}): Document {
  const entry = part === undefined ? document : entries(document, part)[index];
  return (isColumn ? entries(entry, "columns")[column] : entry) ?? {};
}

function question(
  effects: readonly Effect[],
  ranking: Ranking | undefined,
  decide: (isMeant: boolean) => void,
): TemplateResult {
  return html`<div class="manage-question" role="group" tabindex="-1" aria-label=${t("settings.effects")}>
    <p><b>${t("settings.effects")}</b></p>
    ${effects.length > 0 ? html`<ul>${effects.map((one) => html`<li>${one.name}: ${told(one)}</li>`)}</ul>` : nothing}
    ${ranking ? ranked(ranking) : nothing}
    <p class="actions">
      <button type="button" @click=${() => decide(true)}>${t("settings.save_so")}</button>
      <button type="button" class="quiet" @click=${() => decide(false)}>${t("manage.not_yet")}</button>
    </p>
  </div>`;
}

function told({ rows, appear, disappear, change, unscored, lost, is_complete }: Effect): string {
  const parts = [
    t("settings.rows", { count: rows }),
    ...(appear ? [t("settings.appear", { count: appear })] : []),
    ...(disappear ? [t("settings.disappear", { count: disappear })] : []),
    ...(change ? [t("settings.change", { count: change })] : []),
    ...(unscored ? [t("settings.unscored", { count: unscored })] : []),
    ...lost.map(({ key, submissions }) => t("settings.lost", { key, count: submissions })),
    ...(is_complete ? [] : [t("settings.incomplete")]),
  ];
  return `${parts.join("; ")}.`;
}

function clashes(found: readonly Clash[]): TemplateResult {
  return html`<div class="manage-question" role="group" aria-label=${t("settings.clashes")}>
    <p><b>${t("settings.clashes")}</b></p>
    <ul>
      ${found.map(
        ({ place, theirs, yours }) =>
          html`<li><code>${place}</code><br />${t("settings.theirs")}: <q>${theirs}</q><br />${t("settings.yours")}: <q>${yours}</q></li>`,
      )}
    </ul>
  </div>`;
}
