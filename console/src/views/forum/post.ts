import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import { current } from "../../api/session";
import type { ForumPost, Thread } from "../../api/shapes";
import "../../forms/form";
import type { Submitted } from "../../forms/form";
import { prose } from "../../prose";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { person } from "../people/named";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { when } from "../when";

/** Heard as `marked`: the number of the post that is the answer from now on, null for none. */
export type Marked = CustomEvent<{ answer: number | null }>;

/** What is open below a post. */
type Open = "change" | "report" | "history" | "";

/** A post of a thread, and what may be done about it. `act` does something and has the thread read anew. */
@customElement("agon-post")
export class AgonPost extends LightElement {
  @property({ attribute: false }) path!: { competition: string; thread: string; post: string };
  /** Of which post it is, for its forms. */
  @property({ attribute: false }) name = "";
  @property({ attribute: false }) thread!: Thread;
  @property({ attribute: false }) post!: ForumPost;
  @property({ attribute: false }) organizes = false;
  @property({ attribute: false }) mayPost = false;
  @property({ attribute: false }) act!: (verb: () => Promise<string>) => Promise<void>;
  @state() private open: Open = "";
  private readonly former = new Resource(this, () =>
    this.open === "history"
      ? reading("/v1/competitions/{competition}/threads/{thread}/posts/{post}/history", { params: { path: this.path } })
      : undefined,
  );
  /** The text as an element, made once: formulas are set in it. */
  private drawn?: { text: string; as: HTMLElement };

  protected override render(): TemplateResult {
    const { post } = this;
    return html`<article class="post ${post.is_answer ? "answer" : ""}" aria-label=${t("forum.post", { number: post.number })}>
      <header>
        <h3>${person(post.by)}</h3>
        ${post.by_organizer ? html`<span class="mark-word">${t("forum.organizer")}</span>` : nothing}
        ${post.is_answer ? html`<span class="mark-word">${t("forum.the_answer")}</span>` : nothing}
        <span class="soft">#${post.number} · ${when(post.created_at)}${post.edited_at ? t("forum.changed") : nothing}</span>
      </header>
      ${post.deleted_at ? html`<p class="soft">${t(`forum.deleted_by_${post.deleted_by ?? "author"}`)}</p>` : html`${this.text()} ${this.deeds()} ${this.below()}`}
    </article>`;
  }

  private text(): HTMLElement {
    const { text } = this.post;
    if (this.drawn?.text !== text) this.drawn = { text, as: prose({ format: "markdown", content: text, assets: {} }, 4) };
    return this.drawn.as;
  }

  private deeds(): TemplateResult | typeof nothing {
    const { post, organizes } = this;
    const me = current()?.username;
    if (!me) return nothing;
    const mayAnswer = post.number > 1 && (organizes || this.thread.by === me);
    return html`<p class="actions">
      ${mayAnswer ? this.deed(post.is_answer ? t("forum.not_answer") : t("forum.mark_answer"), this.mark) : nothing}
      ${post.mine && this.mayPost ? this.opening(t("forum.change"), "change") : nothing}
      ${post.edited_at && (post.mine || organizes) ? this.opening(t("forum.history"), "history") : nothing}
      ${post.mine || organizes ? this.deed(t("forum.delete"), this.erase) : nothing}
      ${post.mine ? nothing : this.opening(t("forum.report"), "report")}
    </p>`;
  }

  private opening(words: string, what: Open): TemplateResult {
    const toggle = (): void => void (this.open = this.open === what ? "" : what);
    return html`<button type="button" class="plain" aria-expanded=${this.open === what ? "true" : "false"} @click=${toggle}>${words}${this.which()}</button>`;
  }

  private deed(words: string, act: () => void): TemplateResult {
    return html`<button type="button" class="plain" @click=${act}>${words}${this.which()}</button>`;
  }

  /** What is said to who cannot see beside which post a button stands. */
  private which(): TemplateResult {
    return html`<span class="visually-hidden"> ${t("forum.of_post", { number: this.post.number })}</span>`;
  }

  private below(): TemplateResult | typeof nothing {
    if (this.open === "change") return this.changing();
    if (this.open === "report") return this.reporting();
    return this.open === "history" ? this.versions() : nothing;
  }

  private changing(): TemplateResult {
    const isFirst = this.post.number === 1;
    const values = { text: this.post.text, title: this.thread.title };
    const send = ({ detail: { body, until } }: Submitted<"threads_change">): void =>
      until(
        // What is not sent stays, but for the text, which a change is of.
        this.sent(() =>
          ask("patch", "/v1/competitions/{competition}/threads/{thread}/posts/{post}", {
            params: { path: this.path },
            body: Object.assign({ text: this.post.text }, body),
          }).then(() => t("forum.is_changed")),
        ),
      );
    return html`<agon-form operation="threads_change" .name=${this.name} .values=${values} .only=${isFirst ? ["title", "text"] : ["text"]}
      .changes=${{ text: { label: t("forum.your_post"), hint: t("forum.hint") } }} @submit=${send}></agon-form>`;
  }

  private reporting(): TemplateResult {
    const send = ({ detail: { body, until } }: Submitted<"reports_report">): void =>
      until(
        this.sent(() =>
          ask("post", "/v1/competitions/{competition}/threads/{thread}/posts/{post}/reports", {
            params: { path: this.path },
            body,
          }).then(() => t("forum.reported")),
        ),
      );
    return html`<agon-form operation="reports_report" .name=${this.name} .action=${t("forum.report_it")}
      .changes=${{ reason: { label: t("forum.why"), hint: t("forum.about_report") } }} @submit=${send}></agon-form>`;
  }

  /** Closes what is open once it was taken, and tells that. */
  private async sent(verb: () => Promise<string>): Promise<void> {
    const told = await verb();
    this.open = "";
    await this.act(() => Promise.resolve(told));
  }

  private versions(): TemplateResult {
    const { value, problem } = this.former;
    if (!value) return problem ? trouble(problem, this.former.reload, 2) : loading(t("forum.history"), sketch.prose(1));
    return html`<ol class="versions" aria-label=${t("forum.history")}>
      ${value.versions.map(
        ({ title, text, replaced_at: at }) =>
          html`<li><p class="soft">${t("forum.until")} ${when(at)}${title ? ` · ${title}` : nothing}</p><p class="version">${text}</p></li>`,
      )}
    </ol>`;
  }

  private readonly mark = (): void => {
    const answer = this.post.is_answer ? null : this.post.number;
    this.dispatchEvent(new CustomEvent("marked", { detail: { answer } }));
  };

  private readonly erase = (): void => {
    const { number } = this.post;
    void this.act(async () => {
      await ask("delete", "/v1/competitions/{competition}/threads/{thread}/posts/{post}", { params: { path: this.path } });
      return t("forum.is_deleted", { number });
    });
  };
}
