import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { templates } from "virtual:templates";
import { ask, reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { CompetitionCard } from "../../api/shapes";
import { bundleOf, ofTemplate, type Bundle } from "../../bundle";
import { stateOf } from "../../format";
import { toManage } from "../../links";
import { go } from "../../router";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { PageElement } from "../page-element";
import { chip } from "../states";
import { ofDrop, ofFiles, unreadable, type Chosen } from "../submit/dropped";
import "./blank";
import "./making";

type Template = (typeof templates)[number];

/** The ways to a competition of one's own: a template, a few answers, a bundle, a copy. What was chosen is then looked at and made a draft of. */
@customElement("agon-new")
export class AgonNew extends PageElement {
  @state() private bundle?: Bundle;
  @state() private isOver = false;
  private readonly doing = new Doing(this);
  private readonly mine = new Resource(this, () => reading("/v1/competitions", { params: { query: { mine: "true" } } }));

  protected override render(): TemplateResult {
    return html`<header class="lead"><h1>${t("hosting.host")}</h1><p>${t("hosting.lead")}</p></header>
      ${this.doing.outcome()}
      ${
        this.bundle
          ? html`<agon-making .bundle=${this.bundle}></agon-making>
              <p class="manage-part"><button type="button" class="quiet" @click=${() => (this.bundle = undefined)}>${t("hosting.other")}</button></p>`
          : html`${this.gallery()} ${this.blank()} ${this.dropping()} ${this.copies()}`
      }`;
  }

  private gallery(): TemplateResult {
    return html`<section class="hosting" aria-labelledby="from-template">
      <h2 id="from-template">${t("hosting.template")}</h2>
      <p class="soft">${t("hosting.about_template")}</p>
      <ul class="cards" lang="en">${templates.map((one) => html`<li>${this.card(one)}</li>`)}</ul>
    </section>`;
  }

  private card(one: Template): TemplateResult {
    return html`<form class="card template" @submit=${(event: SubmitEvent) => this.begin(event, one)}>
      <h3>${one.title}</h3>
      <p class="card-text">${one.description}</p>
      <div class="template-foot">
        <label><span>${t("hosting.title")}</span><input name="title" required maxlength="256" .defaultValue=${one.title} aria-label="${t("hosting.title")}: ${one.title}" /></label>
        <button aria-label="${t("hosting.begin")}: ${one.title}">${t("hosting.begin")}</button>
      </div>
    </form>`;
  }

  private begin(event: SubmitEvent, one: Template): void {
    event.preventDefault();
    const title = new FormData(event.target as HTMLFormElement).get("title");
    void this.doing.act(async () => {
      const { files } = await one.load();
      this.bundle = ofTemplate(one.name, files, typeof title === "string" ? title.trim() : one.title, new Date());
      return "";
    });
  }

  private blank(): TemplateResult {
    return html`<section class="hosting" aria-labelledby="from-blank">
      <h2 id="from-blank">${t("hosting.blank")}</h2>
      <p class="soft">${t("hosting.about_blank")}</p>
      <agon-blank @begun=${({ detail }: CustomEvent<Bundle>) => (this.bundle = detail)}></agon-blank>
    </section>`;
  }

  private dropping(): TemplateResult {
    return html`<section class="hosting" aria-labelledby="from-bundle">
      <h2 id="from-bundle">${t("hosting.bundle")}</h2>
      <p class="soft">${t("hosting.about_bundle")}</p>
      <div class="drop ${this.isOver ? "over" : ""}" @dragover=${this.onDragOver} @dragleave=${() => (this.isOver = false)} @drop=${this.onDrop}>
        <b>${t("hosting.drop")}</b>
        <p class="pickers">
          <label class="picker"><input type="file" accept=".zip" @change=${this.onPick} /><span>${t("hosting.file")}</span></label>
          <label class="picker"><input type="file" webkitdirectory @change=${this.onPick} /><span>${t("hosting.folder")}</span></label>
        </p>
      </div>
    </section>`;
  }

  private copies(): TemplateResult {
    const all = this.mine.value?.competitions;
    return html`<section class="hosting" aria-labelledby="from-own">
      <h2 id="from-own">${t("hosting.copy")}</h2>
      ${all?.length === 0 ? html`<p class="soft">${t("hosting.none")}</p>` : nothing}
      <ul class="own-competitions">${(all ?? []).map((one) => html`<li>${this.own(one)}</li>`)}</ul>
    </section>`;
  }

  private own(one: CompetitionCard): TemplateResult {
    return html`${chip(stateOf(one, new Date()))} <a href=${toManage(one.slug)}>${one.title}</a>
      ${this.doing.button(t("hosting.copy_this", { title: one.title }), () => void this.copy(one), "quiet")}`;
  }

  private copy({ id: competition }: CompetitionCard): Promise<boolean> {
    return this.doing.act(async () => {
      const { slug } = await ask("post", "/v1/competitions/{competition}/clone", {
        params: { path: { competition } },
        body: { title: "" },
      });
      go(toManage(slug));
      return "";
    });
  }

  private async take(choice: Promise<Chosen | null>): Promise<void> {
    await this.doing.act(async () => {
      try {
        const chosen = await choice;
        if (chosen) this.bundle = await bundleOf(chosen);
        return "";
      } catch (error) {
        throw unreadable(error);
      }
    });
  }

  private readonly onPick = ({ target }: Event): void =>
    void this.take(Promise.resolve(ofFiles([...((target as HTMLInputElement).files ?? [])])));

  private readonly onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = true;
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    if (event.dataTransfer) void this.take(ofDrop(event.dataTransfer));
  };
}
