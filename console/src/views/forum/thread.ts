import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { current } from "../../api/session";
import type { Thread } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { toForum, toThread } from "../../links";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { TabElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import "./post";
import type { Marked } from "./post";
import { marks, titleOf } from "./threads";

/** A thread: a page of its posts, what may be done about them, and a form to reply. */
@customElement("agon-thread")
export class AgonThread extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () => {
    const page = this.sought === undefined ? this.pageNumber : undefined;
    const params = { path: this.which, query: { page, post: this.sought } };
    return reading("/v1/competitions/{competition}/threads/{thread}", { params });
  });
  /** The post that was shown because the address names it. */
  private shown?: number;

  private get which() {
    return { competition: this.competition.id, thread: this.param("thread") };
  }

  /** The number of the post that the address leads to, whatever page it is on. */
  private get sought(): number | undefined {
    return Number(this.query("post")) || undefined;
  }

  private get organizes(): boolean {
    return this.competition.my_status === "organizer";
  }

  protected override render(): TemplateResult {
    const { value: found, problem } = this.read;
    if (!found)
      return problem
        ? trouble(problem, this.read.reload, 2)
        : loading(t("forum.thread"), sketch.title, sketch.cards(1), sketch.cards(1), sketch.form(1));
    const { thread, may_post: mayPost } = found;
    return html`<section class="forum" aria-labelledby="thread-title">
      <header>
        <h2 id="thread-title">${titleOf(thread)}</h2>
        <p class="soft"><a href=${toForum(this.name)}>${t("forum.all")}</a> ${marks(thread)}</p>
        ${this.ofThread(thread, found.subscribed)}
      </header>
      ${this.doing.outcome()}
      ${found.posts.map(
        (post) =>
          html`<agon-post id=${`post-${post.number}`} .name=${`${this.which.thread} ${post.number}`} .path=${{ ...this.which, post: String(post.number) }} .thread=${thread} .post=${post}
            .organizes=${this.organizes} .mayPost=${mayPost} .act=${this.act} @marked=${this.onMarked}></agon-post>`,
      )}
      ${this.pager(found.page, found.pages)} ${mayPost ? this.form() : nothing}
    </section>`;
  }

  /** The post that was looked for comes into sight, once. */
  protected override updated(): void {
    const { sought } = this;
    if (sought === this.shown || !this.read.value) return;
    this.shown = sought;
    if (sought !== undefined) this.querySelector(`#post-${sought}`)?.scrollIntoView({ block: "center" });
  }

  private ofThread(thread: Thread, subscribed: boolean): TemplateResult | typeof nothing {
    if (!current()) return nothing;
    return html`<p class="actions">
      ${this.toggle(t("forum.follow"), subscribed, () => this.follow(!subscribed))}
      ${
        this.organizes
          ? html`${this.toggle(t("forum.pin"), thread.pinned, () => this.mark({ pinned: !thread.pinned }, thread.pinned ? t("forum.unpinned") : t("forum.is_pinned")))}
            ${this.toggle(t("forum.lock"), thread.locked, () => this.mark({ locked: !thread.locked }, thread.locked ? t("forum.unlocked") : t("forum.is_locked")))}`
          : nothing
      }
    </p>`;
  }

  private toggle(words: string, isOn: boolean, act: () => void): TemplateResult {
    return html`<button type="button" class="quiet" aria-pressed=${isOn ? "true" : "false"} @click=${act}>${words}</button>`;
  }

  private follow(follows: boolean): void {
    const params = { path: this.which };
    void this.act(async () => {
      if (follows) await ask("post", "/v1/competitions/{competition}/threads/{thread}/subscription", { params });
      else await ask("delete", "/v1/competitions/{competition}/threads/{thread}/subscription", { params });
      return follows ? t("forum.followed") : t("forum.unfollowed");
    });
  }

  private pager(page: number, pages: number): TemplateResult | typeof nothing {
    if (pages < 2) return nothing;
    const to = (one: number): string => toThread(this.name, this.which.thread, one);
    return html`<nav class="pager" aria-label=${t("forum.pages_of_thread")}>
      ${page > 1 ? html`<a href=${to(page - 1)} rel="prev">${t("forum.earlier")}</a>` : html`<span></span>`}
      <span class="soft">${t("forum.page", { page, pages })}</span>
      ${page < pages ? html`<a href=${to(page + 1)} rel="next">${t("forum.later")}</a>` : html`<span></span>`}
    </nav>`;
  }

  private form(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"threads_reply">): void =>
      until(ask("post", "/v1/competitions/{competition}/threads/{thread}/posts", { params: { path: this.which }, body }));
    return html`<section class="forum-form" aria-label=${t("forum.reply")}>
      <agon-form operation="threads_reply" .name=${this.which.thread} .action=${t("forum.reply")}
        .changes=${{ text: { label: t("forum.your_reply"), hint: t("forum.hint") } }} @submit=${send} @sent=${this.read.reload}></agon-form>
    </section>`;
  }

  private readonly onMarked = ({ detail: { answer } }: Marked): void =>
    this.mark({ answer }, answer === null ? t("forum.no_answer") : t("forum.is_answer", { number: answer }));

  private mark(body: { pinned?: boolean; locked?: boolean; answer?: number | null }, told: string): void {
    const params = { path: this.which };
    void this.act(async () => {
      await ask("patch", "/v1/competitions/{competition}/threads/{thread}", { params, body });
      return told;
    });
  }

  private readonly act = async (verb: () => Promise<string>): Promise<void> => {
    if (await this.doing.act(verb)) this.read.reload();
  };
}
