/** The controls of a form's fields, each with its label, its hint and what is wrong with it. */
import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { repeat } from "lit/directives/repeat.js";
import { list, t } from "../words/words";
import { keyOf } from "./keys";
import { emptyOf, isAsked, isTree, keyIn, treesIn, type Raw, type Tree } from "./values";
import type { Field } from "./kinds";
import "./instant";
import "./markdown";

/** The form as its fields see it. Places are as the API tells them: `phases.0.name`. */
export interface Surroundings {
  /** What ids of controls begin with. */
  id: string;
  wrongAt: (place: string) => string;
  change: (place: string, raw: Raw) => void;
  /** What a text at a place is written in. */
  formatOf: (place: string) => "markdown" | "html";
  /** The keys that a keyed mapping had as it came. */
  formerKeys: (place: string) => readonly string[];
  /** To be focused once what has changed is drawn. */
  focusNext: (selector: string) => void;
}

type Control = (field: Field, raw: Raw, place: string, form: Surroundings) => TemplateResult;

/** What says of a control what it is. */
interface Ids {
  id: string;
  described: string;
  wrong: string;
}

export function control(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  const draw = WHOLE[field.kind];
  return draw ? draw(field, raw, place, form) : labelled(field, raw, place, form);
}

/** Kinds that are more than a label and a control. */
const WHOLE: Partial<Record<Field["kind"], Control>> = { switch: switched, choices, group, rows, keyed: rows, map };

function idsOf(field: Field, place: string, form: Surroundings): Ids {
  const id = `${form.id}-${place.replaceAll(".", "-")}`;
  const wrong = form.wrongAt(place);
  return { id, wrong, described: [field.hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(" ") };
}

function labelled(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  const ids = idsOf(field, place, form);
  return html`<div class="form-field" data-place=${place}>
    <label for=${ids.id}>${field.label}${mark(field)}</label>
    ${hint(field, ids)} ${single(field, raw, place, form, ids)} ${told(ids)}
  </div>`;
}

function mark(field: Field): TemplateResult | typeof nothing {
  return field.required ? html`<span class="needed" aria-hidden="true"> *</span>` : nothing;
}

function hint(field: Field, { id }: Ids): TemplateResult | typeof nothing {
  return field.hint ? html`<small class="soft" id="${id}-hint">${field.hint}</small>` : nothing;
}

function told({ id, wrong }: Ids): TemplateResult | typeof nothing {
  return wrong ? html`<span class="field-problem" id="${id}-wrong">${wrong}</span>` : nothing;
}

function single(field: Field, raw: Raw, place: string, form: Surroundings, ids: Ids): TemplateResult {
  const text = typeof raw === "string" ? raw : "";
  const invalid = ids.wrong ? "true" : "false";
  const described = ids.described || nothing;
  const typed = ({ target }: Event): void => form.change(place, (target as HTMLInputElement).value);
  const said = ({ detail }: CustomEvent<string>): void => form.change(place, detail);
  switch (field.kind) {
    case "lines":
    case "json":
      return html`<textarea id=${ids.id} name=${place} rows=${field.kind === "json" ? 5 : 3} class=${field.kind} spellcheck=${field.kind === "json" ? "false" : "true"} .value=${text} ?required=${field.required} aria-invalid=${invalid} aria-describedby=${described} @input=${typed}></textarea>`;
    case "markdown":
      return html`<agon-markdown .controlId=${ids.id} .name=${place} .value=${text} .format=${form.formatOf(place)} .describedBy=${ids.described} ?invalid=${ids.wrong !== ""} ?needed=${field.required} @typed=${said}></agon-markdown>`;
    case "instant":
      return html`<agon-instant .controlId=${ids.id} .name=${place} .value=${text} .label=${field.label} .describedBy=${ids.described} ?invalid=${ids.wrong !== ""} ?needed=${field.required} @typed=${said}></agon-instant>`;
    case "choice":
      return html`<select id=${ids.id} name=${place} .value=${text} ?required=${field.required} aria-invalid=${invalid} aria-describedby=${described} @change=${typed}>
        ${field.required && text !== "" ? nothing : html`<option value="" ?selected=${text === ""}>${field.required ? t("form.choose") : t("form.unsaid")}</option>`}
        ${field.choices.map(({ value, label }) => html`<option value=${value} ?selected=${value === text}>${label}</option>`)}
      </select>`;
    case "file":
      // A browser goes on showing the name of what is chosen no more, unless it is told.
      return html`<input ${ref((input) => raw === null && unchosen(input))} id=${ids.id} name=${place} type="file" accept=${field.accept || nothing} ?required=${field.required} aria-invalid=${invalid} aria-describedby=${described} @change=${({ target }: Event) => form.change(place, (target as HTMLInputElement).files?.[0] ?? null)} />`;
    default:
      return html`<input id=${ids.id} name=${place} type=${TYPES[field.kind] ?? "text"} inputmode=${MODES[field.kind] ?? nothing} autocomplete=${autocomplete(field)} maxlength=${field.kind === "text" ? (field.schema.maxLength ?? nothing) : nothing} .value=${text} ?required=${field.required} aria-invalid=${invalid} aria-describedby=${described} @input=${typed} />`;
  }
}

function unchosen(input?: Element): void {
  if (input instanceof HTMLInputElement) input.value = "";
}

const TYPES: Partial<Record<Field["kind"], string>> = { password: "password", email: "email", link: "url" };
const MODES: Partial<Record<Field["kind"], string>> = { number: "decimal", whole: "numeric" };

function autocomplete({ kind, name }: Field): string {
  if (kind === "password") return name === "password" ? "current-password" : "new-password";
  if (kind === "email") return "email";
  return name === "username" ? "username" : "off";
}

function switched(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  const ids = idsOf(field, place, form);
  return html`<div class="form-field switch" data-place=${place}>
    <input id=${ids.id} name=${place} type="checkbox" role="switch" .checked=${raw === true} aria-invalid=${ids.wrong ? "true" : "false"} aria-describedby=${ids.described || nothing} @change=${({ target }: Event) => form.change(place, (target as HTMLInputElement).checked)} />
    <label for=${ids.id}>${field.label}${field.schema.const === true ? mark(field) : nothing}</label>
    ${hint(field, ids)} ${told(ids)}
  </div>`;
}

function choices(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  const given = Array.isArray(raw) ? (raw as readonly string[]) : [];
  const change = (value: string, isGiven: boolean): void =>
    form.change(place, isGiven ? [...given, value] : given.filter((one) => one !== value));
  return framed(
    field,
    place,
    form,
    html`<div class="form-choices">
      ${field.choices.map(
        ({ value, label }) =>
          html`<label class="check"><input type="checkbox" name=${place} value=${value} .checked=${given.includes(value)} @change=${({ target }: Event) => change(value, (target as HTMLInputElement).checked)} /><span>${label}</span></label>`,
      )}
    </div>`,
  );
}

function group(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  if (field.bare)
    return html`<div data-place=${place}>${inside(field, raw, place, form)} ${told(idsOf(field, place, form))}</div>`;
  return framed(field, place, form, html`${inside(field, raw, place, form)}`);
}

function inside(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult[] {
  const tree: Tree = isTree(raw) ? raw : {};
  const asked = field.fields.filter((each) => isAsked(each, tree));
  return asked.map((each) => control(each, tree[each.name] ?? null, `${place}.${each.name}`, form));
}

function framed(field: Field, place: string, form: Surroundings, content: TemplateResult): TemplateResult {
  const ids = idsOf(field, place, form);
  return html`<fieldset id=${ids.id} class="form-group" data-place=${place} tabindex=${ids.wrong ? -1 : nothing} aria-describedby=${ids.described || nothing} ?data-wrong=${ids.wrong !== ""}>
    <legend>${field.label}${mark(field)}</legend>
    ${hint(field, ids)} ${content} ${told(ids)}
  </fieldset>`;
}

function rows(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  const given = Array.isArray(raw) ? (raw as readonly Raw[]) : [];
  const item = field.item;
  if (!item) return html``;
  const each = (entry: Raw, at: number): TemplateResult => {
    const here = `${place}.${at}`;
    const named = { ...item, name: String(at), label: t("form.row", { what: field.entry, number: at + 1 }), hint: "" };
    const around = field.kind === "keyed" ? keyed(treesIn(raw), at, place, form) : form;
    const content =
      item.kind === "group"
        ? html`<fieldset class="form-group"><legend>${named.label}</legend>${inside(item, entry, here, around)}</fieldset>`
        : control(named, entry, here, form);
    return html`<li>${content}${rowActions(field, given, at, place, form)}</li>`;
  };
  return framed(
    field,
    place,
    form,
    html`<ol class="form-rows ${field.kind}">${repeat(given, (_, at) => at, each)}</ol>
      ${field.kind === "keyed" ? gone(treesIn(raw), place, form) : nothing}
      ${adder(field, place, form, () => [...given, emptyOf(item)], given.length)}`,
  );
}

/** A new entry's key is made of its title, until somebody writes one. */
function keyed(entries: readonly Tree[], at: number, place: string, form: Surroundings): Surroundings {
  const [entry = {}, here] = [entries[at], `${place}.${at}`];
  const taken = entries.filter((_, other) => other !== at).map(keyIn);
  const made = (title: Raw | undefined): string => (typeof title === "string" ? keyOf(title, taken) : "");
  const follows = !form.formerKeys(place).includes(keyIn(entry)) && keyIn(entry) === made(entry.title);
  const change = (changed: string, raw: Raw): void => {
    form.change(changed, raw);
    if (follows && changed === `${here}.title`) form.change(`${here}.key`, made(raw));
  };
  return { ...form, change };
}

/** What becomes of answers that were given under keys which are no more. */
function gone(entries: readonly Tree[], place: string, form: Surroundings): TemplateResult {
  const keys = new Set(entries.map(keyIn));
  const lost = form.formerKeys(place).filter((key) => !keys.has(key));
  return html`<p class="soft" role="status">${lost.length > 0 ? t("form.gone", { keys: list(lost) }) : nothing}</p>`;
}

function rowActions(field: Field, given: readonly Raw[], at: number, place: string, form: Surroundings): TemplateResult {
  const what = t("form.row", { what: field.entry, number: at + 1 });
  const swap = (to: number): void => {
    const moved = [...given];
    [moved[at], moved[to]] = [moved[to] ?? null, moved[at] ?? null];
    form.change(place, moved);
    form.focusNext(`[data-row="${place}.${to}"] button`);
  };
  const remove = (): void => {
    form.change(
      place,
      given.filter((_, other) => other !== at),
    );
    form.focusNext(`[data-add="${place}"]`);
  };
  const button = (sign: string, label: string, act: () => void, isOff = false): TemplateResult =>
    html`<button type="button" class="quiet" aria-label=${label} title=${label} aria-disabled=${isOff ? "true" : "false"} @click=${isOff ? nothing : act}>${sign}</button>`;
  return html`<span class="row-actions" data-row="${place}.${at}"
    >${button("↑", t("form.up", { what }), () => swap(at - 1), at === 0)}${button("↓", t("form.down", { what }), () => swap(at + 1), at === given.length - 1)}${button("✕", t("form.remove", { what }), remove)}</span
  >`;
}

function adder(
  field: Field,
  place: string,
  form: Surroundings,
  more: () => Raw,
  at: number,
): TemplateResult | typeof nothing {
  if (at >= (field.schema.maxItems ?? Infinity)) return nothing;
  const add = (): void => {
    form.change(place, more());
    form.focusNext(`[data-place="${place}"] > ol > li:nth-child(${at + 1}) :is(input, select, textarea)`);
  };
  return html`<button type="button" class="quiet" data-add=${place} @click=${add}>${t("form.add", { what: field.entry })}</button>`;
}

/** Pairs of a name and a value. */
function map(field: Field, raw: Raw, place: string, form: Surroundings): TemplateResult {
  const pairs = Array.isArray(raw) ? (raw as readonly Tree[]) : [];
  const item = field.item;
  if (!item) return html``;
  const put = (at: number, changed: Tree): void =>
    form.change(
      place,
      pairs.map((pair, other) => (other === at ? { ...pair, ...changed } : pair)),
    );
  const each = (pair: Tree, at: number): TemplateResult => {
    const key = typeof pair.key === "string" ? pair.key : "";
    const around: Surroundings = {
      ...form,
      change: (_, value) => put(at, { value }),
      wrongAt: () => form.wrongAt(`${place}.${key}`),
    };
    const value = { ...item, label: key || t("form.value"), hint: "" };
    return html`<li class="pair">
      <input aria-label="${t("form.row", { what: field.label, number: at + 1 })}: ${t("form.key")}" .value=${key} @input=${({ target }: Event) => put(at, { key: (target as HTMLInputElement).value })} />
      ${control(value, pair.value ?? null, `${place}.${at}.value`, around)}${rowActions(field, pairs, at, place, form)}
    </li>`;
  };
  return framed(
    field,
    place,
    form,
    html`<ol class="form-rows">${repeat(pairs, (_, at) => at, each)}</ol>
      ${adder(field, place, form, () => [...pairs, { key: "", value: emptyOf(item) }], pairs.length)}`,
  );
}
