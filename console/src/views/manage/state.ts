import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { ask } from "../../api/client";
import type { Competition } from "../../api/shapes";
import type { Submitted } from "../../forms/form";
import "../../forms/form";
import { instant, stateOf } from "../../format";
import { toManage, toNew } from "../../links";
import { go } from "../../router";
import { textIn } from "../../submitting";
import { rich, t } from "../../words/words";
import { opening } from "../decisive";
import { TabElement } from "../page-element";
import { chip } from "../states";
import { Doing } from "./doing";

type Step = "publish" | "unpublish";

/** What a competition's state is, and how it becomes another: on the public list, off it, or copied. */
@customElement("agon-manage-state")
export class AgonManageState extends TabElement {
  /** What is asked about once more before it is done. */
  @state() private asked: Step | "" = "";
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    const one = this.competition;
    return html`<h2>${t("manage.state")}</h2>
      <p class="manage-state">${chip(stateOf(one, new Date()))} <span>${said(one)}</span></p>
      ${one.refusal ? html`<p class="form-problem">${t("manage.refused", { reason: one.refusal })}</p>` : nothing}
      ${this.doing.outcome()} ${this.asked ? this.question(this.asked) : this.step()}
      <section class="manage-part">
        <h3>${t("manage.clone")}</h3>
        <p class="soft">${t("manage.about_clone")}</p>
        <agon-form operation="dumps_clone" .name=${this.competition.id} .action=${t("manage.make_clone")} .changes=${{ title: { hint: t("manage.clone_title") } }} @submit=${this.clone} @sent=${this.goTo}></agon-form>
      </section>
      ${this.archive()} ${this.removal()}`;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has("asked") && this.asked) this.querySelector<HTMLElement>(".manage-question")?.focus();
  }

  private step(): TemplateResult {
    const one = this.competition;
    if (one.waiting_since) return html``;
    const step: Step = one.published ? "unpublish" : "publish";
    return html`<p>${this.doing.button(t(`manage.${step}`), () => (this.asked = step), step === "publish" ? "" : "quiet")}</p>`;
  }

  /** What goes with a step, before it is taken. */
  private question(step: Step): TemplateResult {
    return html`<div class="manage-question" role="group" tabindex="-1" aria-label=${t(`manage.${step}`)}>
      <p>${t(`manage.about_${step}`)}</p>
      ${step === "publish" ? html`<ul>${beforehand(this.competition).map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
      <p class="actions">
        ${this.doing.button(t(`manage.${step}_now`), () => void this.take(step))}
        ${this.doing.button(t("manage.not_yet"), () => (this.asked = ""), "quiet")}
      </p>
    </div>`;
  }

  private async take(step: Step): Promise<void> {
    const params = { path: { competition: this.competition.id } };
    await this.doing.act(async () => {
      const { published } = await (step === "publish"
        ? ask("post", "/v1/competitions/{competition}/publish", { params })
        : ask("post", "/v1/competitions/{competition}/unpublish", { params }));
      this.changed();
      return t(step === "unpublish" ? "manage.unpublished" : published ? "manage.published" : "manage.asked");
    });
    this.asked = "";
  }

  private readonly clone = ({ detail: { body, until } }: Submitted<"dumps_clone">): void =>
    until(
      ask("post", "/v1/competitions/{competition}/clone", { params: { path: { competition: this.competition.id } }, body }),
    );

  private archive(): TemplateResult {
    const { archived } = this.competition;
    return html`<section class="manage-part">
      <h3>${t("manage.archive")}</h3>
      <p class="soft">${t("manage.about_archive")}</p>
      <p>${this.doing.button(t(archived ? "manage.unarchive" : "manage.archive_it"), () => void this.keep(!archived), "quiet")}</p>
    </section>`;
  }

  /** Whatever others have changed meanwhile: that it is archived is nothing that could clash. */
  private async keep(archived: boolean): Promise<void> {
    const params = { path: { competition: this.competition.id }, header: { "If-Match": "*" } };
    await this.doing.act(async () => {
      await ask("patch", "/v1/competitions/{competition}/settings", { params, body: { agon: { archived } } });
      this.changed();
      return t(archived ? "manage.archived" : "manage.unarchived");
    });
  }

  /** For its owner, by its slug, typed: what is deleted does not come back. */
  private removal(): TemplateResult | typeof nothing {
    const { my_role, published, slug, participants } = this.competition;
    if (my_role !== "owner") return nothing;
    return html`<section class="manage-part" aria-labelledby="delete-it">
      <h3 id="delete-it">${t("manage.delete")}</h3>
      <p class="soft">${t("manage.about_delete", { count: participants })}</p>
      ${
        published
          ? html`<p>${t("manage.unpublish_first")}</p>`
          : html`<form class="form" @submit=${this.delete}>
              <div class="form-field">
                <label for="typed-slug">${rich("manage.type_slug", { slug: html`<code>${slug}</code>` })}</label>
                <input id="typed-slug" name="slug" required maxlength="80" autocomplete="off" autocapitalize="none" spellcheck="false" />
              </div>
              <p><button class="quiet danger" aria-disabled=${this.doing.isBusy ? "true" : "false"}>${t("manage.delete_now")}</button></p>
            </form>`
      }
    </section>`;
  }

  private readonly delete = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const slug = textIn(new FormData(event.target as HTMLFormElement), "slug").trim();
    const params = { path: { competition: this.competition.id }, query: { slug } };
    const isDone = await this.doing.act(async () => {
      await ask("delete", "/v1/competitions/{competition}", { params });
      return "";
    });
    if (isDone) go(toNew());
  };

  private readonly goTo = ({ detail: { slug } }: CustomEvent<Competition>): void => go(toManage(slug));
}

function said({ published, waiting_since: since }: Competition): string {
  if (since) return t("manage.waits", { since: instant(since) });
  return t(published ? "manage.is_public" : "manage.is_draft");
}

/** What one should know about a competition that is about to be seen by everybody. */
function beforehand(one: Competition): unknown[] {
  const [first] = one.phases;
  return [
    ...(first ? [rich("manage.begins", { name: first.name, opens: opening(first.starts_at) })] : []),
    ...(one.pages.length === 0 ? [t("manage.no_pages")] : []),
    ...(one.terms === null ? [t("manage.no_terms")] : []),
    ...(one.contact === null ? [t("manage.no_contact")] : []),
    t(one.registration_auto_approve ? "manage.lets_in" : "manage.asks"),
  ];
}
