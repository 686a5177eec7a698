import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import { current } from "../api/session";
import type { Ancestor, SharedCode } from "../api/shapes";
import { count, score, size } from "../format";
import { prose } from "../prose";
import { toShared, toSignIn, type Order } from "../links";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty, loading, trouble } from "./states";

const ORDERS: readonly [Order, string][] = [
  ["newest", "Newest"],
  ["likes", "Most liked"],
];

/** The code that participants of a phase share: what it is, what it scores, and how to have it. */
@customElement("agon-shared")
export class AgonShared extends TabElement {
  /** What has become of some since the list was read: counts, and lineages. */
  @state() private renewed: ReadonlyMap<string, SharedCode> = new Map();
  @state() private refusal?: Problem;
  @state() private told = "";
  private readonly read = new Resource(this, () => {
    const query = { order: this.order, cursor: this.cursor ?? undefined };
    return this.phase && reading("/v1/phases/{phase}/shared", { params: { path: { phase: this.phase.id }, query } });
  });

  private get order(): Order {
    return this.query("order") === "likes" ? "likes" : "newest";
  }

  private get cursor(): string | null {
    return this.query("cursor");
  }

  protected override render(): TemplateResult {
    if (!this.phase) return empty("No phases yet", "Code is shared in a phase.");
    const { value: found, problem } = this.read;
    if (!found) return problem ? trouble(problem, this.read.reload, 2) : loading("the shared code");
    return html`<section class="shared" aria-labelledby="shared-title">
      <header>
        <div>
          <h2 id="shared-title">Shared code</h2>
          <p class="soft">${this.phase.name} · what participants let others have, and start from</p>
        </div>
        ${this.choice()}
      </header>
      ${this.promise()}
      <p role="status" class="soft told">${this.told}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      ${
        found.shared.length === 0 && !found.next
          ? this.nothingYet()
          : html`<ul class="cards codes">${found.shared.map((one) => html`<li>${this.card(this.renewed.get(one.submission) ?? one)}</li>`)}</ul>`
      }
      ${this.pager(found.next)}
    </section>`;
  }

  private choice(): TemplateResult {
    return html`<nav class="order" aria-label="Order">
      ${ORDERS.map(
        ([order, words]) =>
          html`<a href=${toShared(this.name, this.query("phase"), order)} aria-current=${order === this.order ? "true" : "false"}>${words}</a>`,
      )}
    </nav>`;
  }

  /** What the phase gives to everybody at its end. */
  private promise(): TemplateResult | typeof nothing {
    const licence = this.phase?.licence_at_end;
    if (!licence) return nothing;
    const words =
      this.phase?.state === "closed"
        ? `The phase is over: all that has finished is shared, under ${licence} unless it says otherwise.`
        : `When the phase is over, everybody may have all that has finished, under ${licence}.`;
    return html`<p class="board-notice">${words}</p>`;
  }

  private nothingYet(): TemplateResult {
    if (this.order === "likes")
      return empty("Nobody has liked anything yet", "What people like appears here, the most liked first.");
    if (!this.competition.can_participants_make_submissions_public)
      return empty("Nothing is shared yet", "In this competition the organizers alone share submissions.");
    return empty(
      "Nothing is shared yet",
      "Participants share what they submitted by “agon submissions publish”, under a licence of their choice.",
    );
  }

  private card(code: SharedCode): TemplateResult {
    const title = code.name || "Without a name";
    return html`<article class="card code" aria-label=${title}>
      <p class="card-top"><span class="soft">${when(code.submitted_at)}</span> <span class="licence">${code.licence}</span></p>
      <h3>${title}</h3>
      <p class="soft">by ${code.participant ?? "somebody whom this board does not name"}${code.mine ? " (you)" : nothing}</p>
      ${this.scores(code)} ${about(code)}
      <div class="code-foot">
        <p class="soft">${count(code.likes, "like", "likes")} · ${count(code.downloads, "download", "downloads")} · ${count(code.forks, "fork", "forks")}</p>
        ${this.lineage(code)}
        <p class="actions">${this.actions(code, title)}</p>
      </div>
    </article>`;
  }

  private scores(code: SharedCode): TemplateResult | typeof nothing {
    const told = (this.competition.leaderboard?.columns ?? []).filter(({ key }) => key in code.scores);
    if (told.length === 0) return nothing;
    return html`<dl class="facts">
      ${told.map(({ key, title, precision }) => html`<div><dt>${title}</dt><dd>${score(code.scores[key], precision)}</dd></div>`)}
    </dl>`;
  }

  private actions(code: SharedCode, title: string): TemplateResult {
    const what = html`<span class="visually-hidden"> ${title}</span>`;
    if (!current())
      return html`<a href=${toSignIn(this.place.path)}>Sign in to download or like<span class="visually-hidden"> ${title}</span></a>`;
    return html`
      <button type="button" @click=${() => this.download(code)}>Download${what} <small>${size(code.size_bytes)}</small></button>
      ${
        code.mine
          ? nothing
          : html`<button type="button" class="quiet like" aria-pressed=${code.liked ? "true" : "false"} @click=${() => this.like(code, title)}>
            <span aria-hidden="true">${code.liked ? "♥" : "♡"}</span> Like${what}
          </button>`
      }
    `;
  }

  private lineage(code: SharedCode): TemplateResult | typeof nothing {
    if (!code.forked_from) return nothing;
    return html`<details class="lineage" @toggle=${() => void this.trace(code)}>
      <summary>Started from other code</summary>
      <ol>${code.lineage?.map((one) => html`<li>${ancestor(one)}</li>`)}</ol>
    </details>`;
  }

  private pager(next: string | null): TemplateResult | typeof nothing {
    if (!next && !this.cursor) return nothing;
    const to = (cursor: string | null): string => toShared(this.name, this.query("phase"), this.order, cursor);
    return html`<nav class="pager" aria-label="Pages of shared code">
      ${this.cursor ? html`<a href=${to(null)} rel="first">← To the first</a>` : html`<span></span>`}
      ${next ? html`<a href=${to(next)} rel="next">${this.order === "likes" ? "Less liked" : "Older"} →</a>` : html`<span></span>`}
    </nav>`;
  }

  private async trace(code: SharedCode): Promise<void> {
    if (!code.lineage?.length) await this.look(code);
  }

  private async like(code: SharedCode, title: string): Promise<void> {
    await this.act(async () => {
      const found = await ask(code.liked ? "delete" : "post", "/v1/shared/{submission}/like", which(code));
      this.keep(found);
      this.told = `${title}: ${count(found.likes, "like", "likes")}.`;
    });
  }

  private async download(code: SharedCode): Promise<void> {
    await this.act(async () => {
      const { url } = await ask("post", "/v1/shared/{submission}/download", which(code));
      location.assign(url);
    });
    await this.look(code);
  }

  private async look(code: SharedCode): Promise<void> {
    await this.act(async () => this.keep(await ask("get", "/v1/shared/{submission}", which(code))));
  }

  private keep(code: SharedCode): void {
    this.renewed = new Map(this.renewed).set(code.submission, code);
  }

  private async act(deed: () => Promise<void>): Promise<void> {
    try {
      await deed();
      this.refusal = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    }
  }
}

function about(code: SharedCode): TemplateResult {
  const links = [
    ["Code", code.method.code_url],
    ["Project", code.method.project_url],
    ["Paper", code.method.publication_url],
  ] as const;
  const known = links.filter(([, url]) => /^https?:\/\//.test(url ?? ""));
  return html`
    ${code.description ? html`<div class="code-text" tabindex="0" role="group" aria-label="Description">${prose({ format: "markdown", content: code.description, assets: {} }, 4)}</div>` : nothing}
    ${known.length ? html`<p class="code-links">${known.map(([words, url]) => html`<a href=${url} rel="noopener noreferrer nofollow">${words}</a> `)}</p>` : nothing}
    <p class="start">Start from it: <code>agon shared fork ${code.submission}</code></p>
  `;
}

function ancestor(one: Ancestor): TemplateResult {
  if (!one.shared) return html`<code>${one.submission}</code>, which is shared no more`;
  return html`<b>${one.name || "Without a name"}</b> by ${one.participant ?? "somebody whom this board does not name"} <code>${one.submission}</code>`;
}

function which({ submission }: SharedCode): { params: { path: { submission: string } } } {
  return { params: { path: { submission } } };
}
