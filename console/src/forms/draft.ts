/** What somebody has typed and not sent yet, kept for as long as the tab is open, by what it is about. No secrets, no files. */
import { current } from "../api/session";
import type { Field } from "./kinds";
import { isNothing } from "./typed";
import { isTree, type Raw, type Tree } from "./values";

const PREFIX = "agon.draft ";

/** What a draft is kept by: whose it is, and what it is about. */
export function draftKey(...about: readonly (string | undefined)[]): string {
  return whose() + about.map((one = "") => one).join(" ");
}

function whose(): string {
  return `${current()?.username ?? ""} `;
}

/** `typed` has what somebody has typed, and only that. Of who is signed in no more nothing is kept. */
export function keepDraft(key: string, fields: readonly Field[], typed: Tree): void {
  if (!key.startsWith(whose())) return;
  const kept = withoutSecretsIn(fields, typed);
  try {
    if (!isNothing(kept)) sessionStorage.setItem(PREFIX + key, JSON.stringify(kept));
    else sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Storage is full or switched off: the form itself still has it.
  }
}

export function draftAt(key: string): Tree {
  try {
    const found = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") as Raw;
    return found !== null && isTree(found) ? found : {};
  } catch {
    return {};
  }
}

export function dropDraft(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key);
  } catch {
    // There is none then.
  }
}

/** For who signs out: what was typed is not the next one's to read. */
export function dropAllDrafts(): void {
  try {
    const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
    keys.forEach((key) => sessionStorage.removeItem(key));
  } catch {
    // There is none then.
  }
}

function withoutSecretsIn(fields: readonly Field[], typed: Tree): Tree {
  const entries = fields.flatMap((field): [string, Raw][] => {
    const kept = withoutSecrets(field, typed[field.name]);
    return kept === undefined ? [] : [[field.name, kept]];
  });
  return Object.fromEntries(entries);
}

function withoutSecrets(field: Field, raw: Raw | undefined): Raw | undefined {
  if (raw === undefined || field.kind === "password" || field.kind === "file") return undefined;
  if (field.kind === "group" && isTree(raw)) return withoutSecretsIn(field.fields, raw);
  const { item } = field;
  if (field.kind !== "rows" || !item || !Array.isArray(raw)) return raw;
  return (raw as readonly Raw[]).map((one) => withoutSecrets(item, one) ?? null);
}
