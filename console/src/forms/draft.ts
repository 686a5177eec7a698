/** What somebody has typed and not sent yet, kept for as long as the tab is open, by where it was typed. No secrets, no files. */
import type { Field } from "./kinds";
import { isTree, type Raw, type Tree } from "./values";

const PREFIX = "agon.draft ";

export function keepDraft(key: string, fields: readonly Field[], tree: Tree, touched: ReadonlySet<string>): void {
  const typed = Object.fromEntries(
    fields.filter(({ name }) => touched.has(name)).flatMap((field) => entry(field, tree[field.name] ?? null)),
  );
  try {
    if (Object.keys(typed).length > 0) sessionStorage.setItem(PREFIX + key, JSON.stringify(typed));
    else sessionStorage.removeItem(PREFIX + key);
  } catch {
    // Storage is full or switched off: the form itself still has it.
  }
}

export function draftAt(key: string): Tree | null {
  try {
    const found = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "null") as Raw;
    return found !== null && isTree(found) ? found : null;
  } catch {
    return null;
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

function entry(field: Field, raw: Raw): [string, Raw][] {
  const kept = withoutSecrets(field, raw);
  return kept === undefined ? [] : [[field.name, kept]];
}

function withoutSecrets(field: Field, raw: Raw): Raw | undefined {
  if (field.kind === "password" || field.kind === "file") return undefined;
  if (field.kind === "group" && isTree(raw)) {
    return Object.fromEntries(field.fields.flatMap((inside) => entry(inside, raw[inside.name] ?? null)));
  }
  const { item } = field;
  if (field.kind !== "rows" || !item || !Array.isArray(raw)) return raw;
  return (raw as readonly Raw[]).map((one) => withoutSecrets(item, one) ?? null);
}
