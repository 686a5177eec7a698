// @vitest-environment node
/** What forms say and the catalogue has no words for comes of the API's document, in English: its French stands in fr/document. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bodiesOf } from "../../bodies";
import { hints, titles } from "../words/en";
import document from "../words/fr/document";
import { fieldsOf, type Field, type Schemas } from "./kinds";

const DOCUMENT = new URL("../../openapi.json", import.meta.url).pathname;
const found = bodiesOf(JSON.parse(readFileSync(DOCUMENT, "utf-8")) as Parameters<typeof bodiesOf>[0]);
const schemas = found.schemas as Schemas;
const BODIES = Object.values(found.operations as Record<string, { body: string }>).map(({ body }) => body);
const SETTINGS = BODIES.flatMap((body) =>
  Object.keys(schemas[body]?.["x-parts"] ?? {}).flatMap((part) => fieldsOf(body, schemas, {}, part).flatMap(inside)),
);
const OTHERS = BODIES.filter((body) => schemas[body]?.properties).flatMap((body) => fieldsOf(body, schemas).flatMap(inside));
const FRENCH = new Set(Object.keys(document));

/** A field with those inside of it. */
function inside(field: Field): Field[] {
  return [field, ...[...field.fields, ...(field.item ? [field.item] : [])].flatMap(inside)];
}

/** What the document alone says. */
function said(of: readonly string[], catalogue: Readonly<Record<string, string>>): string[] {
  const known = new Set(["", ...Object.values(catalogue)]);
  return [...new Set(of)].filter((words) => !known.has(words));
}

test("each label of settings and each hint has its French", () => {
  const labels = said(SETTINGS.map(({ label }) => label), titles); // prettier-ignore
  const below = said([...SETTINGS, ...OTHERS].map(({ hint }) => hint), hints); // prettier-ignore
  expect([...labels, ...below].filter((english) => !FRENCH.has(english))).toEqual([]);
});

test("French says nothing that the document does not say any more", () => {
  const all = new Set([...SETTINGS, ...OTHERS].flatMap(({ label, hint }) => [label, hint]));
  expect([...FRENCH].filter((english) => !all.has(english))).toEqual([]);
});
