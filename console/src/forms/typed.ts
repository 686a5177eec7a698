/** What somebody has typed: the places of a form where something else stands than what is there, and only these. Of a group each by itself. */
import type { Field } from "./kinds";
import { isSame, isTree, type Raw, type Tree } from "./values";

export function typedIn(fields: readonly Field[], tree: Tree, base: Tree): Tree {
  const entries = fields.flatMap((field): [string, Raw][] => {
    const [raw, there] = [tree[field.name] ?? null, base[field.name] ?? null];
    if (field.kind !== "group" || !isTree(raw) || !isTree(there)) return isSame(raw, there) ? [] : [[field.name, raw]];
    const inside = typedIn(field.fields, raw, there);
    return isNothing(inside) ? [] : [[field.name, inside]];
  });
  return Object.fromEntries(entries);
}

/** What is there, with what was typed in its places. */
export function laidOn(fields: readonly Field[], base: Tree, typed: Tree): Tree {
  const entries = fields.map((field): [string, Raw] => {
    const [there, raw] = [base[field.name] ?? null, typed[field.name]];
    if (raw === undefined) return [field.name, there];
    if (field.kind !== "group" || !isTree(raw) || !isTree(there)) return [field.name, raw];
    return [field.name, laidOn(field.fields, there, raw)];
  });
  return Object.fromEntries(entries);
}

export function isNothing(typed: Tree): boolean {
  return Object.keys(typed).length === 0;
}
