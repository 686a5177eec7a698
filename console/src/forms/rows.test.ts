// @vitest-environment node
/** Numbers that are chosen by what they stand for, one by one or several in an order. */
import { expect, test } from "vitest";
import { fieldsOf, type Changes } from "./kinds";
import { bodyOf, judge, treeOf } from "./values";

const numbers = { type: "array", items: { type: "number" } };
const nullable = (schema: object) => ({ anyOf: [schema, { type: "null" }] });
const BOARD = { properties: { primary: nullable({ type: "integer" }), ties: nullable(numbers) } };
const choices = ["0", "2"].map((value) => ({ value, label: `Column ${value}` }));
const CHANGES: Changes = {
  primary: { kind: "choice", choices },
  ties: { entry: "column", each: { kind: "choice", choices } },
};
const fields = fieldsOf("BoardBody", { BoardBody: BOARD }, CHANGES);

test("a number that is chosen is sent as a number", async () => {
  const from = treeOf(fields, { primary: 0 });
  expect(await bodyOf(fields, { ...from, primary: "2" }, { from, isMerged: true })).toEqual({ primary: 2 });
  expect(await bodyOf(fields, { ...from, primary: "" }, { from, isMerged: true })).toEqual({ primary: null });
});

test("a list of them has a choice for each, and keeps its order", async () => {
  const [, ties] = fields;
  expect([ties?.kind, ties?.item?.kind, ties?.item?.choices]).toEqual(["rows", "choice", choices]);
  const from = treeOf(fields, { ties: [2, 0] });
  expect(from.ties).toEqual(["2", "0"]);
  expect(await bodyOf(fields, { ...from, ties: ["0", "2"] }, { from, isMerged: true })).toEqual({ ties: [0, 2] });
  expect(judge(fields, { ...from, ties: ["0", ""] }).map(({ place }) => place)).toEqual(["ties.1"]);
});
