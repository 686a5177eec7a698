import { expect, test } from "vitest";
import { decisionOf, digitOf, isWhole } from "./judging";

const criteria = [
  { key: "a", title: "A", description: "", lowest: 1, highest: 5, weight: 1 },
  { key: "b", title: "B", description: "", lowest: 0, highest: 10, weight: 1 },
];
const nothing = decisionOf(null);
const press = (key: string, target: object = {}, more: object = {}) =>
  digitOf({ key, target: target as EventTarget, ctrlKey: false, metaKey: false, altKey: false, ...more });

test("a rubric is whole when each mark is on its scale", () => {
  const said = (marks: Record<string, number>) => isWhole({ kind: "rubric", criteria }, { ...nothing, marks });
  expect(said({ a: 5, b: 0 })).toBe(true);
  expect([said({}), said({ a: 5 }), said({ a: 6, b: 0 }), said({ a: 1.5, b: 0 })]).toEqual([false, false, false, false]);
});

test("a comparison is whole with a preference", () => {
  expect(isWhole({ kind: "pairwise", criteria: [] }, nothing)).toBe(false);
  expect(isWhole({ kind: "pairwise", criteria: [] }, { ...nothing, preferred: "equal" })).toBe(true);
});

test("a digit judges, unless it is typed into a field or meant for the browser", () => {
  expect(press("4")).toBe(4);
  expect(press("4", { tagName: "INPUT", type: "radio" })).toBe(4);
  expect(press("4", { tagName: "INPUT", type: "number" })).toBeNull();
  expect(press("4", { tagName: "TEXTAREA" })).toBeNull();
  expect(press("4", {}, { ctrlKey: true })).toBeNull();
  expect(press("a")).toBeNull();
});
