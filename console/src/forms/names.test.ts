// @vitest-environment node
/** A form that would save what was typed about one thing into another: drafts are kept by what a form is about. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const VIEWS = new URL("../views/", import.meta.url).pathname;
const DOCUMENT = new URL("../../openapi.json", import.meta.url).pathname;

interface Operation {
  operationId: string;
}
const { paths } = JSON.parse(readFileSync(DOCUMENT, "utf-8")) as { paths: Record<string, Record<string, Operation>> };
const PATHS = new Map(
  Object.entries(paths).flatMap(([path, methods]) => Object.values(methods).map((one) => [one.operationId, path])),
);

const FORMS = readdirSync(VIEWS, { recursive: true, encoding: "utf-8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => readFileSync(VIEWS + file, "utf-8").match(/<agon-form [^]*?<\/agon-form>/g) ?? []);

test("a form about one of many says by its name which", () => {
  const nameless = FORMS.filter((form) => {
    const path = PATHS.get(/operation="(\w+)"/.exec(form)?.[1] ?? "");
    expect(path, form).toBeDefined();
    return path?.includes("{") && !form.includes(" .name=");
  });
  expect(nameless.map((form) => form.slice(0, 80))).toEqual([]);
  expect(FORMS.length).toBeGreaterThan(40);
});
