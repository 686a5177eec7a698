// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Competition, Phase } from "../../api/shapes";
import { AgonAllSubmissions } from "./submissions";

const one = (id: string, participant: string): object => ({
  ...{ id, participant, name: id, status: "Finished", fault: null, reason: "", removed_at: null, team: null, scores: {} },
  ...{ size_bytes: 1, attempt: 1, created_at: "2026-11-01T00:00:00Z" },
});
let page: AgonAllSubmissions;

beforeEach(async () => {
  const { signIn } = await import("../../api/session");
  answers["POST /v1/sessions/browser"] = { access_token: "t", expires_in_seconds: 3600 };
  await signIn("Olga", "password");
  answers["GET /v1/phases/p/submissions"] = {
    submissions: [one("a", "ada"), one("b", "grace"), one("o", "olga")],
    next: null,
  };
  page = new AgonAllSubmissions();
  page.place = { page: null, path: "/c/c/manage/submissions", params: { competition: "c" }, query: new URLSearchParams() };
  page.competition = { id: "c", leaderboard: null, phases: [], teams: false } as unknown as Competition;
  page.phase = { id: "p", name: "Only" } as Phase;
  document.body.append(page);
  await settled();
});
afterEach(() => document.body.replaceChildren());

function press(words: string): void {
  [...page.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === words)?.click();
}

test.each([
  ["others’ are withdrawn", ["a", "b"], "Withdraw…", "2 submissions will count no more."],
  ["one’s own is deleted for good", ["o"], "Delete…", "Nothing brings it back."],
  ["of both it is told apart", ["a", "o"], "Withdraw…", "on its own page. 1 of yours will be gone"],
])("when submissions are taken out, %s", async (_, selected, words, told) => {
  for (const name of selected) page.querySelector<HTMLElement>(`[aria-label$=" ${name}"]`)?.click();
  await settled();
  press(words);
  await settled();
  expect(page.querySelector(".manage-question")?.textContent).toContain(told);
});
