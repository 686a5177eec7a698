import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

type Json = Record<string, unknown>;
interface Operation {
  operationId: string;
  requestBody?: { content: { "application/json": { schema: { $ref: string } } } };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

const NAME = "virtual:bodies";
const REFERENCE = "#/components/schemas/";
/** What programs call, and nobody fills in. */
const OF_PROGRAMS = "runner_";

/** The module `virtual:bodies`: of the OpenAPI document what forms are made of, the bodies of requests by operation. */
export function bodies(): Plugin {
  const document = new URL("openapi.json", import.meta.url).pathname;
  return {
    name: "agon-bodies",
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      const found = bodiesOf(JSON.parse(readFileSync(document, "utf-8")) as Document);
      return Object.entries(found)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join("\n");
    },
  };
}

/** Operations with their method and their body's schema, and the schemas that those name. */
export function bodiesOf({ paths, components }: Document): { operations: Json; schemas: Json } {
  const operations: Json = {};
  for (const methods of Object.values(paths)) {
    for (const [method, { operationId, requestBody }] of Object.entries(methods)) {
      if (!requestBody || operationId.startsWith(OF_PROGRAMS)) continue;
      const body = nameOf(requestBody.content["application/json"].schema.$ref);
      operations[operationId] = { method, body };
    }
  }
  const schemas: Json = {};
  const add = (name: string): void => {
    if (name in schemas) return;
    schemas[name] = components.schemas[name];
    named(schemas[name]).forEach(add);
  };
  Object.values(operations).forEach((operation) => add((operation as { body: string }).body));
  return { operations, schemas };
}

function named(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(named);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "$ref" && typeof part === "string" ? [nameOf(part)] : named(part),
  );
}

function nameOf(reference: string): string {
  return reference.slice(REFERENCE.length);
}
