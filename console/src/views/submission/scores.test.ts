// @vitest-environment jsdom
import { answers, asked } from "../../testing/site";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Competition, Submission } from "../../api/shapes";
import { signIn } from "../../api/session";
import { AgonScores } from "./scores";

const NOW = Date.parse("2026-11-30T12:00:00Z");

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

// Who is not on a board is not found there.
test.each([
  ["that are new has its place looked for until the board has it", "2026-11-30T11:59:50Z", 4],
  ["that are old has its place read once", "2026-11-30T11:00:00Z", 1],
] as const)("a submission with scores %s", async (_, finished_at, times) => {
  const phase = finished_at.replaceAll(":", "");
  answers[`GET /v1/phases/${phase}/submissions`] = { submissions: [] };
  const scores = new AgonScores();
  scores.submission = {
    ...{ id: "s", phase, participant: "ada", team: "t", parent: null, status: "Finished", finished_at },
    ...{ scores: { accuracy: 0.75 }, notes: [] },
  } as unknown as Submission;
  scores.competition = { my_status: "approved", my_team: "t", leaderboard: null, phases: [] } as unknown as Competition;
  document.body.append(scores);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(asked.filter((one) => one.endsWith("/rank") && one.includes(phase))).toHaveLength(times);
});

const ACCURACY = {
  key: "accuracy",
  title: "Accuracy",
  task: null,
  error_of: null,
  sorting: "desc",
  precision: 2,
  primary: true,
};
const SECONDS = { ...ACCURACY, key: "seconds", title: "Seconds", sorting: "asc", primary: false };

/** What is said beside the scores of a submission of ada's, whose others are as the API tells them. */
async function compared(phase: string, listed: object, points: object[]): Promise<(string | undefined)[]> {
  answers["POST /v1/sessions/browser"] = { access_token: "t", expires_in_seconds: 3600 };
  await signIn("ada", "password");
  answers[`GET /v1/phases/${phase}/submissions`] = listed;
  answers[`GET /v1/phases/${phase}/participants/ada/history`] = { column: ACCURACY, points };
  const shown = new AgonScores();
  const scores = { accuracy: 0.75, seconds: 3 };
  const its = { id: "s", phase, participant: "ada", team: null, parent: null, status: "Finished", finished_at: null };
  shown.submission = { ...its, scores, notes: [] } as unknown as Submission;
  const leaderboard = { columns: [ACCURACY, SECONDS] };
  shown.competition = { my_status: "approved", my_team: null, leaderboard, phases: [] } as unknown as Competition;
  document.body.append(shown);
  await vi.advanceTimersByTimeAsync(200);
  return [...shown.querySelectorAll("dd")].map((one) => one.querySelector("small")?.textContent);
}

const other = (id: string, accuracy: number, seconds: number): object => {
  return { id, status: "Finished", removed_at: null, scores: { accuracy, seconds } };
};

test("a submission is told beside the best of its participant's others, each score in its own direction", async () => {
  const listed = { submissions: [other("s", 0.75, 3), other("a", 0.5, 5), other("b", 0.7, 2)], next: null };
  expect(await compared("few", listed, [])).toEqual([
    "better by 0.05 than your best before",
    "worse by 1.00 than your best",
  ]);
});

test("who has more than a page of others is told of the best of all, and of no column where that is unknown", async () => {
  const listed = { submissions: [other("s", 0.75, 3), other("z", 0.5, 5)], next: "z" };
  const points = [["old", 0.9], ["z", 0.5], ["s", 0.75]].map(([submission, score]) => ({ submission, score })); // prettier-ignore
  expect(await compared("many", listed, points)).toEqual(["worse by 0.15 than your best", undefined]);
});
