import { expect, test } from "vitest";
import {
  parse,
  toBoard,
  toCompetition,
  toHistory,
  toJudge,
  toJury,
  toOlder,
  toPage,
  toResults,
  toShared,
  toSubmission,
  toSubmissions,
  toTeam,
} from "./router";

const at = (path: string) => parse(new URL(path, "https://agon.test"));

test("every link that the console makes leads to its view", () => {
  expect(at("/")).toEqual({ view: "competitions", cursor: null });
  expect(at(toBoard("01a", "p1", 2))).toEqual({ view: "competition", id: "01a", phase: "p1", page: 2 });
  expect(at(toPage("01a", 3))).toEqual({ view: "page", id: "01a", index: 3 });
  expect(at(toTeam("01a"))).toEqual({ view: "team", id: "01a" });
  expect(at(toJudge("01a-0"))).toEqual({ view: "judge", phase: "01a-0", case: null });
  expect(at(toJudge("01a-0", "01a-0-f"))).toEqual({ view: "judge", phase: "01a-0", case: "01a-0-f" });
  expect(at(toShared("01a", "p1"))).toEqual({ view: "shared", id: "01a", phase: "p1", order: "newest", cursor: null });
  expect(at(toShared("01a", "p1", "likes", "9-x"))).toEqual({
    view: "shared",
    id: "01a",
    phase: "p1",
    order: "likes",
    cursor: "9-x",
  });
  expect(at(toJury("01a-0"))).toEqual({ view: "jury", phase: "01a-0" });
  const history = { view: "history", phase: "01a-0", username: "ada b", board: "main" };
  expect(at(toHistory("01a-0", "ada b", null, "main"))).toEqual(history);
  expect(at(toHistory("01a-0", "ada b", null, null))).toEqual({ ...history, board: null });
  expect(at(toHistory("01a-0", "Owls", "01t", "main"))).toEqual({
    view: "team-history",
    phase: "01a-0",
    team: "01t",
    board: "main",
  });
  expect(at(toResults("01s"))).toEqual({ view: "results", submission: "01s" });
  expect(at(toOlder("9-x"))).toEqual({ view: "competitions", cursor: "9-x" });
  expect(at(toCompetition("01a"))).toEqual({ view: "competition", id: "01a", phase: null, page: 1 });
  expect(at(toSubmission("01s"))).toEqual({ view: "submission", id: "01s" });
  expect(at(toSubmissions("01a", "p1"))).toEqual({
    view: "submissions",
    id: "01a",
    phase: "p1",
    everyone: false,
    cursor: null,
  });
  expect(at(toSubmissions("01a", "p1", true, "9-x"))).toMatchObject({ everyone: true, cursor: "9-x" });
});

test("links look as they always did", () => {
  expect(toHistory("01a-0", "ada b/c", null, "main")).toBe("/phases/01a-0/participants/ada%20b%2Fc?board=main");
  expect(toHistory("01a-0", "", "01t", null)).toBe("/phases/01a-0/teams/01t");
  expect(toShared("01a", "p1", "likes", "9-x")).toBe("/competitions/01a/shared?phase=p1&order=likes&cursor=9-x");
  expect(toSubmissions("01a", "p1", true, "9-x")).toBe("/competitions/01a/submissions?phase=p1&everyone=true&cursor=9-x");
  expect(toBoard("01a", "p1")).toBe("/competitions/01a?phase=p1");
});

test.each([
  ["/competitions/", { view: "competitions" }],
  ["/competitions/a/team/", { view: "team", id: "a" }],
  ["/competitions/%E0%A4%A", { view: "competition", id: "%E0%A4%A" }],
  ["/sign-in", { view: "sign-in" }],
  ["/juries", { view: "juries" }],
])("%s is an address", (path, route) => {
  expect(at(path)).toMatchObject(route);
});

test.each([
  "/nowhere",
  "/competitions/a/pages/x",
  "/competitions/a/b",
  "/competitions/%E0%A4%A/b",
  "/Juries",
  "/phases/a",
  "/submissions",
])("%s is no address", (path) => expect(at(path).view).toBe("unknown"));

test.each(["0", "-1", "x", ""])("page %j of a leaderboard is the first", (page) => {
  expect(at(`/competitions/a?page=${page}`)).toMatchObject({ page: 1 });
});
