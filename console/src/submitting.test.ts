// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Question, Quota } from "./api/shapes";
import { partSizes } from "./api/upload";
import { against, allowances, answersIn, closedBecause, duration, pauseSeconds } from "./submitting";

const NOW = new Date("2026-11-25T12:00:00Z");
const QUOTA: Quota = {
  today: { limit: 5, left: 2 },
  this_month: null,
  in_all: { limit: 1, left: 1 },
  at_once: null,
  bytes: null,
  submission_bytes: 5_000_000,
  interval_seconds: 300,
  extra: 0,
  timezone: "UTC",
  opens_at: "2026-11-25T12:00:00Z",
  reason: "",
};

test("a quota is told limit by limit, and what has no limit is not", () => {
  expect(allowances(QUOTA)).toEqual([
    "2 of 5 submissions left today",
    "1 of 1 submission left in all",
    "5.0 MB at most each",
    "one every 5 min",
  ]);
});

test("what the organizers gave beside the limits is told", () => {
  expect(allowances({ ...QUOTA, in_all: { limit: 3, left: 2 }, extra: 2 })).toContain(
    "2 attempts of these from the organizers",
  );
});

test("a phase is open for another attempt, opens later, or not again", () => {
  expect(closedBecause(QUOTA, NOW)).toBe("");
  expect(closedBecause({ ...QUOTA, opens_at: "2026-11-26T00:00:00Z", reason: "Used up." }, NOW)).toMatch(
    /^Used up\. The next attempt opens on 2\d Nov 2026, \d\d:\d\d .*UTC\)?, in 12 h\.$/,
  );
  expect(closedBecause({ ...QUOTA, opens_at: null, reason: "It is over." }, NOW)).toBe("It is over.");
});

test("a form's answers are sent by their keys: a box is yes or no, and what is empty is left out", () => {
  const ask = (key: string, type: Question["type"]): Question => ({
    key,
    type,
    title: key,
    choices: [],
    required: false,
    on_leaderboard: false,
  });
  const form = new FormData();
  form.set("fact_sheet.gpu", "on");
  form.set("fact_sheet.about", " trees ");
  form.set("fact_sheet.size", "");
  const sheet = [ask("gpu", "checkbox"), ask("pretrained", "checkbox"), ask("about", "text"), ask("size", "select")];
  expect(answersIn(form, sheet)).toEqual({ gpu: true, pretrained: false, about: "trees" });
});

test("what is refused is told beside the field that it names", () => {
  const complaints = [
    { place: "fact_sheet.a", message: "One." },
    { place: "fact_sheet.ab", message: "Two." },
    { place: "tasks.0", message: "Three." },
  ];
  expect(against("fact_sheet.a", complaints)).toBe("One.");
  expect(against("tasks", complaints)).toBe("Three.");
  expect(against("name", complaints)).toBe("");
});

test("one looks again soon after a change, and ever later without one", () => {
  expect(pauseSeconds(0)).toBe(2);
  expect(pauseSeconds(60_000)).toBe(8);
  expect(pauseSeconds(10 * 60_000)).toBe(15);
});

test.each([
  [4.25, "4.3 s"],
  [90, "90 s"],
  [300, "5 min"],
  [7200, "2 h"],
])("%d seconds are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test("files above 100 MiB go in parts of 64 MiB, and enormous ones in 2,000", () => {
  const mib = 1024 ** 2;
  expect(partSizes(100 * mib)).toEqual([]);
  expect(partSizes(129 * mib)).toEqual([64 * mib, 64 * mib, mib]);
  expect(partSizes(1024 ** 4).length).toBe(2000);
});
