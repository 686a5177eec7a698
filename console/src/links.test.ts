import { expect, test } from "vitest";
import { formerly } from "./former";
import {
  toBoard,
  toCompetition,
  toForum,
  toHistory,
  toJudge,
  toHome,
  toJoin,
  toPage,
  toResults,
  toShared,
  toSignIn,
  toSubmission,
  toSubmissions,
  toTeam,
  toThread,
} from "./links";
import { PAGES } from "./pages";
import { find, linkTo } from "./router";

const url = (path: string) => new URL(path, "https://agon.test");
const at = (path: string) => {
  const { page, params, query } = find(PAGES, url(path));
  return [page?.tag, params, Object.fromEntries(query)];
};

test("every link that the console makes leads to its page", () => {
  expect(at(toHome({ cursor: "9-x" }))).toEqual(["agon-home", {}, { cursor: "9-x" }]);
  expect(at(toCompetition("01a"))).toEqual(["agon-overview", { competition: "01a" }, {}]);
  expect(at(toBoard("01a", "p1", 2, "main"))).toEqual([
    "agon-leaderboard",
    { competition: "01a" },
    { phase: "p1", page: "2", board: "main" },
  ]);
  expect(at(toPage("01a", 3))).toEqual(["agon-page", { competition: "01a", index: "3" }, {}]);
  expect(at(toTeam("iris", "a b"))).toEqual(["agon-team", { competition: "iris" }, { code: "a b" }]);
  const next = toTeam("iris", "a&b");
  expect(at(toJoin("iris", next))).toEqual(["agon-joining", { competition: "iris" }, { next }]);
  expect(at(toForum("iris", "0-01b"))).toEqual(["agon-forum", { competition: "iris" }, { cursor: "0-01b" }]);
  expect(at(toThread("iris", "01t", 3))).toEqual(["agon-thread", { competition: "iris", thread: "01t" }, { page: "3" }]);
  expect(at(toJudge("iris", "01a-0", "01a-0-f"))).toEqual([
    "agon-judge",
    { competition: "iris" },
    { phase: "01a-0", case: "01a-0-f" },
  ]);
  expect(at(toShared("01a", "p1", "likes", "9-x"))).toEqual([
    "agon-shared",
    { competition: "01a" },
    { phase: "p1", order: "likes", cursor: "9-x" },
  ]);
  expect(at(toSubmissions("01a", "p1", true))).toEqual([
    "agon-submissions",
    { competition: "01a" },
    { phase: "p1", everyone: "true" },
  ]);
  expect(at(toSubmission("01s"))).toEqual(["agon-submission", { submission: "01s" }, {}]);
  expect(at(toResults("01s"))).toEqual(["agon-results", { submission: "01s" }, {}]);
  expect(at(toHistory("iris", "01a-0", "ada b/c", null, "main"))).toEqual([
    "agon-history",
    { competition: "iris", username: "ada b/c" },
    { phase: "01a-0", board: "main" },
  ]);
  expect(at(toHistory("iris", "01a-0", "Owls", "01t", null))).toEqual([
    "agon-history",
    { competition: "iris", team: "01t" },
    { phase: "01a-0" },
  ]);
  expect(at(toSignIn("/c/iris"))).toEqual(["agon-sign-in-page", {}, { next: "/c/iris" }]);
});

test("a link says nothing that need not be said", () => {
  expect([toBoard("iris"), toShared("iris", null), toSignIn("/")]).toEqual([
    "/c/iris/leaderboard",
    "/c/iris/code",
    "/sign-in",
  ]);
});

test.each([
  ["/competitions", "/"],
  ["/competitions/01a", "/c/01a"],
  ["/competitions/01a?phase=01a-1&page=2", "/c/01a/leaderboard?phase=01a-1&page=2"],
  ["/competitions/01a/pages/3", "/c/01a/pages/3"],
  ["/competitions/01a/team/", "/c/01a/team"],
  ["/competitions/01a/forum?cursor=0-x", "/c/01a/discussion?cursor=0-x"],
  ["/competitions/01a/forum/01t?page=2", "/c/01a/discussion/01t?page=2"],
  ["/competitions/01a/shared?phase=01a-0&order=likes", "/c/01a/code?phase=01a-0&order=likes"],
  ["/competitions/01a/submissions?everyone=true", "/c/01a/submissions?everyone=true"],
  ["/submissions/01s", "/s/01s"],
  ["/results/01s", "/s/01s/results"],
  ["/phases/01a-0/judge?case=c", "/c/01a/judge?case=c&phase=01a-0"],
  ["/phases/01a-0/jury", "/c/01a/manage/jury?phase=01a-0"],
  [
    "/phases/01a-0/participants/ada%20b%2Fc?board=main",
    "/c/01a/leaderboard/participants/ada%20b%2Fc?board=main&phase=01a-0",
  ],
  ["/phases/01a-0/teams/01t", "/c/01a/leaderboard/teams/01t?phase=01a-0"],
  ["/competitions/%E0%A4%A", "/c/%25E0%25A4%25A"],
])("the former address %s leads to %s, where there is a page", (former, now) => {
  expect(formerly(url(former))).toBe(now);
  expect(find(PAGES, url(now)).page).not.toBeNull();
});

test.each(["/", "/c/01a", "/competitions/a/b", "/phases/a", "/submissions"])("%s is no former address", (path) =>
  expect(formerly(url(path))).toBeNull(),
);

test.each(["/nowhere", "/c", "/c/a/b", "/c/%E0%A4%A/b", "/Juries", "/s"])("%s is no address", (path) =>
  expect(find(PAGES, url(path)).page).toBeNull(),
);

test("no two pages have one address, and each has a name of its own for its element", () => {
  expect(new Set(PAGES.map(({ at }) => at)).size).toBe(PAGES.length);
  for (const { tag } of PAGES) expect(tag).toMatch(/^agon-[a-z-]+$/);
  for (const page of PAGES) {
    const names = [...page.at.matchAll(/:(\w+)/g)].map(([, name]) => [name, "x"]);
    const link = linkTo(page, Object.fromEntries(names) as Record<string, string>);
    expect(find(PAGES, url(link)).page).toBe(page);
  }
});
