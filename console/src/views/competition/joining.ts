import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Problem } from "../../api/problem";
import { Resource } from "../../api/resource";
import { current } from "../../api/session";
import type { Page } from "../../api/shapes";
import { toBoard, toData, toSignIn, toSignUp, toSubmissions } from "../../links";
import { nextStep } from "../../next-step";
import { prose } from "../../prose";
import { answersIn } from "../../submitting";
import { rich, t } from "../../words/words";
import { nextIn, onwardFrom } from "../account/onward";
import { Doing } from "../manage/doing";
import { complaint, questions } from "../fields";
import { TabElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";

/** Taking part: the terms that one accepts, what the organizers ask, and how one stands with them. */
@customElement("agon-joining")
export class AgonJoining extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () => {
    const { id, terms } = this.competition;
    const params = { path: { competition: id, index: String(terms?.page) } };
    return terms ? reading("/v1/competitions/{competition}/pages/{index}", { params }) : undefined;
  });
  private shown?: Page;
  private terms?: HTMLElement;
  /** The heading that they begin with; empty: they have none. */
  private ownTitle = "";

  protected override willUpdate(): void {
    if (this.read.value === this.shown) return;
    this.shown = this.read.value;
    [this.terms, this.ownTitle] = [undefined, ""];
    if (!this.shown) return;
    const terms = prose(this.shown, 2);
    const [first] = terms.children;
    if (first && /^H[1-6]$/.test(first.tagName)) this.ownTitle = first.textContent.trim();
    this.terms = this.ownTitle ? terms : prose(this.shown, 3);
  }

  protected override render(): TemplateResult {
    const { terms } = this.competition;
    if (terms && !this.terms)
      return this.read.problem
        ? trouble(this.read.problem, this.read.reload, 2)
        : loading(t("joining.terms"), sketch.title, sketch.prose(4));
    return html`<div class="joining">${this.standing()}</div>`;
  }

  private standing(): TemplateResult {
    switch (nextStep(this.competition, current() !== null, new Date())) {
      case "sign-in":
        return this.stranger();
      case "join":
        return this.form(t("joining.join"), this.join);
      case "terms":
        return this.form(t("joining.changed"), this.accept);
      case "waiting":
        return this.notice(t("joining.waits"), t("joining.waiting"));
      case "denied":
        return this.notice(t("joining.denied"), t("joining.decided"));
      case "over":
        return html`${this.notice(t("joining.over"), t("joining.closed"))}
          <p class="actions"><a href=${toBoard(this.name)}>${t("joining.results")}</a></p>`;
      default:
        return this.within();
    }
  }

  private stranger(): TemplateResult {
    const next = onwardFrom(this.place) ?? this.place.path;
    return html`${this.said()}
      <section class="panel" aria-labelledby="stranger-title">
        <h2 id="stranger-title">${t("joining.join")}</h2>
        <p>${t("joining.account")}</p>
        <p class="actions"><a class="button" href=${toSignIn(next)}>${t("entry.signIn")}</a> <a href=${toSignUp(next)}>${t("entry.create")}</a></p>
      </section>`;
  }

  private form(title: string, verb: (form: FormData) => Promise<string | undefined>): TemplateResult {
    const { my_status, registration_questions, registration_auto_approve, terms } = this.competition;
    const isNew = my_status !== "approved";
    const wrong = this.doing.complaints;
    return html`${this.said()}
      <form class="panel" aria-labelledby="join-title" @submit=${this.doing.submits(verb)}>
        <h2 id="join-title">${title}</h2>
        ${isNew && !registration_auto_approve ? html`<p class="board-notice">${t("joining.approved")}</p>` : nothing}
        ${isNew ? questions("answers", t("joining.questions"), registration_questions, {}, wrong) : nothing}
        <label class="check"><input type="checkbox" name="accept" required /><span>${terms ? t("joining.accept") : t("joining.rules")}</span>${complaint("accept_terms", wrong)}</label>
        ${this.doing.outcome([])} <p class="actions">${this.doing.submit(isNew ? t("joining.join") : t("joining.acceptIt"))}</p>
      </form>`;
  }

  /** The terms, where there are some, to be read before what accepts them. */
  private said(): TemplateResult | typeof nothing {
    if (!this.terms) return nothing;
    return html`<section class="terms" aria-label=${this.ownTitle || t("joining.terms")}>${this.ownTitle ? nothing : html`<h2>${t("joining.terms")}</h2>`}${this.terms}</section>`;
  }

  private notice(title: string, text: string): TemplateResult {
    const { my_reason, organizer } = this.competition;
    return html`<section class="panel" aria-labelledby="standing-title">
      <h2 id="standing-title">${title}</h2>
      <p>${text}</p>
      ${my_reason ? html`<blockquote class="reason"><p>${my_reason}</p><footer class="soft">${organizer}</footer></blockquote>` : nothing}
      ${this.doing.outcome([])}
    </section>`;
  }

  private within(): TemplateResult {
    const [data, submit, next] = [toData(this.name), toSubmissions(this.name), nextIn(this.place)];
    return html`<section class="panel" aria-labelledby="in-title">
      <h2 id="in-title" tabindex="-1">${t("joining.in")}</h2>
      <p>${rich("joining.then", { data: html`<a href=${data}>${t("joining.data")}</a>`, submit: html`<a href=${submit}>${t("joining.submit")}</a>` })}</p>
      ${next ? html`<p class="actions"><a class="button" href=${next}>${t("joining.go_on")}</a></p>` : nothing}
      ${this.doing.outcome([])}
    </section>`;
  }

  private get which(): { params: { path: { competition: string } } } {
    return { params: { path: { competition: this.competition.id } } };
  }

  private readonly join = async (form: FormData): Promise<undefined> => {
    const { terms, registration_questions: asked } = this.competition;
    const answers = answersIn(form, asked, "answers");
    const body = { accept_terms: true as const, terms_version: terms?.version ?? null, answers };
    await this.unlessChanged(() => ask("post", "/v1/competitions/{competition}/participants", { ...this.which, body }));
    this.changed();
  };

  private readonly accept = async (): Promise<undefined> => {
    const version = this.competition.terms?.version ?? 1;
    const accept = () => ask("post", "/v1/competitions/{competition}/terms/accept", { ...this.which, body: { version } });
    await this.unlessChanged(accept);
    this.changed();
  };

  /** Who reads former terms, or takes part already, sees how it is now. */
  private async unlessChanged(verb: () => Promise<unknown>): Promise<void> {
    try {
      await verb();
    } catch (error) {
      if (error instanceof Problem && error.status === 409) {
        this.changed();
        this.read.reload();
      }
      throw error;
    }
  }
}
