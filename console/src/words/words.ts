/**
 * The message catalogue: what the console says, in English and in French.
 *
 *     t("table.empty")                          a sentence
 *     t("table.rows", { count: 1284 })          with its parameters; `count` chooses the plural, numbers are set as the language does
 *     rich("sign.in", { link: html`<a …>` })    the same with templates in it, as a child of a template
 *     told(description)                         what the API's document says
 *     locale()                                  for Intl, where format.ts has nothing
 *
 * A page's messages stand by noun in `en/NOUN.ts` and `fr/NOUN.ts`, and are named in both `index.ts`. Keys and parameters are
 * checked by the compiler. Elements that extend LightElement are drawn anew when the language changes; a constant of a module
 * is not, so call `t` while you draw. French is loaded by who reads it.
 */
import * as en from "./en";

export const LANGUAGES = { en: "English", fr: "Français" } as const;
export type Language = keyof typeof LANGUAGES;
/** Heard on `window` when another language is read. */
export const CHANGED = "agon-language";

/** One message, or one for each plural that its language has (Intl.PluralRules), chosen by `count`. */
export type Message = string | ({ readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>);
export type Messages = Readonly<Record<string, Message>>;
export type Catalogue = Readonly<Record<string, Messages>>;

type English = typeof en;
type Noun = keyof English;
export type Key = { [N in Noun]: `${N}.${keyof English[N] & string}` }[Noun];
type MessageOf<K extends Key> = K extends `${infer N extends Noun}.${infer Rest}`
  ? Rest extends keyof English[N]
    ? English[N][Rest]
    : never
  : never;
type TextOf<M> = M extends string ? M : M[keyof M];
type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never;
type NamesOf<K extends Key> = NamesIn<TextOf<MessageOf<K>>> | (MessageOf<K> extends string ? never : "count");
/** A key of a message without parameters. */
export type PlainKey = { [K in Key]: [NamesOf<K>] extends [never] ? K : never }[Key];
type Given<K extends Key, Value> = [NamesOf<K>] extends [never]
  ? []
  : [params: { readonly [Name in NamesOf<K>]: Name extends "count" ? number : Value }];

const KEPT = "agon.language";
const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr-FR" };

let chosen: Language = "en";
let catalogue: Catalogue = en;
/** Until this is over, nothing is drawn: the wrong language would flash. Null when there is nothing to wait for. */
let loading: Promise<void> | null = null;

export function t<K extends Key>(key: K, ...[params]: Given<K, string | number>): string {
  return parts(key, params ?? {})
    .map((part) => (typeof part === "number" ? number(part) : String(part)))
    .join("");
}

/** A message as what a template takes for a child, its parameters being texts, numbers or templates. */
export function rich<K extends Key>(key: K, ...[params]: Given<K, unknown>): unknown[] {
  return parts(key, params ?? {}).map((part) => (typeof part === "number" ? number(part) : part));
}

/** A message by a key that is made while running, such as a code of the API; undefined where there is none. */
export function look(key: string, params: Readonly<Record<string, unknown>> = {}): string | undefined {
  if (messageOf(catalogue, key) === undefined) return undefined;
  const found = parts(key, params);
  return found.includes(undefined)
    ? undefined
    : found.map((part) => (typeof part === "number" ? number(part) : String(part))).join("");
}

/** What the API's document says, in English, as the reader's language has it: in `document`, by the English. As it is where that lacks. */
export function told(english: string): string {
  const message = messageOf(catalogue, `document.${english}`);
  return typeof message === "string" ? message : english;
}

export function number(value: number, options?: Intl.NumberFormatOptions): string {
  return value.toLocaleString(locale(), options);
}

/** `a, b and c`. */
export function list(items: readonly string[], type: "conjunction" | "disjunction" = "conjunction"): string {
  return new Intl.ListFormat(locale(), { type }).format(items);
}

export function language(): Language {
  return chosen;
}

export function locale(): string {
  return LOCALES[chosen];
}

export function pending(): Promise<void> | null {
  return loading;
}

/** Reads in another language from now on, in this browser. Rejects where it cannot be loaded: nothing has changed then. */
export async function choose(next: Language): Promise<void> {
  const loaded = await load(next);
  chosen = next;
  catalogue = loaded;
  document.documentElement.lang = next;
  keep(next);
  dispatchEvent(new Event(CHANGED));
}

/** The language that was chosen here, else the first that the browser asks for and that there is. */
export function preferred(): Language {
  const wanted = [kept(), ...navigator.languages].map((one) => one?.split("-")[0]);
  return wanted.find((one): one is Language => one !== undefined && one in LANGUAGES) ?? "en";
}

/** Called once, before anything is drawn. */
export function begin(): void {
  const first = preferred();
  if (first === "en") return;
  loading = choose(first)
    // Offline, English is better than nothing.
    .catch(() => undefined)
    .finally(() => (loading = null));
}

async function load(wanted: Language): Promise<Catalogue> {
  return wanted === "en" ? en : import("./fr");
}

function messageOf(from: Catalogue, key: string): Message | undefined {
  const dot = key.indexOf(".");
  const messages = from[key.slice(0, dot)];
  return messages && Object.hasOwn(messages, key.slice(dot + 1)) ? messages[key.slice(dot + 1)] : undefined;
}

/** Its texts and parameters in their order. What French lacks stands in English: a test finds it. */
function parts(key: string, params: Readonly<Record<string, unknown>>): unknown[] {
  const message = messageOf(catalogue, key) ?? messageOf(en, key) ?? key;
  const text = typeof message === "string" ? message : plural(message, Number(params.count));
  return unbroken(text)
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? part : apart(params[part])))
    .filter((part) => part !== "");
}

/** Letters that run from right to left: Hebrew, Arabic and what is written like them. */
const LEFTWARD = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What somebody wrote turns none of the sentence around it. */
function apart(value: unknown): unknown {
  return typeof value === "string" && LEFTWARD.test(value) ? `\u2068${value}\u2069` : value;
}

/** French has spaces around some signs, at which no line may end. */
export function unbroken(text: string): string {
  return chosen === "fr" ? text.replace(/ (?=[:;?!»])|(?<=«) /g, "\u00a0") : text;
}

function plural(message: Exclude<Message, string>, count: number): string {
  return message[new Intl.PluralRules(locale()).select(count)] ?? message.other;
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // Storage is switched off.
  }
}

function keep(chosenNow: Language): void {
  try {
    localStorage.setItem(KEPT, chosenNow);
  } catch {
    // It holds for as long as the page is open.
  }
}
