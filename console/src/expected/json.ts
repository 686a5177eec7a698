/** JSON of strangers: how deep it is, and in which line it breaks off being JSON (chalicelib/contract/expected/jsons.py). */
import { Broken } from "./lines";

const MAX_DEPTH = 100;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.+-])/y;
const WORD = /(?:true|false|null)(?![0-9A-Za-z])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const CLOSES: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** Throws Broken, with the line. */
export function parsed(text: string, firstLine = 1): unknown {
  if (isTooDeep(text)) throw new Broken("deep_json", undefined, { most: MAX_DEPTH });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Broken("broken_json", firstLine + text.slice(0, brokenAt(text)).split("\n").length - 1);
  }
}

function isTooDeep(text: string): boolean {
  let [depth, isText] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const letter = text[at];
    if (isText) {
      if (letter === "\\") at++;
      else if (letter === '"') isText = false;
    } else if (letter === '"') isText = true;
    else if (letter === "[" || letter === "{") {
      if (++depth > MAX_DEPTH) return true;
    } else if (letter === "]" || letter === "}") depth--;
  }
  return false;
}

type Wants = "value" | "first value" | "key" | "first key" | "colon" | "comma";

/** Where the first word stands that cannot stand there; the end, where one lacks. */
function brokenAt(text: string): number {
  let [at, wants]: [number, Wants] = [0, "value"];
  const closing: string[] = [];
  for (;;) {
    while (" \t\r\n".includes(text[at] ?? "x")) at++;
    const length = tokenAt(text, at);
    const following: Wants | null = length ? next(wants, text.slice(at, at + length), closing) : null;
    if (following === null) return at;
    [at, wants] = [at + length, following];
  }
}

/** The length of the word that stands there; 0 for none. */
function tokenAt(text: string, at: number): number {
  const letter = text[at] ?? "";
  if (letter !== "" && "[]{}:,".includes(letter)) return 1;
  if (letter === '"') return textAt(text, at);
  for (const shape of [NUMBER, WORD]) {
    shape.lastIndex = at;
    const found = shape.exec(text);
    if (found) return found[0].length;
  }
  return 0;
}

function textAt(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const letter = text[at] ?? "";
    if (letter === '"') return at + 1 - from;
    if (letter < " ") return 0;
    if (letter !== "\\") continue;
    ESCAPE.lastIndex = at;
    const found = ESCAPE.exec(text);
    if (!found) return 0;
    at += found[0].length - 1;
  }
  return 0;
}

/** What may follow a word, where this may stand; null where it may not. */
function next(wants: Wants, token: string, closing: string[]): Wants | null {
  const close = closing.at(-1);
  if (wants === "colon") return token === ":" ? "value" : null;
  if (token === close && /^(?:first value|first key|comma)$/.test(wants)) {
    closing.pop();
    return "comma";
  }
  if (wants === "comma") return token !== "," || close === undefined ? null : close === "}" ? "key" : "value";
  if (wants.endsWith("key")) return token.startsWith('"') ? "colon" : null;
  const closes = CLOSES[token];
  if (closes !== undefined) {
    closing.push(closes);
    return token === "{" ? "first key" : "first value";
  }
  return "]}:,".includes(token) ? null : "comma";
}
