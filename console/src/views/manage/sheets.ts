import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { ask, reading } from "../../api/client";
import { Current, Resource } from "../../api/resource";
import type { BodyOf, Settings } from "../../api/shapes";
import type { Submitted } from "../../forms/form";
import "../../forms/form";
import type { Changes } from "../../forms/kinds";
import { t, type PlainKey } from "../../words/words";
import { TabElement } from "../page-element";
import "../queues/registry";
import { loading, trouble } from "../states";
import { expected } from "./expected";
import { Saving } from "./settings";

/** A page of settings of the competition itself: the fields of a form, and what is asked for beside it. */
interface Sheet {
  title: PlainKey;
  only: readonly string[];
  beside?: "logo" | "terms" | "registry";
}

const SHEETS: Readonly<Record<string, Sheet>> = {
  details: {
    title: "settings.details",
    only: [
      "title",
      "description",
      "reward",
      "contact_email",
      "forum_enabled",
      "agon.slug",
      "agon.tags",
      "agon.sponsors",
      "agon.timezone",
    ],
    beside: "logo",
  },
  registration: {
    title: "settings.registration",
    only: [
      "registration_auto_approve",
      ...["allowed_addresses", "refused_addresses", "registration_questions"].map(further),
      ...["enable_teams", "require_team_approval", "max_team_members", "team_merges", "team_merge_deadline"].map(further),
    ],
    beside: "terms",
  },
  running: {
    title: "settings.running",
    only: [
      "docker_image",
      "queue",
      "auto_run_submissions",
      ...["paused", "max_submission_bytes", "requires", "expects"].map(further),
    ],
    beside: "registry",
  },
  shown: {
    title: "settings.shown",
    only: [
      ...["make_programs_available", "make_input_data_available", "can_participants_make_submissions_public"],
      ...["enable_detailed_results", "show_detailed_results_in_submission_panel", "show_detailed_results_in_leaderboard"],
      further("anonymous_leaderboard"),
    ],
  },
  questions: { title: "settings.questions", only: ["fact_sheet"] },
};

function further(name: string): string {
  return `agon.${name}`;
}

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
    if (!document) return loading(t(title));
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
      ...expected(),
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
    if (this.competition.terms && !value) return problem ? trouble(problem, reload, 2) : loading(t("settings.terms"));
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
