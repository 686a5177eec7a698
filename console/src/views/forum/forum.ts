import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { FoundPost, Thread } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toForum, toThread } from "../../links";
import { go } from "../../router";
import { textIn } from "../../submitting";
import { t } from "../../words/words";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";
import { when } from "../when";
import { marks, titleOf } from "./threads";

/** A competition's threads, the pinned ones first, or the posts that have some words; and a form to begin a thread. */
@customElement("agon-forum")
export class AgonForum extends TabElement {
  private readonly read = new Resource(this, () => {
    if (this.sought) return undefined;
    const params = { path: this.which, query: { cursor: this.cursor } };
    return reading("/v1/competitions/{competition}/threads", { params });
  });
  private readonly found = new Resource(this, () => {
    if (!this.sought) return undefined;
    const params = { path: this.which, query: { search: this.sought, cursor: this.cursor } };
    return reading("/v1/competitions/{competition}/posts", { params });
  });

  private get which() {
    return { competition: this.competition.id };
  }

  private get cursor(): string | undefined {
    return this.query("cursor") ?? undefined;
  }

  /** The words that are looked for; empty: none. */
  private get sought(): string {
    return this.query("q") ?? "";
  }

  private get mayPost(): boolean {
    return this.competition.my_status === "organizer" || this.competition.my_status === "approved";
  }

  protected override render(): TemplateResult {
    return html`<section class="forum" aria-labelledby="forum-title">
      <header class="forum-head"><h2 id="forum-title">${t("forum.title")}</h2>${this.search()}</header>
      ${this.sought ? this.posts() : this.threads()}
    </section>`;
  }

  private search(): TemplateResult {
    const onSearch = (event: SubmitEvent): void => {
      event.preventDefault();
      const words = textIn(new FormData(event.target as HTMLFormElement), "q").trim();
      go(toForum(this.name, null, words || null));
    };
    return html`<form role="search" class="forum-search" @submit=${onSearch}>
      <input type="search" name="q" aria-label=${t("forum.search")} placeholder=${t("forum.search")} maxlength="200" .value=${this.sought} />
      <button class="quiet">${t("forum.find")}</button>
    </form>`;
  }

  private threads(): TemplateResult {
    const { value, problem } = this.read;
    if (!value)
      return problem ? trouble(problem, this.read.reload, 2) : loading(t("forum.it"), sketch.title, sketch.list(6));
    return html`${
      value.threads.length === 0 && !this.cursor
        ? empty(t("forum.none"), t("forum.about_none"))
        : html`<ul class="threads">${value.threads.map((thread) => html`<li>${this.line(thread)}</li>`)}</ul>`
    }
      ${this.pager(value.next)} ${this.mayPost ? this.form() : nothing}`;
  }

  private line(thread: Thread): TemplateResult {
    return html`<span><a href=${toThread(this.name, thread.id)}>${titleOf(thread)}</a> ${marks(thread)}</span>
      <span class="soft">${t("forum.posts", { count: thread.posts - thread.deleted })} · ${thread.last_by}, ${when(thread.last_at)}</span>`;
  }

  private posts(): TemplateResult {
    const { value, problem } = this.found;
    if (!value)
      return problem ? trouble(problem, this.found.reload, 2) : loading(t("forum.it"), sketch.title, sketch.list(6));
    return html`<p class="soft"><a href=${toForum(this.name)}>${t("forum.all")}</a></p>
      ${
        value.posts.length === 0 && !value.next
          ? empty(t("forum.not_found"), t("forum.about_not_found"))
          : html`<ul class="threads">${value.posts.map((post) => html`<li>${this.hit(post)}</li>`)}</ul>`
      }
      ${this.pager(value.next)}`;
  }

  private hit({ thread, title, number, by, at, excerpt }: FoundPost): TemplateResult {
    return html`<span><a href=${toThread(this.name, thread, 1, number)}>${titleOf({ title })}</a> <span class="soft">#${number} · ${by}, ${when(at)}</span></span>
      <span class="excerpt">${excerpt}</span>`;
  }

  private pager(next: string | null): TemplateResult | typeof nothing {
    if (!next && !this.cursor) return nothing;
    const sought = this.sought || null;
    return html`<nav class="pager" aria-label=${t("forum.pages")}>
      ${this.cursor ? html`<a href=${toForum(this.name, null, sought)} rel="first">${t("forum.first")}</a>` : html`<span></span>`}
      ${next ? html`<a href=${toForum(this.name, next, sought)} rel="next">${t("forum.older")}</a>` : html`<span></span>`}
    </nav>`;
  }

  private form(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"threads_begin">): void =>
      until(ask("post", "/v1/competitions/{competition}/threads", { params: { path: this.which }, body }));
    return html`<section class="forum-form" aria-label=${t("forum.begin")}>
      <agon-form operation="threads_begin" .name=${this.competition.id} .action=${t("forum.begin")}
        .changes=${{ text: { label: t("forum.say"), hint: t("forum.hint") } }} @submit=${send} @sent=${this.read.reload}></agon-form>
    </section>`;
  }
}
