/** Where complaints belong: the API's places, such as `phases[0].name`, and the fields that they name. */
import type { Field } from "./kinds";
import { isTree, keyIn, treesIn, type Tree } from "./values";

/** A place as forms write it, without what it begins with: `phases[0].name` as `name`, in a form of `phases.0`. */
export function placeIn(prefix: string, place: string): string {
  const [plain, start] = [dotted(place), dotted(prefix)];
  return start && plain.startsWith(`${start}.`) ? plain.slice(start.length + 1) : plain;
}

function dotted(place: string): string {
  return place.replace(/\[(\d+)\]/g, ".$1").replace(/^\./, "");
}

/** The innermost field that a place names; empty where it names none. */
export function nearest(fields: readonly Field[], place: string): string {
  const [step = "", ...rest] = place.split(".");
  const field = fields.find(({ name }) => name === step);
  if (!field) return "";
  if (field.kind === "group") return inside(field.fields, step, rest.join("."));
  const [at = "", ...deeper] = rest;
  if ((field.kind === "rows" || field.kind === "keyed") && /^\d+$/.test(at) && field.item) {
    // An entry that is a group has no control of its own to stand at.
    if (field.item.kind === "group") return inside(field.item.fields, `${step}.${at}`, deeper.join("."), step);
    return `${step}.${at}`;
  }
  return field.kind === "map" && at ? `${step}.${rest.join(".")}` : step;
}

function inside(fields: readonly Field[], before: string, place: string, otherwise = before): string {
  const found = nearest(fields, place);
  return found ? `${before}.${found}` : otherwise;
}

/** A place of the API, which names entries of a keyed mapping by their keys, as the form has it, by their numbers. Keys may have dots. */
export function numbered(fields: readonly Field[], tree: Tree, place: string): string {
  const [step = "", ...rest] = place.split(".");
  const field = fields.find(({ name }) => name === step);
  const [raw, deeper] = [tree[step] ?? null, rest.join(".")];
  if (field?.kind === "group" && deeper && isTree(raw)) return `${step}.${numbered(field.fields, raw, deeper)}`;
  if (field?.kind !== "keyed" || !deeper) return place;
  const keys = treesIn(raw).map(keyIn);
  const key = keys.filter((one) => `${deeper}.`.startsWith(`${one}.`)).sort((one, other) => other.length - one.length)[0];
  return key === undefined ? step : `${step}.${keys.indexOf(key)}${deeper.slice(key.length)}`;
}
