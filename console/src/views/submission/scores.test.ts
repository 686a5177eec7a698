// @vitest-environment jsdom
import { answers, asked } from "../../testing/site";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Competition, Submission } from "../../api/shapes";
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
