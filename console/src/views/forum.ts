import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask, reading } from "../api/client";
import { Problem } from "../api/problem";
import { Resource } from "../api/resource";
import { current } from "../api/session";
import type { ForumPost, Thread } from "../api/shapes";
import { prose } from "../prose";
import { toForum, toThread } from "../links";
import { textIn } from "../submitting";
import { TabElement } from "./page-element";
import { empty, loading, trouble } from "./states";
import { when } from "./when";
import { t } from "../words/words";

const MOST_CHARACTERS = 10_000;

/** A competition's threads, the pinned ones first, and a form to begin one. */
@customElement("agon-forum")
export class AgonForum extends TabElement {
  @state() private refusal?: Problem;
  @state() private isBusy = false;
  private readonly read = new Resource(this, () => {
    const params = { path: { competition: this.competition.id }, query: { cursor: this.cursor ?? undefined } };
    return reading("/v1/competitions/{competition}/threads", { params });
  });

  private get cursor(): string | null {
    return this.query("cursor");
  }

  private get mayPost(): boolean {
    return this.competition.my_status === "organizer" || this.competition.my_status === "approved";
  }

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found) return problem ? trouble(problem, this.read.reload, 2) : loading(t("forum.it"));
    return html`<section class="forum" aria-labelledby="forum-title">
      <h2 id="forum-title">${t("forum.title")}</h2>
      ${
        found.threads.length === 0 && !this.cursor
          ? empty(t("forum.none"), t("forum.none_hint"))
          : html`<ul class="threads">${found.threads.map((thread) => html`<li>${this.line(thread)}</li>`)}</ul>`
      }
      ${this.pager(found.next)} ${this.mayPost ? this.form() : nothing}
    </section>`;
  }

  private line(thread: Thread): TemplateResult {
    return html`<span><a href=${toThread(this.name, thread.id)}>${titleOf(thread)}</a> ${marks(thread)}</span>
      <span class="soft">${t("forum.posts", { count: thread.posts - thread.deleted })} · ${thread.last_by}, ${when(thread.last_at)}</span>`;
  }

  private pager(next: string | null): TemplateResult | typeof nothing {
    if (!next && !this.cursor) return nothing;
    return html`<nav class="pager" aria-label=${t("forum.pages")}>
      ${this.cursor ? html`<a href=${toForum(this.name)} rel="first">${t("forum.first")}</a>` : html`<span></span>`}
      ${next ? html`<a href=${toForum(this.name, next)} rel="next">${t("forum.older")}</a>` : html`<span></span>`}
    </nav>`;
  }

  private form(): TemplateResult {
    return html`<form @submit=${this.onBegin} aria-label=${t("forum.begin")}>
      <label>${t("titles.title")} <input name="title" required maxlength="200" autocomplete="off" /></label>
      ${textField(t("forum.say"))}
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      <button ?disabled=${this.isBusy}>${t("forum.submit")}</button>
    </form>`;
  }

  private readonly onBegin = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const said = new FormData(form);
    const body = { title: textIn(said, "title").trim(), text: textIn(said, "text") };
    this.isBusy = true;
    try {
      await ask("post", "/v1/competitions/{competition}/threads", {
        params: { path: { competition: this.competition.id } },
        body,
      });
      this.refusal = undefined;
      form.reset();
      this.read.reload();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
    } finally {
      this.isBusy = false;
    }
  };
}

/** A thread: a page of its posts, what may be done about them, and a form to reply. */
@customElement("agon-thread")
export class AgonThread extends TabElement {
  @state() private refusal?: Problem;
  @state() private told = "";
  @state() private isBusy = false;
  private readonly read = new Resource(this, () =>
    reading("/v1/competitions/{competition}/threads/{thread}", {
      params: { path: this.path(), query: { page: this.pageNumber } },
    }),
  );
  /** The texts as elements, each made once: formulas are set in them. */
  private drawn = new Map<string, HTMLElement>();

  private get threadId(): string {
    return this.param("thread");
  }

  private get organizes(): boolean {
    return this.competition.my_status === "organizer";
  }

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found) return problem ? trouble(problem, this.read.reload, 2) : loading(t("forum.thread"));
    const { thread } = found;
    return html`<section class="forum" aria-labelledby="thread-title">
      <header>
        <h2 id="thread-title">${titleOf(thread)}</h2>
        <p class="soft"><a href=${toForum(this.name)}>${t("forum.all")}</a> ${marks(thread)}</p>
        ${this.ofThread(thread, found.subscribed)}
      </header>
      <p role="status" class="soft told">${this.told}</p>
      ${this.refusal ? html`<p class="form-problem" role="alert">${this.refusal.detail}</p>` : nothing}
      ${found.posts.map((post) => this.post(thread, post))} ${this.pager(found.pages)}
      ${found.may_post ? this.form() : nothing}
    </section>`;
  }

  private ofThread(thread: Thread, subscribed: boolean): TemplateResult | typeof nothing {
    if (!current()) return nothing;
    const params = { path: this.path() };
    const follow = () =>
      ask(subscribed ? "delete" : "post", "/v1/competitions/{competition}/threads/{thread}/subscription", { params });
    return html`<p class="actions">
      <button type="button" class="quiet" aria-pressed=${subscribed ? "true" : "false"} @click=${() => this.act(follow, subscribed ? t("forum.unfollowed") : t("forum.followed"))}>${t("forum.follow")}</button>
      ${
        this.organizes
          ? html`<button type="button" class="quiet" aria-pressed=${thread.pinned ? "true" : "false"} @click=${() => this.mark({ pinned: !thread.pinned }, thread.pinned ? t("forum.unpinned") : t("forum.is_pinned"))}>${t("forum.pin")}</button>
            <button type="button" class="quiet" aria-pressed=${thread.locked ? "true" : "false"} @click=${() => this.mark({ locked: !thread.locked }, thread.locked ? t("forum.unlocked") : t("forum.is_locked"))}>${t("forum.lock")}</button>`
          : nothing
      }
    </p>`;
  }

  private post(thread: Thread, post: ForumPost): TemplateResult {
    const label = t("forum.post", { number: post.number });
    return html`<article class="post ${post.is_answer ? "answer" : ""}" aria-label=${label}>
      <header>
        <h3>${post.by}</h3>
        ${post.by_organizer ? html`<span class="mark-word">${t("organizers.organizer")}</span>` : nothing}
        ${post.is_answer ? html`<span class="mark-word">${t("forum.the_answer")}</span>` : nothing}
        <span class="soft">#${post.number} · ${when(post.created_at)}${post.edited_at ? `, ${t("forum.changed")}` : nothing}</span>
      </header>
      ${post.deleted_at ? html`<p class="soft">${t(`forum.${post.deleted_by ?? "author"}`)}</p>` : this.text(post)}
      ${post.deleted_at ? nothing : this.ofPost(thread, post)}
    </article>`;
  }

  private text(post: ForumPost): HTMLElement {
    const key = `${this.threadId} ${post.number} ${post.edited_at ?? ""}`;
    const known = this.drawn.get(key) ?? prose({ format: "markdown", content: post.text, assets: {} }, 4);
    this.drawn.set(key, known);
    return known;
  }

  private ofPost(thread: Thread, post: ForumPost): TemplateResult | typeof nothing {
    const words = { number: post.number };
    const name = html`<span class="visually-hidden"> ${t("forum.this_post", words)}</span>`;
    const isAsker = thread.by === current()?.username;
    const mayAnswer = post.number > 1 && (this.organizes || isAsker);
    if (!mayAnswer && !post.mine && !this.organizes) return nothing;
    const remove = () =>
      ask("delete", "/v1/competitions/{competition}/threads/{thread}/posts/{post}", {
        params: { path: { ...this.path(), post: String(post.number) } },
      });
    return html`<p class="actions">
      ${
        mayAnswer
          ? html`<button type="button" class="plain" @click=${() => this.mark({ answer: post.is_answer ? null : post.number }, post.is_answer ? t("forum.answers_not") : t("forum.answers", words))}>${post.is_answer ? t("forum.unmark") : t("forum.mark")}${name}</button>`
          : nothing
      }
      <button type="button" class="plain" @click=${() => this.act(remove, t("forum.deleted", words))}>${t("forum.delete")}${name}</button>
    </p>`;
  }

  private pager(pages: number): TemplateResult | typeof nothing {
    if (pages < 2) return nothing;
    const to = (page: number): string => toThread(this.name, this.threadId, page);
    return html`<nav class="pager" aria-label=${t("forum.thread_pages")}>
      ${this.pageNumber > 1 ? html`<a href=${to(this.pageNumber - 1)} rel="prev">${t("forum.earlier")}</a>` : html`<span></span>`}
      <span class="soft">${t("forum.page", { page: this.pageNumber, pages })}</span>
      ${this.pageNumber < pages ? html`<a href=${to(this.pageNumber + 1)} rel="next">${t("forum.later")}</a>` : html`<span></span>`}
    </nav>`;
  }

  private form(): TemplateResult {
    return html`<form @submit=${this.onReply} aria-label=${t("forum.reply")}>
      ${textField(t("forum.your_reply"))}
      <button ?disabled=${this.isBusy}>${t("forum.reply")}</button>
    </form>`;
  }

  private readonly onReply = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const body = { text: textIn(new FormData(form), "text") };
    const reply = () =>
      ask("post", "/v1/competitions/{competition}/threads/{thread}/posts", { params: { path: this.path() }, body });
    this.isBusy = true;
    try {
      await this.act(reply, t("forum.replied"));
      if (!this.refusal) form.reset();
    } finally {
      this.isBusy = false;
    }
  };

  private mark(body: { pinned?: boolean; locked?: boolean; answer?: number | null }, told: string): Promise<void> {
    const params = { path: this.path() };
    return this.act(() => ask("patch", "/v1/competitions/{competition}/threads/{thread}", { params, body }), told);
  }

  private async act(verb: () => Promise<unknown>, told: string): Promise<void> {
    try {
      await verb();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
      return;
    }
    this.refusal = undefined;
    this.told = told;
    this.read.reload();
  }

  private path(): { competition: string; thread: string } {
    return { competition: this.competition.id, thread: this.threadId };
  }
}

function textField(label: string): TemplateResult {
  return html`<label>${label} <textarea name="text" required maxlength=${MOST_CHARACTERS}></textarea></label>
    <p class="soft">${t("forum.hint")}</p>`;
}

function titleOf({ title }: Thread): string {
  return title || t("forum.gone");
}

function marks({ pinned, locked, answer }: Thread): TemplateResult[] {
  const found = [pinned && t("forum.pinned"), locked && t("forum.locked"), answer !== null && t("forum.answered")];
  return found.filter((word) => word !== false).map((word) => html`<span class="mark-word">${word}</span> `);
}
