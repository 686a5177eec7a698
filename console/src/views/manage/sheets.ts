import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Current, Resource } from "../../api/resource";
import type { BodyOf, Settings } from "../../api/shapes";
import type { Submitted } from "../../forms/form";
import "../../forms/form";
import type { Changes } from "../../forms/kinds";
import { t } from "../../words/words";
import { TabElement } from "../page-element";
import "../queues/registry";
import { loading, trouble } from "../states";
import { SHEETS, type Sheet } from "./asked";
import { equipment, expected } from "./expected";
import * as sketch from "../sketch";
import { Saving } from "./settings";

/** What questions are in words, and that only a choice has choices. */
function asked(place: string): Changes {
  return {
    [place]: { entry: t("settings.question") },
    [`${place}.title`]: { label: t("settings.asked"), hint: "" },
    [`${place}.type`]: { label: t("settings.answered"), hint: "" },
    [`${place}.selection`]: { kind: "lines", hint: t("settings.lines"), when: { name: "type", is: "select" } },
  };
}

/** One page of the settings of the competition itself, by the last part of the address. */
@customElement("agon-manage-sheet")
export class AgonManageSheet extends TabElement {
  private readonly saving = new Saving(this, () => this.competition.id);
  private readonly queues = new Resource(this, () => (this.last === "running" ? reading("/v1/queues") : undefined));
  private readonly terms = new Current(this, () => {
    const page = this.competition.terms?.page;
    const params = { path: { competition: this.competition.id, index: String(page) } };
    return page === undefined || this.sheet.beside !== "terms"
      ? undefined
      : reading("/v1/competitions/{competition}/pages/{index}", { params });
  });

  protected override render(): TemplateResult {
    const { title, only, beside } = this.sheet;
    const { document, problem } = this.saving;
    if (problem) return trouble(problem, this.saving.reload, 2);
    if (!document) return loading(t(title), sketch.form(9));
    return html`<h2>${t(title)}</h2>
      ${this.saving.notices()}
      <agon-form operation="editor_change" .settings=${""} .only=${only} .values=${document} .changes=${this.changes} .name="${this.competition.id} ${this.last}" @submit=${this.save}></agon-form>
      ${this.beside(beside)}`;
  }

  private beside(what: Sheet["beside"]): TemplateResult | typeof nothing {
    if (what === "logo") return this.logo();
    if (what === "terms") return this.agreement();
    return what === "registry" ? html`<agon-registry .competition=${this.competition.id}></agon-registry>` : nothing;
  }

  private get last(): string {
    return this.place.path.split("/").at(-1) ?? "";
  }

  private get sheet(): Sheet {
    return SHEETS[this.last] ?? { title: "settings.details", only: [] };
  }

  private get changes(): Changes {
    const known = this.queues.value?.queues ?? [];
    const queue = known.map(({ id, name }) => ({ value: id, label: name }));
    return {
      agon: { label: t("settings.further") },
      description: { kind: "lines" },
      contact_email: { kind: "email" },
      competition_type: {
        kind: "choice",
        choices: ["competition", "benchmark"].map((value) => ({ value, label: t(`settings.type_${value as "benchmark"}`) })),
      },
      "agon.start": { label: t("settings.start") },
      ...expected(),
      ...equipment(),
      ...asked("fact_sheet"),
      ...asked("agon.registration_questions"),
      ...(known.length > 0 ? { queue: { kind: "choice", choices: queue } } : {}),
    };
  }

  private logo(): TemplateResult {
    return html`<section class="manage-part">
      <h3>${t("settings.logo")}</h3>
      ${this.competition.logo_url ? html`<img class="manage-logo" src=${this.competition.logo_url} alt=${t("settings.logo")} />` : nothing}
      <agon-form operation="editor_set_logo" .name=${this.competition.id} .action=${t("settings.set_logo")} .changes=${{ content: { label: t("settings.image"), accept: ".png,.jpg,.jpeg,.gif,.webp,.svg" } }} @submit=${this.setLogo}></agon-form>
    </section>`;
  }

  private agreement(): TemplateResult {
    return html`<section class="manage-part">
      <h3>${t("settings.terms")}</h3>
      <p class="soft">${t("settings.about_terms")}</p>
      ${this.agreed()}
    </section>`;
  }

  /** Nobody writes into an empty form that fills up a moment later. */
  private agreed(): TemplateResult {
    const { value, problem, reload } = this.terms;
    if (this.competition.terms && !value)
      return problem ? trouble(problem, reload, 2) : loading(t("settings.terms"), sketch.form(2));
    return html`<agon-form operation="editor_set_terms" .name=${this.competition.id} .action=${t("settings.set_terms")} .values=${value ?? {}} @submit=${this.setTerms}></agon-form>`;
  }

  private readonly save = ({ detail: { body, until } }: Submitted<"editor_change">): void =>
    until(this.saving.change({}, body));

  private readonly setLogo = ({ detail: { body, until } }: Submitted<"editor_set_logo">): void =>
    until(this.put((params) => ask("patch", "/v1/competitions/{competition}/logo", { params, body })));

  /** With what it is written in, which a form leaves out where it has not changed. */
  private readonly setTerms = ({ detail: { body, until } }: Submitted<"editor_set_terms">): void => {
    const { content, format } = this.terms.value ?? { content: "", format: "markdown" as const };
    const whole: BodyOf<"editor_set_terms"> = Object.assign({ content, format }, body);
    until(this.put((params) => ask("patch", "/v1/competitions/{competition}/terms", { params, body: whole })));
  };

  private put(
    send: (params: { path: { competition: string }; header: { "If-Match": string } }) => Promise<Settings>,
  ): Promise<Settings> {
    const path = { competition: this.competition.id };
    return this.saving.set((header) => send({ path, header }));
  }
}
