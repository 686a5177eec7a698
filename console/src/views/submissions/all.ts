import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Competition, Phase, Submission } from "../../api/shapes";
import { boardOf } from "../../board-of";
import { score } from "../../format";
import { toCompare, toSubmission, toSubmissions } from "../../links";
import { go } from "../../router";
import { t } from "../../words/words";
import { LightElement } from "../light";
import { TabElement } from "../page-element";
import { loading, trouble } from "../states";
import * as sketch from "../sketch";
import { statusChip } from "../submissions";
import { when } from "../when";

/** One's submissions to all phases, of which two can be compared. */
@customElement("agon-own-submissions")
export class AgonOwnSubmissions extends TabElement {
  /** Those that are to be compared; of three the first gives way. */
  @state() private chosen: readonly string[] = [];

  protected override render(): TemplateResult {
    const [a, b] = this.chosen;
    const compare = (): void => go(toCompare(this.name, a ?? "", b ?? ""));
    return html`<header class="all-lead">
        <h2>${t("compare.all")}</h2>
        <button type="button" aria-disabled=${a && b ? "false" : "true"} @click=${() => (a && b ? compare() : undefined)}>${t("compare.compare")}</button>
      </header>
      <p class="soft" role="status">${t("compare.chosen", { count: this.chosen.length })}</p>
      ${this.competition.phases.map(
        (phase) =>
          html`<agon-phase-submissions .competition=${this.competition} .phase=${phase} .name=${this.name} .chosen=${this.chosen} .choose=${this.choose}></agon-phase-submissions>`,
      )}`;
  }

  private readonly choose = (id: string): void => {
    this.chosen = this.chosen.includes(id) ? this.chosen.filter((one) => one !== id) : [...this.chosen, id].slice(-2);
  };
}

/** Those to one phase. */
@customElement("agon-phase-submissions")
export class AgonPhaseSubmissions extends LightElement {
  @property({ attribute: false }) competition!: Competition;
  @property({ attribute: false }) phase!: Phase;
  /** The competition as the address names it. */
  @property({ attribute: false }) name = "";
  @property({ attribute: false }) chosen: readonly string[] = [];
  @property({ attribute: false }) choose: (id: string) => void = () => undefined;
  private readonly read = new Resource(this, () =>
    reading("/v1/phases/{phase}/submissions", { params: { path: { phase: this.phase.id } } }),
  );

  protected override render(): TemplateResult | typeof nothing {
    const { value, problem } = this.read;
    if (!value)
      return problem ? trouble(problem, this.read.reload, 2) : loading(this.phase.name, sketch.title, sketch.list(3));
    if (value.submissions.length === 0) return nothing;
    return html`<section class="part" aria-label=${this.phase.name}>
      <h3><a href=${toSubmissions(this.name, this.phase.id)}>${this.phase.name}</a></h3>
      <ul class="handouts">${value.submissions.map((one) => this.one(one))}</ul>
      ${value.next ? html`<p class="pager"><a href=${toSubmissions(this.name, this.phase.id)}>${t("compare.more")}</a></p>` : nothing}
    </section>`;
  }

  private one({ id, name, status, created_at, scores }: Submission): TemplateResult {
    const column = boardOf(this.competition, this.phase)?.columns.find(({ primary }) => primary);
    const said = name || t("compare.unnamed");
    return html`<li>
      <label class="check"><input type="checkbox" .checked=${this.chosen.includes(id)} @change=${() => this.choose(id)} /><span class="visually-hidden">${t("compare.choose_one", { name: said })}</span></label>
      <a class="grows" href=${toSubmission(id)}>${said}</a>
      ${statusChip(status)} <span>${column ? (score(scores[column.key], column.precision) ?? "–") : ""}</span>
      <span class="soft">${when(created_at)}</span>
    </li>`;
  }
}
