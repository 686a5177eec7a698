// @vitest-environment node
import { expect, test } from "vitest";
import { keyOf, ofAnswers, type Answers } from "./blank";
import { zipOf } from "./bundle";
import { textIn } from "./zip/changing";

const ANSWERS: Answers = {
  title: 'Leaves: a "first" try',
  description: "Tell trees apart.\nBy their leaves.",
  page: "Overview",
  phase: "Main",
  start: "2026-12-01T00:00:00Z",
  end: "",
  column: "Error (m)",
  sorting: "asc",
};
const zipped = (answers: Answers): Promise<File> => zipOf(ofAnswers(answers), () => undefined, new AbortController().signal);

test("what was typed stands in the manifest as it was typed", async () => {
  const made = await zipped(ANSWERS);
  const manifest = await textIn(made, "competition.yaml");
  expect(manifest).toContain('title: "Leaves: a \\"first\\" try"');
  expect(manifest).toContain('description: "Tell trees apart.\\nBy their leaves."');
  expect(manifest).toContain("start: 2026-12-01T00:00:00Z\n    accepts");
  expect(await textIn(made, "overview.md")).toContain("By their leaves.");
});

test("a phase ends where it is said to", async () => {
  const made = await zipped({ ...ANSWERS, end: "2027-03-01T00:00:00Z" });
  expect(await textIn(made, "competition.yaml")).toContain("\n    end: 2027-03-01T00:00:00Z\n");
});

test("the program writes the column, and the better way round", async () => {
  expect(await textIn(await zipped(ANSWERS), "scoring_program/score.py")).toContain("1 - right / len(expected)");
  const more = await textIn(await zipped({ ...ANSWERS, sorting: "desc" }), "scoring_program/score.py");
  expect(more).toContain("score = right / len(expected)");
  expect(more).toContain('{"error_m": score}');
});

test("a column has a key that programs can write", () => {
  expect(["Précision", "Error (m)", "1st", "精度", "__"].map(keyOf)).toEqual([
    "precision",
    "error_m",
    "score",
    "score",
    "score",
  ]);
});
