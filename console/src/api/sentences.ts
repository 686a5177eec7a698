/** Sentences of the API in the reader's language: each comes with its name and with what it tells, beside its English. */
import { instant } from "../format";
import { look } from "../words/words";

/** A sentence within a sentence: its English, and what says it in another language. */
interface Sentence {
  detail: string;
  sentence: string;
  params: Params;
}
/** Names, numbers, instants and sentences. */
export type Params = Readonly<Record<string, string | number | boolean | Sentence>>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** The sentence of this name in the reader's language; undefined where the API's English is what there is. */
export function inWords(name: string, params: Params = {}): string | undefined {
  const told = Object.entries(params).map(([key, value]) => [key, shown(key, value)]);
  return look(`sentences.${name}`, Object.fromEntries(told) as Record<string, unknown>);
}

function shown(key: string, value: Params[string]): string | number | boolean {
  if (typeof value === "object") return inWords(value.sentence, value.params) ?? value.detail;
  if (typeof value !== "string") return value;
  // Of what has a name for programs, such as a state, the catalogue has one for people.
  return INSTANT.test(value) ? instant(value) : (look(`params.${key.replace(/^.*_/, "")}.${value}`) ?? value);
}
