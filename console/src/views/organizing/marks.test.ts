// @vitest-environment jsdom
import { answers, asked, settled } from "../../testing/site";
import { afterEach, expect, test } from "vitest";
import type { Competition, Submission } from "../../api/shapes";
import { AgonMarks } from "./marks";

afterEach(() => document.body.replaceChildren());

test.each([
  ["many", "Write a number."],
  ["1,000", "the comma could mean either"],
])("a score of %s is asked about, and takes none away", async (typed, told) => {
  answers["PATCH /v1/submissions/s/scores"] = {};
  const marks = new AgonMarks();
  marks.submission = { id: "s", name: "", participant: "ada", scores: { auc: 0.5 }, tasks: [] } as unknown as Submission;
  marks.competition = { leaderboard: { columns: [{ key: "auc", title: "AUC", task: null }] } } as unknown as Competition;
  document.body.append(marks);
  await settled();
  const field = marks.querySelector<HTMLInputElement>('[name="score.auc"]');
  const reason = field?.form?.querySelector<HTMLInputElement>('[name="reason"]');
  if (field && reason) [field.value, reason.value] = [typed, "A slip"];
  field?.form?.requestSubmit();
  await settled();
  expect(marks.querySelector("[role=alert]")?.textContent).toContain(told);
  expect(asked).toEqual([]);
});
