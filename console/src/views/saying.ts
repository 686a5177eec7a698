import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { ask } from "../api/client";
import { Problem } from "../api/problem";
import type { Competition, Said, Submission } from "../api/shapes";
import { answersIn, methodIn, textIn } from "../submitting";
import { factSheet, focusWrong, method, text } from "./fields";
import { LightElement } from "./light";
import { t } from "../words/words";

const LICENCES = ["MIT", "Apache-2.0", "BSD-3-Clause", "GPL-3.0-or-later", "CC-BY-4.0", "CC0-1.0"];

/** What is said of a submission, to be changed, and whether others may have it. */
@customElement("agon-saying")
export class AgonSaying extends LightElement {
  @property({ attribute: false }) submission!: Submission;
  @property({ attribute: false }) competition!: Competition;
  /** The caller, or their team, submitted it. */
  @property({ type: Boolean }) isMine = false;
  /** What to do when a change is kept. */
  @property({ attribute: false }) kept: () => void = () => undefined;
  @state() private refusal?: Problem;
  @state() private refused: "details" | "sharing" = "details";
  @state() private told = "";
  @state() private isBusy = false;

  protected override render(): TemplateResult {
    return html`<p role="status" class="soft told">${this.told}</p>${this.details()} ${this.sharing()}`;
  }

  private wrong(of: "details" | "sharing"): Problem | undefined {
    return this.refused === of ? this.refusal : undefined;
  }

  private details(): TemplateResult {
    const { name, description, fact_sheet, method: said } = this.submission;
    const refusal = this.wrong("details");
    const complaints = refusal?.errors ?? [];
    return html`<details class="part" ?open=${refusal !== undefined}>
      <summary><h2>${t("saying.title")}</h2></summary>
      <form class="panel" @submit=${this.onSave}>
        ${text({ place: "name", title: t("titles.name"), value: name, complaints, maxlength: 100 })}
        ${text({ place: "description", title: t("titles.description"), value: description, complaints, maxlength: 5000, rows: 4, hint: t("saying.hint") })}
        ${factSheet(this.competition.fact_sheet, fact_sheet, complaints)} ${method(said, complaints)}
        ${refusal ? html`<p class="form-problem" role="alert">${refusal.detail}</p>` : nothing}
        <p class="actions"><button ?disabled=${this.isBusy}>${t("form.save")}</button></p>
      </form>
    </details>`;
  }

  /** Its author alone says under which licence others may have it; in some competitions the organizers then share it. */
  private sharing(): TemplateResult | typeof nothing {
    const { public: shared, licence } = this.submission;
    const isOrganizer = this.competition.my_status === "organizer";
    if (!shared && !this.isMine && !isOrganizer) return nothing;
    const refusal = this.wrong("sharing");
    const may = isOrganizer || this.competition.can_participants_make_submissions_public;
    return html`<section class="part" aria-labelledby="sharing-title">
      <h2 id="sharing-title">${t("saying.shared")}</h2>
      <p class="soft">${this.about(may)}</p>
      <form class="invite" @submit=${this.onShare}>
        ${!shared && this.isMine ? text({ place: "licence", title: t("titles.licence"), value: licence ?? "MIT", complaints: refusal?.errors ?? [], maxlength: 100, required: true, hint: LICENCES.slice(0, 4).join(", ") }) : nothing}
        ${shared || this.isMine || licence ? html`<button class="quiet" ?disabled=${this.isBusy}>${t(shared ? "saying.unshare" : may ? "saying.share" : "saying.license")}</button>` : nothing}
      </form>
      ${refusal ? html`<p class="form-problem" role="alert">${refusal.detail}</p>` : nothing}
    </section>`;
  }

  private about(may: boolean): string {
    const { public: shared, licence } = this.submission;
    if (shared) return t("saying.about_shared", { licence: licence ?? "" });
    if (this.isMine) return may ? t("saying.about_unshared") : t("saying.about_license");
    return licence ? t("saying.about_licensed", { licence }) : t("saying.about_unlicensed");
  }

  private readonly onSave = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const said = (field: string): string => textIn(form, field).trim();
    const body = {
      name: said("name"),
      description: said("description"),
      ...(this.competition.fact_sheet.length ? { fact_sheet: answersIn(form, this.competition.fact_sheet) } : {}),
      method: { ...this.submission.method, ...methodIn(form) },
    };
    void this.change(body, t("saying.saved"), "details");
  };

  private readonly onShare = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.submission.public) return void this.change({ public: false }, t("saying.is_unshared"), "sharing");
    if (!this.isMine) {
      const { licence } = this.submission;
      return void this.change({ public: true }, t("saying.is_shared", { licence: licence ?? "" }), "sharing");
    }
    const licence = textIn(new FormData(event.target as HTMLFormElement), "licence").trim();
    const { my_status, can_participants_make_submissions_public: may } = this.competition;
    if (!may && my_status !== "organizer")
      return void this.change({ licence }, t("saying.is_licensed", { licence }), "sharing");
    void this.change({ public: true, licence }, t("saying.is_shared", { licence }), "sharing");
  };

  private async change(body: Said, told: string, of: "details" | "sharing"): Promise<void> {
    this.isBusy = true;
    this.told = "";
    this.refused = of;
    try {
      await ask("patch", "/v1/submissions/{submission}", { params: { path: { submission: this.submission.id } }, body });
      this.refusal = undefined;
      this.told = told;
      this.kept();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.refusal = error;
      await this.updateComplete;
      focusWrong(this);
    } finally {
      this.isBusy = false;
    }
  }
}
