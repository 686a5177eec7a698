import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Resource } from "../api/resource";
import { current } from "../api/session";
import type { Ancestor, SharedCode } from "../api/shapes";
import { boardOf, scored, scoresOf } from "../board-of";
import { size } from "../format";
import { prose } from "../prose";
import { toShared, toSignIn, type Order } from "../links";
import { onwardFrom } from "./account/onward";
import { Doing } from "./manage/doing";
import { TabElement } from "./page-element";
import { when } from "./when";
import { empty, loading, trouble } from "./states";
import * as sketch from "./sketch";
import { rich, t } from "../words/words";

const ORDERS: readonly Order[] = ["newest", "likes"];

/** The code that participants of a phase share: what it is, what it scores, and how to have it. */
@customElement("agon-shared")
export class AgonShared extends TabElement {
  /** What has become of some since the list was read: counts, and lineages. */
  @state() private renewed: ReadonlyMap<string, SharedCode> = new Map();
  private readonly doing = new Doing(this);
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
    if (!this.phase) return empty(t("board.no_phases"), t("shared.no_phase_hint"));
    const { value: found, problem } = this.read;
    if (!found)
      return problem ? trouble(problem, this.read.reload, 2) : loading(t("shared.it"), sketch.title, sketch.cards(2));
    return html`<section class="shared" aria-labelledby="shared-title">
      <header>
        <div>
          <h2 id="shared-title">${t("shared.title")}</h2>
          <p class="soft">${t("shared.about", { phase: this.phase.name })}</p>
        </div>
        ${this.choice()}
      </header>
      ${this.promise()}
      ${this.doing.outcome()}
      ${
        found.shared.length === 0 && !found.next
          ? this.nothingYet()
          : html`<ul class="cards codes">${found.shared.map((one) => html`<li>${this.card(this.renewed.get(one.submission) ?? one)}</li>`)}</ul>`
      }
      ${this.pager(found.next)}
    </section>`;
  }

  private choice(): TemplateResult {
    return html`<nav class="order" aria-label=${t("shared.order")}>
      ${ORDERS.map(
        (order) =>
          html`<a href=${toShared(this.name, this.query("phase"), order)} aria-current=${order === this.order ? "true" : "false"}>${t(`shared.${order}`)}</a>`,
      )}
    </nav>`;
  }

  /** What the phase gives to everybody at its end. */
  private promise(): TemplateResult | typeof nothing {
    const licence = this.phase?.licence_at_end;
    if (!licence) return nothing;
    const words = this.phase?.state === "closed" ? t("shared.over", { licence }) : t("shared.promise", { licence });
    return html`<p class="board-notice">${words}</p>`;
  }

  private nothingYet(): TemplateResult {
    if (this.order === "likes") return empty(t("shared.unliked"), t("shared.unliked_hint"));
    const may = this.competition.can_participants_make_submissions_public;
    return empty(t("shared.none"), may ? t("shared.none_hint") : t("shared.none_organizers"));
  }

  private card(code: SharedCode): TemplateResult {
    const title = code.name || t("compare.unnamed");
    const name = code.participant ?? t("shared.somebody");
    return html`<article class="card code" aria-label=${title}>
      <p class="card-top"><span class="soft">${when(code.submitted_at)}</span> <span class="licence">${code.licence}</span></p>
      <h3>${title}</h3>
      <p class="soft">${code.mine ? t("shared.by_you", { name }) : t("shared.by", { name })}</p>
      ${this.scores(code)} ${about(code)}
      <div class="code-foot">
        <p class="soft">${t("shared.like_count", { count: code.likes })} · ${t("shared.download_count", { count: code.downloads })} · ${t("shared.fork_count", { count: code.forks })}</p>
        ${this.lineage(code)}
        <p class="actions">${this.actions(code, title)}</p>
      </div>
    </article>`;
  }

  private scores(code: SharedCode): TemplateResult | typeof nothing {
    const all = boardOf(this.competition, code.phase)?.columns ?? [];
    const told = scoresOf(all).filter(({ key }) => key in code.scores);
    if (told.length === 0) return nothing;
    return html`<dl class="facts">
      ${told.map((column) => html`<div><dt>${column.title}</dt><dd>${scored(code.scores, column, all)}</dd></div>`)}
    </dl>`;
  }

  private actions(code: SharedCode, title: string): TemplateResult {
    const what = html`<span class="visually-hidden"> ${title}</span>`;
    if (!current())
      return html`<a href=${toSignIn(onwardFrom(this.place))}>${t("shared.sign_in")}<span class="visually-hidden"> ${title}</span></a>`;
    return html`
      <button type="button" aria-disabled=${this.isBusy} @click=${() => void this.download(code)}>${t("shared.download")}${what} <small>${size(code.size_bytes)}</small></button>
      ${
        code.mine
          ? nothing
          : html`<button type="button" class="quiet like" aria-disabled=${this.isBusy} aria-pressed=${code.liked ? "true" : "false"} @click=${() => void this.like(code, title)}>
            <span aria-hidden="true">${code.liked ? "♥" : "♡"}</span> ${t("shared.like")}${what}
          </button>`
      }
    `;
  }

  private lineage(code: SharedCode): TemplateResult | typeof nothing {
    if (!code.forked_from) return nothing;
    return html`<details class="lineage" @toggle=${() => void this.trace(code)}>
      <summary>${t("shared.lineage")}</summary>
      <ol>${code.lineage?.map((one) => html`<li>${ancestor(one)}</li>`)}</ol>
    </details>`;
  }

  private pager(next: string | null): TemplateResult | typeof nothing {
    if (!next && !this.cursor) return nothing;
    const to = (cursor: string | null): string => toShared(this.name, this.query("phase"), this.order, cursor);
    return html`<nav class="pager" aria-label=${t("shared.pages")}>
      ${this.cursor ? html`<a href=${to(null)} rel="first">${t("shared.first")}</a>` : html`<span></span>`}
      ${next ? html`<a href=${to(next)} rel="next">${this.order === "likes" ? t("shared.less_liked") : t("shared.older")}</a>` : html`<span></span>`}
    </nav>`;
  }

  private get isBusy(): "true" | "false" {
    return this.doing.isBusy ? "true" : "false";
  }

  private async trace(code: SharedCode): Promise<void> {
    if (code.lineage?.length) return;
    await this.doing.act(async () => {
      await this.look(code);
      return "";
    });
  }

  private async like(code: SharedCode, title: string): Promise<void> {
    await this.doing.act(async () => {
      const found = code.liked
        ? await ask("delete", "/v1/shared/{submission}/like", which(code))
        : await ask("post", "/v1/shared/{submission}/like", which(code));
      this.keep(found);
      return t("shared.liked", { title, count: found.likes });
    });
  }

  private async download(code: SharedCode): Promise<void> {
    await this.doing.act(async () => {
      const { url } = await ask("post", "/v1/shared/{submission}/download", which(code));
      location.assign(url);
      await this.look(code);
      return "";
    });
  }

  private async look(code: SharedCode): Promise<void> {
    this.keep(await ask("get", "/v1/shared/{submission}", which(code)));
  }

  private keep(code: SharedCode): void {
    this.renewed = new Map(this.renewed).set(code.submission, code);
  }
}

function about(code: SharedCode): TemplateResult {
  const links = [
    [t("shared.code"), code.method.code_url],
    [t("shared.project"), code.method.project_url],
    [t("shared.paper"), code.method.publication_url],
  ] as const;
  const fork = `agon shared fork ${code.submission}`;
  const known = links.filter(([, url]) => /^https?:\/\//.test(url ?? ""));
  return html`
    ${code.description ? html`<div class="code-text" tabindex="0" role="group" aria-label=${t("titles.description")}>${prose({ format: "markdown", content: code.description, assets: {} }, 4)}</div>` : nothing}
    ${known.length ? html`<p class="code-links">${known.map(([words, url]) => html`<a href=${url} rel="noopener noreferrer nofollow">${words}</a> `)}</p>` : nothing}
    <p class="start">${rich("shared.start", { command: html`<code>${fork}</code>` })}</p>
  `;
}

function ancestor(one: Ancestor): TemplateResult {
  const id = html`<code>${one.submission}</code>`;
  if (!one.shared) return html`${rich("shared.withdrawn", { id })}`;
  const name = html`<b>${one.name || t("compare.unnamed")}</b>`;
  return html`${rich("shared.ancestor", { name, participant: one.participant ?? t("shared.somebody"), id })}`;
}

function which({ submission }: SharedCode): { params: { path: { submission: string } } } {
  return { params: { path: { submission } } };
}
