import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { reading } from "../../api/client";
import { Resource } from "../../api/resource";
import type { Submission } from "../../api/shapes";
import { boardOf } from "../../board-of";
import { score, size } from "../../format";
import { toSubmission } from "../../links";
import { duration } from "../../submitting";
import { t } from "../../words/words";
import { titleOf } from "../outcome";
import { TabElement } from "../page-element";
import { empty, loading, trouble } from "../states";
import * as sketch from "../sketch";
import { statusChip } from "../submissions";
import { when } from "../when";
import "./log";

type Side = "a" | "b";

/** Two submissions beside each other: how they went, their scores with the difference, and what they printed. */
@customElement("agon-compare")
export class AgonCompare extends TabElement {
  private readonly a = new Resource(this, () => this.reading("a"));
  private readonly b = new Resource(this, () => this.reading("b"));
  private readonly logsOfA = new Resource(this, () => this.printing("a"));
  private readonly logsOfB = new Resource(this, () => this.printing("b"));

  protected override render(): TemplateResult {
    const [{ value: a, problem }, { value: b, problem: other }] = [this.a, this.b];
    if (!this.query("a") || !this.query("b")) return empty(t("compare.two"), t("compare.choose"));
    const wrong = problem ?? other;
    if (!a || !b)
      return wrong ? trouble(wrong, this.a.reload, 2) : loading(t("compare.title"), sketch.title, sketch.table(5));
    return html`<section class="part first jury-table" aria-labelledby="compare-title">
        <h2 id="compare-title">${t("compare.title")}</h2>
        <div class="table-frame" tabindex="0" role="group" aria-label=${t("compare.title")}><table class="compared">
          <thead><tr><td></td>${[a, b].map(heading)}<th scope="col">${t("compare.difference")}</th></tr></thead>
          <tbody>
            ${row(t("compare.status"), statusChip(a.status), statusChip(b.status))}
            ${row(t("compare.submitted"), when(a.created_at), when(b.created_at))} ${row(t("compare.size"), size(a.size_bytes), size(b.size_bytes))}
            ${this.scores(a, b)} ${steps(a, b)}
          </tbody>
        </table></div>
      </section>
      ${this.logs()}`;
  }

  private which(side: Side): { params: { path: { submission: string } } } | undefined {
    const submission = this.query(side);
    return submission ? { params: { path: { submission } } } : undefined;
  }

  private reading(side: Side) {
    const which = this.which(side);
    return which && reading("/v1/submissions/{submission}", which);
  }

  private printing(side: Side) {
    const which = this.which(side);
    return which && reading("/v1/submissions/{submission}/logs", which);
  }

  private scores(a: Submission, b: Submission): TemplateResult[] {
    const keys = [...new Set([a, b].flatMap(({ scores }) => Object.keys(scores)))];
    return keys.map((key) => {
      const column = boardOf(this.competition, a.phase)?.columns.find((one) => one.key === key && one.task === null);
      const precision = column?.precision ?? 4;
      const [one, two] = [a.scores[key], b.scores[key]];
      const difference = one === undefined || two === undefined ? null : two - one;
      const sign = difference !== null && difference > 0 ? "+" : "";
      const said = difference === null ? nothing : `${sign}${score(difference, precision)}`;
      return row(column?.title ?? key, score(one, precision) ?? "–", score(two, precision) ?? "–", said);
    });
  }

  private logs(): TemplateResult {
    const [one, two] = [this.logsOfA.value?.logs ?? {}, this.logsOfB.value?.logs ?? {}];
    const names = [...new Set([...Object.keys(one), ...Object.keys(two)])].filter((name) => one[name] || two[name]);
    return html`${names.map(
      (name) => html`<section class="part" aria-label=${titleOf(name)}>
        <div class="beside">${[one, two].map((logs) => html`<agon-run-log .text=${logs[name] ?? ""} .words=${titleOf(name)}></agon-run-log>`)}</div>
      </section>`,
    )}`;
  }
}

function heading({ id, name, participant }: Submission): TemplateResult {
  return html`<th scope="col"><a href=${toSubmission(id)}>${name || participant}</a></th>`;
}

function row(words: string, a: unknown, b: unknown, difference: unknown = nothing): TemplateResult {
  return html`<tr><th scope="row">${words}</th><td>${a}</td><td>${b}</td><td>${difference}</td></tr>`;
}

function steps(a: Submission, b: Submission): TemplateResult[] {
  const names = [...new Set([...a.steps, ...b.steps].map(({ name }) => name))];
  const of = (its: Submission, name: string): string => {
    const step = its.steps.find((one) => one.name === name);
    return step ? duration(step.seconds) : "–";
  };
  return names.map((name) => row(name, of(a, name), of(b, name)));
}
