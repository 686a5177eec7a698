import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { Problem, type Complaint } from "../api/problem";
import type { BodyOf, Operation } from "../api/shapes";
import * as bodies from "virtual:bodies";
import { LightElement } from "../views/light";
import { t } from "../words/words";
import { draftAt, draftKey, dropDraft, keepDraft } from "./draft";
import { control, type Surroundings } from "./fields";
import { nearest, numbered, placeIn } from "./places";
import { chosen, fieldsOf, type Changes, type Field } from "./kinds";
import { isNothing, laidOn, typedIn } from "./typed";
import { bodyOf, isTree, judge, keyIn, treeOf, treesIn, type Raw, type Tree } from "./values";

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
 * What is typed survives new `values`, leaving the page and signing in again, for what it is about: `name` tells that, where an
 * operation is about one of many. With another name it is another form, and what was typed in it stays with the former.
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
  /** Which form it is, as its draft is kept. */
  private key = "";
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

  private get typed(): Tree {
    return typedIn(this.fields, this.tree, this.base);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const key = draftKey(this.operation, this.settings, this.only?.join(), this.name);
    const isOther = key !== this.key;
    if (isOther) this.keep();
    this.key = key;
    // Also in another language, so each time: it is a walk over some twenty properties.
    this.fields = this.read();
    if (isOther || changed.has("values")) this.take(isOther);
  }

  private read(): Field[] {
    const body = bodies.operations[this.operation]?.body ?? "";
    const all = fieldsOf(body, bodies.schemas, this.changes, this.settings);
    return this.only ? chosen(all, this.only) : all;
  }

  /** What was typed stays; all else follows what is there now. */
  private take(isNew: boolean): void {
    const typed = isNew ? draftAt(this.key) : this.typed;
    this.base = treeOf(this.fields, this.values as Record<string, unknown>);
    this.tree = laidOn(this.fields, this.base, typed);
    if (!isNew) return;
    this.isFromDraft = !isNothing(this.typed);
    [this.complaints, this.trouble, this.said, this.isBusy] = [[], "", "", false];
  }

  protected override render(): TemplateResult {
    const around: Surroundings = {
      id: this.ownId,
      wrongAt: (place) => this.wrongAt(place),
      change: (place, raw) => this.change(place, raw),
      formatOf: (place) => this.formatBeside(place),
      formerKeys: (place) => treesIn(found(this.base, place)).map(keyIn),
      focusNext: (selector) => (this.focusOn = selector),
    };
    return html`<form class="form" novalidate aria-busy=${this.isBusy ? "true" : "false"} @submit=${this.onSubmit}>
      ${this.summary()} ${this.isFromDraft ? this.draftNotice() : nothing}
      ${this.fields.map((field) => control(field, this.tree[field.name] ?? null, field.name, around))}
      <div class="form-actions">
        <button type="submit" aria-disabled=${this.isBusy ? "true" : "false"}>${this.isBusy ? t("form.saving") : this.action || t("form.save")}</button>
        ${this.isChange && !isNothing(this.typed) ? html`<button type="button" class="quiet" @click=${this.undo}>${t("form.undo")}</button>` : nothing}
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
    this.tree = put(this.tree, place.split("."), raw) as Tree;
    if (raw instanceof File) this.nameFormat(raw);
    // Where rows have moved, what was told of one would stand at another.
    this.complaints = this.complaints.filter((one) => !`${this.nearest(one.place)}.`.startsWith(`${place}.`));
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
    return found(this.tree, beside.join(".")) === "html" ? "html" : "markdown";
  }

  private readonly keep = (): void => {
    window.clearTimeout(this.timer);
    if (this.key) keepDraft(this.key, this.fields, this.typed);
  };

  private readonly undo = (): void => {
    this.tree = this.base;
    this.settle();
    this.focusOn = "button[type=submit]";
  };

  private settle(): void {
    this.isFromDraft = false;
    [this.complaints, this.trouble] = [[], ""];
    this.keep();
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
    const { key } = this;
    [this.isBusy, this.said] = [true, ""];
    try {
      await this.send();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (key === this.key) this.complain(error.detail, error.errors.map(this.asHere));
    } finally {
      if (key === this.key) this.isBusy = false;
    }
  }

  /** It may be another form when the answer comes, which takes nothing of it. */
  private async send(): Promise<void> {
    const { key, tree, base, isChange } = this;
    const body = await bodyOf(
      this.fields,
      tree,
      isChange ? { from: base, isMerged: this.settings !== undefined } : undefined,
    );
    if (key !== this.key) return;
    if (isChange && Object.keys(body).length === 0) {
      this.said = t("form.unchanged");
      return;
    }
    const sent = this.hand(body);
    if (!sent) return;
    const answer = await sent;
    if (key === this.key) this.settleSent(tree, base);
    else if (!isChange) dropDraft(key);
    this.dispatchEvent(new CustomEvent("sent", { detail: answer }));
  }

  /** Hands the body to whoever sends it; undefined where nobody tells what comes of it. */
  private hand(body: Record<string, unknown>): Promise<unknown> | undefined {
    let sent: Promise<unknown> | undefined;
    const until = (promise: Promise<unknown>): void => void (sent = promise);
    this.dispatchEvent(new CustomEvent("submit", { detail: { body, until } }));
    return sent;
  }

  /** What was sent is what is there now, or makes room for something new; what was typed since stays. */
  private settleSent(tree: Tree, base: Tree): void {
    const since = typedIn(this.fields, this.tree, tree);
    this.base = this.isChange
      ? withoutFiles(laidOn(this.fields, this.base, typedIn(this.fields, tree, base)))
      : treeOf(this.fields, this.values as Record<string, unknown>);
    this.tree = laidOn(this.fields, this.base, since);
    this.settle();
    this.said = t("form.saved");
  }

  /** With the place as the form has it, where it has one. */
  private readonly asHere = (complaint: Complaint): Complaint => {
    const place = numbered(this.fields, this.tree, placeIn(this.prefix, complaint.place));
    return this.isShown(place) ? { ...complaint, place } : complaint;
  };

  /** The sentence on top, each complaint at its field, and the first of these under the cursor. */
  private complain(trouble: string, complaints: readonly Complaint[]): void {
    [this.trouble, this.complaints] = [trouble, complaints];
    const isAnyShown = complaints.some(({ place }) => this.isShown(place));
    this.focusOn = isAnyShown ? "[aria-invalid='true'], [data-wrong]" : ".form-wrong";
  }
}

/** A file that was sent is chosen no more. */
function withoutFiles(tree: Tree): Tree {
  return Object.fromEntries(Object.entries(tree).map(([name, raw]) => [name, raw instanceof File ? null : raw]));
}

/** What stands at a place; null where nothing does. */
function found(tree: Tree, place: string): Raw {
  const steps = place.split(".");
  return steps.reduce<Raw>((raw, step) => (isTree(raw) ? (raw[step] ?? null) : null), tree);
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
