import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Problem, type Complaint } from "../api/problem";
import type { BodyOf, Operation } from "../api/shapes";
import * as bodies from "virtual:bodies";
import { LightElement } from "../views/light";
import { t } from "../words/words";
import { draftAt, dropDraft, keepDraft } from "./draft";
import { control, type Surroundings } from "./fields";
import { nearest, placeIn } from "./places";
import { chosen, fieldsOf, type Changes, type Field } from "./kinds";
import { bodyOf, isSame, isTree, judge, treeOf, type Raw, type Tree } from "./values";

/** Heard as `submit`: what is to be sent. Whoever sends it says so by `until`: the form is busy, and shows what comes of it. */
export type Submitted<Id extends Operation> = CustomEvent<{
  body: BodyOf<Id>;
  until: (sent: Promise<unknown>) => void;
}>;

/** What comes after the last key, so that typing stays quick. */
const KEEP_MS = 300;

let made = 0;

/**
 * A form made of what the API's document says of a request's body.
 *
 *     html`<agon-form operation="NOUN_VERB" .values=${queue} .changes=${{ description: { kind: "markdown" } }}
 *       @submit=${({ detail: { body, until } }: Submitted<"NOUN_VERB">) =>
 *         until(ask("patch", "/v1/…", { params, body }))}></agon-form>`
 *
 * `values` is what is there now; a PATCH's body is what differs from it, `{}` is never sent. `changes` has what the page says
 * beside the document, by path. `settings` says which part of a competition's settings an `editor_…` form edits, and `prefix`
 * what the places of complaints begin with there (`phases.0`). `only` names the fields to show, in order: `agon.slug` one of a group.
 * What is typed survives new `values`, leaving the page and signing in again; `name` tells two forms of an address apart.
 * After `until` a Problem's complaints stand at their fields; `sent` is heard with the answer when there was none.
 * Labels, hints and choices are the catalogue's: `titles.NAME` or `titles.BODY.NAME`, `hints.…`, `choices.VALUE`.
 */
@customElement("agon-form")
export class AgonForm extends LightElement {
  @property() operation!: Operation;
  @property({ attribute: false }) values: object = {};
  @property({ attribute: false }) changes: Changes = {};
  /** Of a competition's settings the part that is edited: "" itself, else `phases`, `tasks`, … */
  @property({ attribute: false }) settings?: string;
  @property({ attribute: false }) prefix = "";
  @property({ attribute: false }) only?: readonly string[];
  @property({ attribute: false }) name = "";
  /** What the button says. */
  @property({ attribute: false }) action = "";
  @state() private fields: readonly Field[] = [];
  @state() private tree: Tree = {};
  @state() private complaints: readonly Complaint[] = [];
  @state() private trouble = "";
  @state() private said = "";
  @state() private isBusy = false;
  @state() private isFromDraft = false;
  private base: Tree = {};
  private touched = new Set<string>();
  private timer?: number;
  private focusOn = "";
  private readonly ownId = `form-${++made}`;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("pagehide", this.keep);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("pagehide", this.keep);
    this.keep();
  }

  private get isChange(): boolean {
    return bodies.operations[this.operation]?.method === "patch";
  }

  private get draftKey(): string {
    return [location.pathname, this.operation, this.settings ?? "", this.prefix, this.name].join(" ");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isFirst = this.fields.length === 0;
    const isOther = changed.has("operation") || changed.has("settings");
    // Also in another language, so each time: it is a walk over some twenty properties.
    this.fields = this.read();
    if (isFirst || isOther || changed.has("values") || changed.has("prefix"))
      this.take(isFirst || isOther || changed.has("prefix"));
  }

  private read(): Field[] {
    const body = bodies.operations[this.operation]?.body ?? "";
    const all = fieldsOf(body, bodies.schemas, this.changes, this.settings);
    return this.only ? chosen(all, this.only) : all;
  }

  /** What was typed stays; all else follows what is there now. */
  private take(isNew: boolean): void {
    this.base = treeOf(this.fields, this.values as Record<string, unknown>);
    if (isNew) {
      const draft = draftAt(this.draftKey);
      this.touched = new Set(Object.keys(draft ?? {}).filter((name) => name in this.base));
      this.isFromDraft = this.touched.size > 0;
      this.tree = { ...this.base, ...draft };
      [this.complaints, this.trouble, this.said] = [[], "", ""];
    } else {
      const typed = [...this.touched].map((name) => [name, this.tree[name] ?? null] as const);
      this.tree = { ...this.base, ...Object.fromEntries(typed) };
    }
  }

  protected override render(): TemplateResult {
    const around: Surroundings = {
      id: this.ownId,
      wrongAt: (place) => this.wrongAt(place),
      change: (place, raw) => this.change(place, raw),
      formatOf: (place) => this.formatBeside(place),
      focusNext: (selector) => (this.focusOn = selector),
    };
    return html`<form class="form" novalidate aria-busy=${this.isBusy ? "true" : "false"} @submit=${this.onSubmit}>
      ${this.summary()} ${this.isFromDraft ? this.draftNotice() : nothing}
      ${this.fields.map((field) => control(field, this.tree[field.name] ?? null, field.name, around))}
      <div class="form-actions">
        <button type="submit" aria-disabled=${this.isBusy ? "true" : "false"}>${this.isBusy ? t("form.saving") : this.action || t("form.save")}</button>
        ${this.isChange && this.touched.size > 0 ? html`<button type="button" class="quiet" @click=${this.undo}>${t("form.undo")}</button>` : nothing}
        <span class="soft" role="status">${this.said}</span>
      </div>
    </form>`;
  }

  protected override updated(): void {
    if (!this.focusOn) return;
    this.querySelector<HTMLElement>(this.focusOn)?.focus();
    this.focusOn = "";
  }

  private summary(): TemplateResult | typeof nothing {
    if (!this.trouble) return nothing;
    const apart = this.complaints.filter(({ place }) => !this.isShown(place));
    return html`<div class="form-wrong" role="alert" tabindex="-1">
      <p>${this.trouble}</p>
      ${apart.length > 0 ? html`<ul>${apart.map(({ place, message }) => html`<li>${place ? html`<code>${place}</code> ` : nothing}${message}</li>`)}</ul>` : nothing}
    </div>`;
  }

  private draftNotice(): TemplateResult {
    return html`<p class="form-draft">
      ${t("form.draft")} <button type="button" class="quiet" @click=${this.undo}>${t("form.discard")}</button>
    </p>`;
  }

  /** What is said of the field itself, not of what is inside it. */
  private wrongAt(place: string): string {
    return this.complaints
      .filter((one) => this.nearest(one.place) === place)
      .map(({ message }) => message)
      .join(" ");
  }

  private isShown(place: string): boolean {
    return this.nearest(place) !== "";
  }

  /** The field at which a complaint stands; empty for none. */
  private nearest(place: string): string {
    return nearest(this.fields, placeIn(this.prefix, place));
  }

  private change(place: string, raw: Raw): void {
    const [top = ""] = place.split(".");
    this.tree = put(this.tree, place.split("."), raw) as Tree;
    if (raw instanceof File) this.nameFormat(raw);
    if (isSame(this.tree[top] ?? null, this.base[top] ?? null)) this.touched.delete(top);
    else this.touched.add(top);
    this.complaints = this.complaints.filter((one) => this.nearest(one.place) !== place);
    this.said = "";
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(this.keep, KEEP_MS);
  }

  /** A file's ending says its format, where the body asks for that too. */
  private nameFormat({ name }: File): void {
    const ending = name.split(".").at(-1)?.toLowerCase() ?? "";
    const format = this.fields.find((field) => field.name === "format");
    if (format?.choices.some(({ value }) => value === ending)) this.change("format", ending);
  }

  /** What a text is written in, as the field beside it says. */
  private formatBeside(place: string): "markdown" | "html" {
    const beside = [...place.split(".").slice(0, -1), "format"];
    const found = beside.reduce<Raw>((raw, step) => (isTree(raw) ? (raw[step] ?? null) : null), this.tree);
    return found === "html" ? "html" : "markdown";
  }

  private readonly keep = (): void => {
    window.clearTimeout(this.timer);
    if (this.fields.length > 0) keepDraft(this.draftKey, this.fields, this.tree, this.touched);
  };

  private readonly undo = (): void => {
    this.settle(this.base);
    this.focusOn = "button[type=submit]";
  };

  private settle(tree: Tree): void {
    this.base = this.tree = tree;
    this.touched = new Set();
    this.isFromDraft = false;
    [this.complaints, this.trouble] = [[], ""];
    dropDraft(this.draftKey);
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!this.isBusy) void this.submit();
  };

  private async submit(): Promise<void> {
    const wrong = judge(this.fields, this.tree);
    if (wrong.length > 0) {
      this.complain(t("form.wrong", { count: wrong.length }), wrong);
      return;
    }
    const isMerged = this.settings !== undefined;
    const body = await bodyOf(this.fields, this.tree, this.isChange ? { from: this.base, isMerged } : undefined);
    if (this.isChange && Object.keys(body).length === 0) {
      this.said = t("form.unchanged");
      return;
    }
    let sent: Promise<unknown> | undefined;
    const until = (promise: Promise<unknown>): void => void (sent = promise);
    this.dispatchEvent(new CustomEvent("submit", { detail: { body, until } }));
    if (sent) await this.follow(sent);
  }

  private async follow(sent: Promise<unknown>): Promise<void> {
    this.isBusy = true;
    this.said = "";
    const tree = this.tree;
    try {
      const answer = await sent;
      this.settle(this.isChange ? tree : treeOf(this.fields, this.values as Record<string, unknown>));
      this.said = t("form.saved");
      this.dispatchEvent(new CustomEvent("sent", { detail: answer }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.complain(error.detail, error.errors);
    } finally {
      this.isBusy = false;
    }
  }

  /** The sentence on top, each complaint at its field, and the first of these under the cursor. */
  private complain(trouble: string, complaints: readonly Complaint[]): void {
    [this.trouble, this.complaints] = [trouble, complaints];
    const isAnyShown = complaints.some(({ place }) => this.isShown(place));
    this.focusOn = isAnyShown ? "[aria-invalid='true'], [data-wrong]" : ".form-wrong";
  }
}

/** A tree in which one place has another value. */
function put(tree: Raw, [step, ...rest]: readonly string[], raw: Raw): Raw {
  if (step === undefined) return raw;
  if (Array.isArray(tree))
    return (tree as readonly Raw[]).map((entry, at) => (String(at) === step ? put(entry, rest, raw) : entry));
  const whole: Tree = tree !== null && isTree(tree) ? tree : {};
  return { ...whole, [step]: put(whole[step] ?? null, rest, raw) };
}

declare global {
  interface HTMLElementTagNameMap {
    "agon-form": AgonForm;
  }
}
