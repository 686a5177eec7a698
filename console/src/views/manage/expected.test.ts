// @vitest-environment jsdom
import { schemas } from "virtual:bodies";
import { expect, test } from "vitest";
import { chosen, fieldsOf, type Field } from "../../forms/kinds";
import { bodyOf, emptyOf, isAsked, treeOf, type Tree } from "../../forms/values";
import { expected, EXPECTS } from "./expected";

const FIELDS = chosen(fieldsOf("PatchBody", schemas, expected(), "phases"), [EXPECTS]);

function at(fields: readonly Field[], ...names: readonly string[]): Field {
  const [first, ...rest] = names;
  const found = fields.find(({ name }) => name === first);
  if (!found) throw new Error(first);
  return rest.length ? at(found.item?.fields ?? found.fields, ...rest) : found;
}

const FILE = at(FIELDS, "agon", "expects", "files");
const empty = (field: Field): Tree => (field.item ? emptyOf(field.item) : {}) as Tree;

/** What the form sends with these files in it, where there were none. */
async function sent(...files: readonly Tree[]): Promise<unknown> {
  const from = treeOf(FIELDS, {});
  const tree = { agon: { expects: { ...(emptyOf(at(FIELDS, "agon", "expects")) as Tree), files } } };
  return bodyOf(FIELDS, tree, { from, isMerged: true });
}

test("of each format is asked what is checked of it", () => {
  const asked = (format: string): string[] =>
    (FILE.item?.fields ?? [])
      .filter((one) => one.when !== null && isAsked(one, { ...empty(FILE), format }))
      .map(({ name }) => name);
  const rows = ["rows", "min_rows", "max_rows"];
  expect(Object.fromEntries(["", "csv", "tsv", "json", "jsonl", "npy", "text"].map((one) => [one, asked(one)]))).toEqual({
    "": [],
    csv: [...rows, "fields", "fields_match", "header"],
    tsv: [...rows, "fields", "fields_match", "header"],
    json: [...rows, "fields", "fields_match", "type"],
    jsonl: [...rows, "fields", "fields_match"],
    npy: ["dtype", "shape"],
    text: rows,
  });
});

test("what is written in it is what the format takes", async () => {
  const field = empty(at([FILE], "files", "fields"));
  const id = {
    ...field,
    name: "id",
    type: "integer",
    constraints: { ...(field.constraints as Tree), unique: true, minimum: "0" },
  };
  const kind = { ...field, name: "kind", constraints: { ...(field.constraints as Tree), enum: "cat\ndog" } };
  const table = { ...empty(FILE), path: "p.csv", format: "csv", rows: "72", fields: [id, kind], shape: "9" };
  const array = { ...empty(FILE), path: "*.npy", format: "npy", shape: "3\n-1", required: false, rows: "7" };
  const files = [
    {
      path: "p.csv",
      required: true,
      format: "csv",
      rows: 72,
      fields: [
        { name: "id", type: "integer", constraints: { required: false, unique: true, minimum: 0 } },
        { name: "kind", type: "any", constraints: { required: false, unique: false, enum: ["cat", "dog"] } },
      ],
      fields_match: "superset",
      header: true,
    },
    { path: "*.npy", required: false, format: "npy", shape: ["3", "-1"] },
  ];
  expect(await sent(table, array)).toEqual({ agon: { expects: { files } } });
});

test("what is there already is shown, and saving it changes nothing", async () => {
  const expects = {
    files: [
      { path: "p.csv", format: "csv", fields: [{ name: "id", constraints: { enum: ["1"], maximum: -0.5 } }] },
      { path: "a.npy", format: "npy", shape: [3, -1], required: false },
    ],
    others: false,
    max_files: 3,
  };
  const tree = treeOf(FIELDS, { agon: { expects } });
  expect(await bodyOf(FIELDS, tree, { from: tree, isMerged: true })).toEqual({});
  expect((tree.agon as { expects: Tree }).expects.max_files).toBe("3");
});
