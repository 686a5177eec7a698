import { answers, asked } from "../testing/site";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Phase } from "../api/shapes";
import { AgonLeaderboard } from "./leaderboard";

const BOARD = {
  ...{ phase: "p", key: "main", title: "Board", columns: [], groups: [], tasks: [], questions: [], rows: [] },
  ...{ disqualified: [], count: 0, page: 1, pages: 1, rebuilt_at: null, frozen_at: null as string | null, final: false },
  ...{ anonymous: false, detailed_results: false, organizer: false, grouped: false, final_phase: null },
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

test.each([
  ["of an open phase is read again while one looks", "open", null, 4],
  ["of a phase that is over is read once", "closed", null, 1],
  ["that is frozen is read once", "open", "2027-01-01T00:00:00Z", 1],
] as const)("a board %s", async (_, state, frozen_at, times) => {
  const phase = frozen_at ? "frozen" : state;
  answers[`GET /v1/phases/${phase}/leaderboard`] = { ...BOARD, frozen_at };
  answers[`GET /v1/phases/${phase}/leaderboards`] = { boards: [] };
  const page = new AgonLeaderboard();
  page.place = { page: null, path: "/c/c/leaderboard", params: { competition: "c" }, query: new URLSearchParams() };
  page.phase = { id: phase, name: "First", state } as unknown as Phase;
  document.body.append(page);
  await vi.advanceTimersByTimeAsync(35_000);
  expect(asked.filter((one) => one.endsWith(`${phase}/leaderboard`))).toHaveLength(times);
});
