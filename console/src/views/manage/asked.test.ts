// @vitest-environment node
/** A setting that no form asks for can be changed by nobody who clicks. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Schema } from "../../forms/kinds";
import { COLUMN, GROUPS, PARTS, SHEETS, SOLUTION } from "./asked";

/** Settings without a field, each with the reason. */
const EXEMPT: Readonly<Record<string, string>> = {
  "agon.archived": "a button of /manage",
  "agon.admin_names": "nobody becomes an organizer by a name: /manage/organizers",
};
const ASKED: Readonly<Record<string, readonly string[]>> = {
  "": [...Object.values(SHEETS).flatMap(({ only }) => only), ...GROUPS],
  ...Object.fromEntries(Object.values(PARTS).map(({ part, only }) => [part, only])),
  columns: COLUMN,
  solutions: SOLUTION,
};
const DOCUMENT = new URL("../../../openapi.json", import.meta.url).pathname;
interface ApiDocument {
  components: { schemas: { PatchBody: { "x-parts": Readonly<Record<string, Schema>> } } };
}
const parts = (JSON.parse(readFileSync(DOCUMENT, "utf-8")) as ApiDocument).components.schemas.PatchBody["x-parts"];

function settingsOf({ properties = {} }: Schema): string[] {
  const { agon, ...plain } = properties;
  return [...Object.keys(plain), ...Object.keys(agon?.properties ?? {}).map((name) => `agon.${name}`)];
}

test.each(Object.keys(parts))("each setting of %s is asked for once, or there is a reason why not", (part) => {
  const wanted = settingsOf(parts[part] ?? {}).filter((name) => !(part === "" && name in EXEMPT));
  expect([...(ASKED[part] ?? [])].sort()).toEqual(wanted.sort());
});

test("no reason is given for a setting that there is not", () => {
  const all = new Set(settingsOf(parts[""] ?? {}));
  expect(Object.keys(EXEMPT).filter((name) => !all.has(name))).toEqual([]);
});
