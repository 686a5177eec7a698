// @vitest-environment jsdom
import { render } from "lit";
import { expect, test } from "vitest";
import { ranked, type Ranking } from "./ranked";

const RANKING: Ranking = {
  phase: "c-0",
  name: "Main",
  columns: [{ key: "f1", title: "F1", sorting: "desc", precision: 2 }],
  rows: [
    { rank: 1, was: 2, participant: "grace", scores: { f1: 0.8 } },
    { rank: null, was: null, participant: "<b>ada</b>", scores: {} },
  ],
  count: 12,
};

test("rows stand in their new order, beside the rank that they have", () => {
  const page = document.createElement("div");
  render(ranked(RANKING), page);
  const rows = [...page.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ["1", "2", "grace", "0.80"],
    ["–", "–", "<b>ada</b>", "–"],
  ]);
  expect(page.querySelectorAll("tr.moved")).toHaveLength(1);
  expect(page.textContent).toContain("And 10 rows more.");
});
