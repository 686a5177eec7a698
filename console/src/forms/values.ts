/** What stands in a form's controls, and the body that it comes to. */
import { Problem, type Complaint } from "../api/problem";
import { number, t } from "../words/words";
import { size } from "../format";
import type { Field } from "./kinds";

/** What stands in a control: texts as they are typed, also of numbers and instants. Of a map: its pairs. */
export type Raw = string | boolean | File | null | readonly Raw[] | { readonly [name: string]: Raw };
export type Tree = Readonly<Record<string, Raw>>;
type Values = Readonly<Record<string, unknown>>;

/** What controls show of a body; what it lacks is what the document says it is then. */
export function treeOf(fields: readonly Field[], values: Values): Tree {
  const tree = Object.fromEntries(fields.map((field) => [field.name, rawOf(field, values[field.name])]));
  const idle = fields.filter((field) => !isAsked(field, tree)).map((field): [string, Raw] => [field.name, emptyOf(field)]);
  return { ...tree, ...Object.fromEntries(idle) };
}

/** Whether a field is asked for beside what else stands there. */
export function isAsked({ when }: Field, tree: Tree): boolean {
  if (when === null) return true;
  const value = tree[when.name];
  return typeof value === "string" && [when.is].flat().includes(value);
}

/** An empty entry of rows. */
export function emptyOf(field: Field): Raw {
  return rawOf(field, undefined);
}

function rawOf(field: Field, given: unknown): Raw {
  const value = given === undefined ? field.schema.default : given;
  const { item } = field;
  switch (field.kind) {
    case "group":
      return treeOf(field.fields, isObject(value) ? value : {});
    case "rows":
      return Array.isArray(value) && item ? value.map((entry) => rawOf(item, entry)) : [];
    case "choices":
      return Array.isArray(value) ? value.map(String) : [];
    case "map":
      return isObject(value) && item
        ? Object.entries(value).map(([key, entry]) => ({ key, value: rawOf(item, entry) }))
        : [];
    case "keyed":
      return isObject(value) && item
        ? Object.entries(value).map(([key, entry]) => rawOf(item, { ...(isObject(entry) ? entry : {}), key }))
        : [];
    case "switch":
      return value === true || value === "true";
    case "lines":
      return isLineEach(field) ? linesOf(value) : textual(value);
    case "file":
      return null;
    case "json":
      return value === undefined || value === null ? "" : JSON.stringify(value, null, 2);
    default:
      return textual(value);
  }
}

/** A list of texts that is written one a line. */
function isLineEach({ kind, schema }: Field): boolean {
  return kind === "lines" && schema.type === "array";
}

/** Also of a list that was written as one text with commas. */
function linesOf(value: unknown): string {
  const list = typeof value === "string" ? value.split(",").map((one) => one.trim()) : Array.isArray(value) ? value : [];
  return list.map(textOf).join("\n");
}

function linesIn(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/**
 * The body that a form sends. `changed` from what it showed: only what is another value, as a PATCH has it, in groups too
 * where `isMerged`. Otherwise all but what may be left out and is empty.
 */
export async function bodyOf(
  fields: readonly Field[],
  tree: Tree,
  changed?: { from: Tree; isMerged: boolean },
): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const field of fields) {
    const isNow = isAsked(field, tree);
    const raw = isNow ? (tree[field.name] ?? null) : null;
    if (changed) {
      const was = isAsked(field, changed.from);
      if (isNow) await addChanged(body, field, raw, was ? (changed.from[field.name] ?? null) : null, changed.isMerged);
      else if (was) body[field.name] = null;
    } else if (isNow) {
      const value = await valueOf(field, raw);
      if (field.required || !isEmpty(value)) body[field.name] = value ?? null;
    }
  }
  return body;
}

async function addChanged(body: Record<string, unknown>, field: Field, raw: Raw, before: Raw, isMerged: boolean) {
  if (isMerged && field.kind === "group" && isTree(raw) && isTree(before)) {
    const inside = await bodyOf(field.fields, raw, { from: before, isMerged });
    if (Object.keys(inside).length > 0) body[field.name] = inside;
    return;
  }
  if (isSame(raw, before)) return;
  if (isMerged && field.kind === "keyed" && field.item) {
    body[field.name] = await changedEntries(field.item, treesIn(raw), treesIn(before));
    return;
  }
  const value = await valueOf(field, raw);
  if (value !== undefined) body[field.name] = isMerged ? inPlaceOf(await valueOf(field, before), value) : value;
}

/** Merging keeps the keys that it is not told of, so those that are gone are named. */
function inPlaceOf(before: unknown, value: unknown): unknown {
  if (!isObject(before) || !isObject(value)) return value;
  return { ...Object.fromEntries(Object.keys(before).map((key) => [key, null])), ...value };
}

/** Null for what is gone. All others are named, for their order; of those that were there what differs, so that the rest stays. */
async function changedEntries(item: Field, now: readonly Tree[], before: readonly Tree[]): Promise<Values> {
  const former = new Map(before.map((entry) => [keyIn(entry), entry]));
  const told = now.map(async (entry): Promise<[string, unknown]> => {
    const from = former.get(keyIn(entry));
    return [keyIn(entry), await bodyOf(item.fields, entry, from && { from, isMerged: true })];
  });
  const kept: Values = Object.fromEntries(await Promise.all(told));
  const gone = [...former.keys()].filter((key) => !Object.hasOwn(kept, key));
  return { ...Object.fromEntries(gone.map((key) => [key, null])), ...kept };
}

/** The entries of a keyed mapping. */
export function treesIn(raw: Raw): readonly Tree[] {
  return Array.isArray(raw) ? (raw as readonly Raw[]).filter(isTree) : [];
}

/** The key that an entry of a keyed mapping has. */
export function keyIn({ key }: Tree): string {
  return typeof key === "string" ? key.trim() : "";
}

/** Undefined: there is none, and null would not be taken. */
async function valueOf(field: Field, raw: Raw): Promise<unknown> {
  const nothing = field.nullable ? null : undefined;
  if (field.kind === "group") {
    const inside = isTree(raw) ? await bodyOf(field.fields, raw) : {};
    return isLeftOut(field, raw) ? nothing : inside;
  }
  const { item } = field;
  if (field.kind === "rows" && item) return entries(raw, (entry) => valueOf(item, entry));
  if (field.kind === "map" && item) {
    const pairs = await entries(raw, async (pair) => {
      const { key, value } = pairOf(pair);
      return [key, await valueOf(item, value)] as const;
    });
    return Object.fromEntries(pairs.filter(([key]) => key !== ""));
  }
  if (field.kind === "keyed") return item ? changedEntries(item, treesIn(raw), []) : {};
  if (field.kind === "choices") return ofItems(field, raw);
  if (raw instanceof File) return field.schema.format === "base64" ? base64(raw) : raw;
  if (typeof raw === "boolean") return field.schema.type === "string" ? String(raw) : raw;
  if (isLineEach(field)) return typeof raw === "string" ? linesIn(raw) : nothing;
  if (typeof raw !== "string" || raw.trim() === "") return textless(field, nothing);
  if (field.kind === "number" || field.kind === "whole") return numberIn(raw);
  if (field.kind === "json") return JSON.parse(raw) as unknown;
  if (field.kind === "choice") return chosen(field, raw);
  return field.kind === "text" || field.kind === "email" || field.kind === "link" ? raw.trim() : raw;
}

/** A group in which nothing is said, and nothing has to be. */
function isLeftOut(field: Field, raw: Raw): boolean {
  return !field.required && isSame(raw, emptyOf(field));
}

async function entries<T>(raw: Raw, each: (entry: Raw) => Promise<T>): Promise<T[]> {
  return Array.isArray(raw) ? Promise.all((raw as readonly Raw[]).map(each)) : [];
}

/** In the order that the document has, so that the same choice is the same value. */
function ofItems(field: Field, raw: Raw): unknown[] {
  const given = new Set(Array.isArray(raw) ? (raw as readonly Raw[]) : []);
  const isNumber = /^(?:number|integer)$/.test(field.schema.items?.type ?? "");
  const chosen = field.choices.map(({ value }) => value).filter((value) => given.has(value));
  return isNumber ? chosen.map(Number) : chosen;
}

function textless(field: Field, nothing: null | undefined): unknown {
  const isText = field.schema.type === "string" && field.kind !== "choice" && field.kind !== "instant";
  return isText && !field.nullable && field.kind !== "file" ? "" : nothing;
}

function chosen({ schema }: Field, raw: string): unknown {
  if (schema.type === "boolean") return raw === "true";
  if (schema.type === "integer" || schema.type === "number") return Number(raw);
  if (schema.type === "object") return JSON.parse(raw) as unknown;
  return schema.enum?.find((one) => String(one) === raw) ?? raw;
}

/** `1,000` is a thousand to some, and one to others. */
const EITHER = /^-?[1-9]\d{0,2},\d{3}$/;

/** As people of any language write it; NaN where it is none, or could be two. */
export function numberIn(text: string): number {
  const plain = withoutBlanks(text);
  return EITHER.test(plain) ? NaN : Number(plain.replace(",", "."));
}

function withoutBlanks(text: string): string {
  return text.replace(/[\s\u00a0\u202f]/g, "").replace(/^\u2212/, "-");
}

/** Why a text is no number, in a sentence; empty where it is one. */
export function notNumber(text: string): string {
  const plain = withoutBlanks(text);
  if (EITHER.test(plain)) return t("form.comma", { thousands: plain.replace(",", ""), decimals: plain.replace(",", ".") });
  return Number.isFinite(numberIn(text)) ? "" : t("form.number");
}

function base64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(textOf(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(new Problem(400, t("form.unreadable"), t("form.unreadable_hint")));
    reader.readAsDataURL(file);
  });
}

function pairOf(entry: Raw): { key: string; value: Raw } {
  const { key = "", value = null } = isTree(entry) ? entry : {};
  return { key: typeof key === "string" ? key : "", value };
}

function textual(value: unknown): string {
  return value === undefined || value === null ? "" : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && !(value instanceof File) && Object.keys(value).length === 0;
}

export function isSame(one: Raw, other: Raw): boolean {
  if (one instanceof File || other instanceof File) return one === other;
  return JSON.stringify(one) === JSON.stringify(other);
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isTree(raw: Raw): raw is Tree {
  return isObject(raw) && !(raw instanceof File);
}

/** What the document does not let through, in words, before anything is sent. Places are as the API's: `phases.0.name`. */
export function judge(fields: readonly Field[], tree: Tree, path = ""): Complaint[] {
  return fields
    .filter((field) => isAsked(field, tree))
    .flatMap((field) => judgeOne(field, tree[field.name] ?? null, path + field.name));
}

const ENTRIES: ReadonlySet<Field["kind"]> = new Set(["choices", "rows", "map", "keyed"] as const);

function judgeOne(field: Field, raw: Raw, place: string): Complaint[] {
  if (field.kind === "group") return isTree(raw) && !isLeftOut(field, raw) ? judge(field.fields, raw, `${place}.`) : [];
  if (ENTRIES.has(field.kind)) return judgeEntries(field, raw, place);
  const message = wrongIn(field, raw);
  return message ? [{ place, message }] : [];
}

function judgeEntries(field: Field, raw: Raw, place: string): Complaint[] {
  const given = Array.isArray(raw) ? (raw as readonly Raw[]) : [];
  const { minItems: least = 0, maxItems = Infinity } = field.schema;
  const inside = field.item;
  const wrong = given.flatMap((entry, at) => {
    if (!inside || field.kind === "choices") return [];
    if (field.kind === "map") return judgeOne(inside, pairOf(entry).value, `${place}.${pairOf(entry).key}`);
    return judgeOne(inside, entry, `${place}.${at}`);
  });
  if (field.kind === "keyed") wrong.push(...judgeKeys(treesIn(raw), place));
  const isNone = given.length === 0 && !field.required;
  if (given.length < least && !isNone) wrong.push({ place, message: t("form.few_rows", { count: least }) });
  if (given.length > maxItems) wrong.push({ place, message: t("form.many_rows", { count: maxItems }) });
  return wrong;
}

/** Two entries cannot have one key. */
function judgeKeys(entries: readonly Tree[], place: string): Complaint[] {
  const keys = entries.map(keyIn);
  return keys.flatMap((key, at) =>
    key && keys.indexOf(key) < at ? [{ place: `${place}.${at}.key`, message: t("form.same_key") }] : [],
  );
}

function wrongIn(field: Field, raw: Raw): string {
  if (raw instanceof File) {
    return field.maxBytes !== null && raw.size > field.maxBytes ? t("form.too_large", { size: size(field.maxBytes) }) : "";
  }
  if (field.kind === "switch") return field.schema.const === true && raw !== true ? t("form.missing") : "";
  const text = typeof raw === "string" ? raw : "";
  if (text.trim() === "") return field.required && !mayBeEmpty(field) ? t("form.missing") : "";
  if (field.kind === "number" || field.kind === "whole") return wrongNumber(field, text);
  if (field.kind === "json") return isJson(text) ? "" : t("form.json", { example: '{"a": 1}' });
  return field.kind === "choice" || field.kind === "instant" ? "" : wrongText(field, text);
}

function mayBeEmpty({ kind, schema, nullable }: Field): boolean {
  return (
    nullable ||
    (schema.type === "string" &&
      !schema.enum &&
      kind !== "instant" &&
      kind !== "file" &&
      !schema.minLength &&
      !schema.pattern)
  );
}

function wrongNumber({ kind, schema }: Field, text: string): string {
  const [value, wrong] = [numberIn(text), notNumber(text)];
  if (wrong) return wrong;
  if (kind === "whole" && !Number.isInteger(value)) return t("form.whole");
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity } = schema;
  if (value < minimum) return t("form.low", { number: number(minimum) });
  if (value <= exclusiveMinimum) return t("form.low", { number: number(exclusiveMinimum) });
  return value > maximum ? t("form.high", { number: number(maximum) }) : "";
}

function wrongText({ kind, schema, hint }: Field, text: string): string {
  // As the API counts: by characters, not by halves of some.
  const letters = Array.from(text).length;
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  if (letters < minLength) return t("form.short", { count: minLength });
  if (letters > maxLength) return t("form.long", { count: maxLength });
  if (kind === "link" && !/^https?:\/\/\S+$/i.test(text.trim())) return t("form.link");
  if (kind === "email" && !/^[^@\s]+@[^@\s]+$/.test(text.trim())) return t("form.email");
  return pattern && !matches(pattern, text.trim()) ? t("form.shape", { hint }).trim() : "";
}

/** By letters of all scripts, as Python reads `\\w`. A pattern that browsers cannot read is the API's to judge. */
function matches(pattern: string, text: string): boolean {
  try {
    const letters = "\\p{L}\\p{N}_";
    const inClasses = pattern.replace(/\[([^\]]*)\\w/g, `[$1${letters}`);
    return new RegExp(inClasses.replaceAll("\\w", `[${letters}]`), "u").test(text);
  } catch {
    return true;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
