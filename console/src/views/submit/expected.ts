/** What a phase expects of a submission, as its participants read it before they choose one. */
import { html, nothing, type TemplateResult } from "lit";
import type { ExpectedField, ExpectedFile, Expectations } from "../../api/shapes";
import { shapeOf } from "../../expected/arrays";
import { isSaid, written } from "../../expected/values";
import { size } from "../../format";
import { list, t } from "../../words/words";

/** More fields than these are folded. */
const FEW = 12;

export function needs(expects: Expectations): TemplateResult {
  const { files = [], others, max_files: most } = expects;
  const all = [others === false ? t("expects.no_others") : "", isSaid(most) ? t("expects.most_files", { count: most }) : ""];
  const rest = all.filter(Boolean).join(" ");
  return html`<section class="expected" aria-labelledby="expected-title">
    <h3 id="expected-title">${t("expects.needs")}</h3>
    <ul>
      ${files.map(ofFile)}
    </ul>
    ${rest ? html`<p class="soft">${rest}</p>` : nothing}
  </section>`;
}

function ofFile(one: ExpectedFile): TemplateResult {
  const fields = one.fields ?? [];
  const told = html`<ul class="expected-fields">
    ${fields.map(ofField)}
  </ul>`;
  return html`<li>
    <code>${one.path}</code> <span class="soft">${factsOf(one).join(" · ")}</span>
    ${one.description ? html`<p>${one.description}</p>` : nothing}
    ${fields.length > FEW ? html`<details><summary>${fieldsOf(one)}</summary>${told}</details>` : nothing}
    ${fields.length > 0 && fields.length <= FEW ? html`<p>${fieldsOf(one)}</p>${told}` : nothing}
  </li>`;
}

function factsOf(one: ExpectedFile): string[] {
  const { format, count, max_bytes: bytes, rows, min_rows: least, max_rows: most, shape } = one;
  return [
    format ? t(`expects.${format}`) : t("expects.any"),
    one.type ? t(`expects.${one.type}`) : "",
    isSaid(rows) ? t("expects.exact_rows", { count: rows }) : "",
    isSaid(least) ? t("expects.least_rows", { count: least }) : "",
    isSaid(most) ? t("expects.most_rows", { count: most }) : "",
    one.dtype ?? "",
    shape ? t("expects.has_shape", { shape: shapeOf(shape) }) : "",
    one.header === false ? t("expects.headless") : "",
    isSaid(count) ? t("expects.files", { count }) : "",
    isSaid(bytes) ? t("expects.most_bytes", { size: size(bytes) }) : "",
    one.required === false ? t("expects.optional") : "",
  ].filter(Boolean);
}

function fieldsOf({ format, fields = [], fields_match: match = "superset" }: ExpectedFile): string {
  const kind = format === "json" || format === "jsonl" ? "keys" : "columns";
  return t(`expects.${kind}_${match}`, { count: fields.length });
}

function ofField({ name, type, constraints = {} }: ExpectedField): TemplateResult {
  const { required, unique, minimum, maximum, enum: allowed = [] } = constraints;
  const [low, high] = [isSaid(minimum) ? written(minimum) : "", isSaid(maximum) ? written(maximum) : ""];
  const facts = [
    type && type !== "any" ? t(`expects.${type}`) : "",
    low && high ? t("expects.between", { low, high }) : "",
    low && !high ? t("expects.from", { low }) : "",
    high && !low ? t("expects.to", { high }) : "",
    allowed.length ? t("expects.among", { values: list(allowed, "disjunction") }) : "",
    required ? t("expects.never_missing") : "",
    unique ? t("expects.once") : "",
  ].filter(Boolean);
  return html`<li><code>${name}</code> <span class="soft">${facts.join(" · ")}</span></li>`;
}
