import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { addressOf, ask, reading } from "../../api/client";
import { Extra, Resource } from "../../api/resource";
import type { Handouts } from "../../api/shapes";
import { size } from "../../format";
import { toJoin } from "../../links";
import { t } from "../../words/words";
import { Doing } from "../manage/doing";
import { TabElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { ABOUT_DATA } from "./about-data";
import { describe } from "./card";
import "../page";

/** A file that is handed out: what it is, for which task, and where it is in an answer. */
interface Handout {
  words: string;
  task: string;
  url: (handouts: Handouts) => string | null | undefined;
  bytes: number | undefined;
}

/** What a competition hands out, file by file, and what its organizer says of the data. */
@customElement("agon-data")
export class AgonData extends TabElement {
  private readonly doing = new Doing(this);
  private readonly read = new Resource(this, () =>
    this.phase && this.isInside ? reading("/v1/phases/{phase}/handouts", this.which) : undefined,
  );
  private readonly card = new Extra(this, () =>
    this.competition.published ? reading("/v1/competitions/{competition}/croissant", this.whole) : undefined,
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    describe(undefined);
  }

  protected override updated(): void {
    describe(this.card.value);
  }

  protected override render(): TemplateResult {
    const about = this.competition.pages.find(({ title }) => ABOUT_DATA.test(title.trim()));
    const place = about && { ...this.place, params: { ...this.place.params, index: String(about.index) } };
    return html`<section aria-labelledby="files-title" class="part first">
        <h2 id="files-title">${t("data.files")}</h2>
        ${this.doing.outcome([])} ${this.files()}
      </section>
      ${place ? html`<section class="part" aria-label=${t("data.about")}><agon-page .place=${place} .competition=${this.competition} .phase=${this.phase}></agon-page></section>` : nothing}
      ${this.machines()}`;
  }

  private get isInside(): boolean {
    return this.competition.my_status === "approved" || this.competition.my_status === "organizer";
  }

  private get which(): { params: { path: { phase: string } } } {
    return { params: { path: { phase: this.phase?.id ?? "" } } };
  }

  private get whole(): { params: { path: { competition: string } } } {
    return { params: { path: { competition: this.competition.id } } };
  }

  private files(): TemplateResult {
    if (!this.isInside)
      return html`<p class="board-notice">${t("data.inside")} <a href=${toJoin(this.name)}>${t("joining.join")}</a></p>`;
    const { value, problem } = this.read;
    if (!value) return problem ? trouble(problem, this.read.reload, 2) : loading(t("data.files"), sketch.list(3));
    const found = handouts(value);
    // A site of a former version tells no links; and none leads elsewhere than into the web.
    const links = ((value as Partial<Handouts>).links ?? []).filter(({ url }) => /^https?:\/\//i.test(url));
    if (found.length + links.length === 0) return html`<p class="soft">${t("data.none")}</p>`;
    return html`${found.length > 0 ? html`<ul class="handouts">${found.map((one) => this.file(one))}</ul>` : nothing}
      ${
        links.length > 0
          ? html`<h3>${t("data.links")}</h3>
              <ul class="files">${links.map(({ name, url, description }) => html`<li><a href=${url} rel="noopener noreferrer nofollow">${name}</a> <span class="soft">${description}</span></li>`)}</ul>`
          : nothing
      }`;
  }

  private file({ words, task, url, bytes }: Handout): TemplateResult {
    return html`<li>
      <span><b>${words}</b>${task ? html` <span class="soft">${task}</span>` : nothing}
        ${bytes === undefined ? nothing : html`<span class="soft">${size(bytes)}</span>`}</span>
      ${this.doing.button(t("data.download"), () => void this.doing.act(() => this.download(url)), "quiet", `${words} ${task}`)}
    </li>`;
  }

  /** By an address of now: those that came with the page die after some minutes. */
  private async download(url: Handout["url"]): Promise<undefined> {
    const address = url(await ask("get", "/v1/phases/{phase}/handouts", this.which));
    // It is sent as a file, so the page stays.
    if (address) location.assign(address);
  }

  private machines(): TemplateResult | typeof nothing {
    if (!this.competition.published) return nothing;
    const path = { competition: this.competition.id };
    const [card, calendar, feed] = [
      addressOf("/v1/competitions/{competition}/croissant", path),
      addressOf("/v1/competitions/{competition}/calendar", path),
      addressOf("/v1/competitions/{competition}/feed", path),
    ];
    return html`<section class="part" aria-labelledby="machines-title">
      <h2 id="machines-title">${t("data.machines")}</h2>
      <ul class="files">
        <li><a href=${card}>${t("data.croissant")}</a></li>
        <li><a href=${calendar} download>${t("data.calendar")}</a></li>
        <li><a href=${feed}>${t("data.feed")}</a></li>
      </ul>
    </section>`;
  }
}

function handouts(its: Handouts): Handout[] {
  const found: Handout[] = [];
  // A site of a former version tells no sizes.
  const sizes: Partial<Record<string, number>> = (its as Partial<Handouts>).sizes ?? {};
  const add = (words: string, task: string, bytes: number | undefined, url: Handout["url"]): void => {
    found.push({ words, task, bytes, url });
  };
  if (its.starting_kit) add(t("data.kit"), "", sizes.starting_kit, (fresh) => fresh.starting_kit);
  if (its.public_data) add(t("data.public"), "", sizes.public_data, (fresh) => fresh.public_data);
  for (const [task, files] of Object.entries(its.tasks))
    for (const key of Object.keys(files))
      add(nameOf(key), task, sizes[`${task}/${key}`], (fresh) => fresh.tasks[task]?.[key]);
  return found;
}

function nameOf(key: string): string {
  const known: Record<string, string> = {
    input_data: t("data.input"),
    scoring_program: t("data.scoring"),
    ingestion_program: t("data.ingestion"),
  };
  return known[key] ?? key;
}
