// @vitest-environment jsdom
import { answers, asked } from "../testing/site";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Phase } from "../api/shapes";
import { AgonLeaderboard } from "./leaderboard";

const BOARD = {
  ...{
    phase: "p",
    key: "main",
    title: "Board",
    columns: [],
    groups: [],
    tasks: [],
    questions: [],
    rows: [],
    tie_breaks: [],
  },
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

test("a board that will freeze says from when and how long that is, and one that is frozen does not say it again", async () => {
  vi.setSystemTime("2026-12-20T00:00:00Z");
  for (const frozen_at of [null, "2026-12-15T00:00:00Z"]) {
    const phase = frozen_at ? "frozen-now" : "freezing";
    answers[`GET /v1/phases/${phase}/leaderboard`] = { ...BOARD, frozen_at };
    answers[`GET /v1/phases/${phase}/leaderboards`] = { boards: [], freezes_at: "2026-12-31T00:00:00Z" };
    const page = new AgonLeaderboard();
    page.place = { page: null, path: "/c/c/leaderboard", params: { competition: "c" }, query: new URLSearchParams() };
    page.phase = { id: phase, name: "First", state: "open" } as unknown as Phase;
    document.body.append(page);
    await vi.advanceTimersByTimeAsync(100);
    const told = page.querySelector(".board-notice")?.textContent.replace(/\s+/g, " ");
    expect(told).toMatch(
      frozen_at ? /^Frozen: .* 5 days ago · Tue 15 Dec 2026/ : /^Freezes in 11 days · Thu 31 Dec 2026, 00:00 UTC/,
    );
  }
});

test("a board that moves says how many rows are new since one looked, but neither one's own nor what one goes on to read", async () => {
  answers["GET /v1/phases/lively/leaderboards"] = { boards: [] };
  const rows = [row(1, 1), row(2, 1)];
  const told = { ...BOARD, phase: "lively", count: 4, pages: 2, rebuilt_at: "1" };
  let first = rows;
  answers["GET /v1/phases/lively/leaderboard"] = (request: Request) =>
    Promise.resolve({ ...told, rows: request.url.includes("page=2") ? [row(3, 1), row(4, 1)] : first });
  const page = new AgonLeaderboard();
  page.place = { page: null, path: "/c/c/leaderboard", params: { competition: "c" }, query: new URLSearchParams() };
  page.phase = { id: "lively", name: "First", state: "open" } as unknown as Phase;
  document.body.append(page);
  await vi.advanceTimersByTimeAsync(100);
  const news = (): string | undefined => page.querySelector(".fresh-news")?.textContent.replace(/:.*/, "");
  const marked = (): number => [...page.querySelectorAll("tbody.rows .mark-word")].filter(({ textContent }) => textContent === "New").length; // prettier-ignore
  page.querySelector("agon-table")?.dispatchEvent(new Event("more"));
  await vi.advanceTimersByTimeAsync(100);
  expect([news(), marked()]).toEqual(["", 0]);
  first = [{ ...row(9, 1), mine: true }, row(7, 1), row(8, 1), ...rows];
  await vi.advanceTimersByTimeAsync(11_000);
  expect([news(), marked()]).toEqual(["2 new", 2]);
  page.querySelector<HTMLElement>(".fresh-news button")?.click();
  await vi.advanceTimersByTimeAsync(100);
  expect([news(), marked()]).toEqual(["", 0]);
});

/** A board of some pages of two rows each, whose rows say when they were read. */
function paged(pages: number, turn: number) {
  return (request: Request): Promise<object> => {
    const page = Number(new URL(request.url).searchParams.get("page") ?? "1");
    const rows = [1, 2].map((at) => row(page * 2 - 2 + at, turn));
    return Promise.resolve({ ...BOARD, phase: "long", rows, count: pages * 2, page, pages, rebuilt_at: String(turn) });
  };
}

function row(rank: number, turn: number): object {
  const marks = {
    mine: false,
    baseline: false,
    verified: false,
    edited: false,
    brought: false,
    disqualified: null,
    team: null,
    name: null,
  };
  return { ...marks, rank, participant: `p${rank} of ${turn}`, submission: `s${rank}`, scores: {}, fact_sheet: {}, submitted_at: "2026-11-01T00:00:00Z" }; // prettier-ignore
}

test("of a board that moves, who reads further down keeps their rows, which are read anew", async () => {
  answers["GET /v1/phases/long/leaderboards"] = { boards: [] };
  answers["GET /v1/phases/long/leaderboard"] = paged(4, 1);
  const page = new AgonLeaderboard();
  page.place = { page: null, path: "/c/c/leaderboard", params: { competition: "c" }, query: new URLSearchParams() };
  page.phase = { id: "long", name: "First", state: "open" } as unknown as Phase;
  document.body.append(page);
  await vi.advanceTimersByTimeAsync(100);
  const names = (): string[] => [...page.querySelectorAll("tbody.rows th a")].map(({ textContent }) => textContent);
  page.querySelector("agon-table")?.dispatchEvent(new Event("more"));
  page.querySelector("agon-table")?.dispatchEvent(new Event("all"));
  await vi.advanceTimersByTimeAsync(100);
  expect(names()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `p${rank} of 1`));
  answers["GET /v1/phases/long/leaderboard"] = paged(5, 2);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(names()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `p${rank} of 2`));
});
