import { describe, expect, test } from "vitest";
import type { Phase } from "./api/shapes";
import ROUNDING from "../../tests/vectors/rounding.json";
import { currentPhase, direction, instant, left, moment, precisely, score, stateOf } from "./format";

const NOW = new Date("2026-11-23T12:00:00Z");

describe("a score", () => {
  test("has the decimals of its column", () => expect(score(0.96667, 4)).toBe("0.9667"));
  test("keeps trailing zeros, so that columns line up", () => expect(score(1, 2)).toBe("1.00"));
  test("below zero has a real minus sign", () => expect(score(-0.5, 1)).toBe("\u22120.5"));
  test("that rounds to zero has no sign", () => expect(score(-0.0001, 2)).toBe("0.00"));
  test.each(ROUNDING)("$value with $decimals decimals is $shown, as everywhere", ({ value, decimals, shown }) => {
    expect(score(value, decimals)).toBe(shown.replace(/^-/, "\u2212"));
  });
  test("that is missing is no number", () => {
    expect(score(null, 2)).toBeNull();
    expect(score(undefined, 2)).toBeNull();
  });
});

test("an arrow points to where better scores are", () => {
  expect(direction("desc")).toEqual({ arrow: "\u2191", words: "higher is better" });
  expect(direction("asc")).toEqual({ arrow: "\u2193", words: "lower is better" });
});

describe("a time", () => {
  test("of this year leaves the year out", () => {
    expect(moment("2026-11-20T10:05:00Z", NOW, "UTC")).toBe("20 Nov, 10:05");
  });
  test("of another year says which", () => {
    expect(moment("2025-11-20T10:05:00Z", NOW, "UTC")).toBe("20 Nov 2025, 10:05");
  });
});

describe("an instant that decides something", () => {
  test.each([
    ["Asia/Shanghai", false, "1 Dec 2026, 08:00 your time (00:00 UTC)"],
    ["Asia/Shanghai", true, "1 Dec 2026, 08:00 your time (00:00 UTC)"],
    ["America/Los_Angeles", true, "30 Nov 2026, 16:00 your time (1 Dec, 00:00 UTC)"],
    ["UTC", false, "1 Dec 2026, 00:00 UTC"],
    ["UTC", true, "30 Nov 2026, 24:00 UTC"],
    ["Europe/London", true, "30 Nov 2026, 24:00 UTC"],
  ])("in %s, as an end %s", (zone, end, words) => expect(instant("2026-12-01T00:00:00Z", end, zone)).toBe(words));

  test("at midnight where its reader is ends the day before", () => {
    expect(instant("2026-12-05T23:00:00Z", true, "Europe/Berlin")).toBe("5 Dec 2026, 24:00 your time (5 Dec, 23:00 UTC)");
  });
  test("has its seconds where it has any", () => {
    expect(instant("2026-12-05T23:59:59Z", true, "UTC")).toBe("5 Dec 2026, 23:59:59 UTC");
  });
  test("is told precisely to who points at it", () => {
    const words = precisely("2026-12-01T00:00:00Z", "Asia/Tokyo");
    expect(words).toContain("Tuesday");
    expect(words).toContain("09:00:00");
    expect(words).toContain("2026-12-01T00:00:00Z");
  });
});

test.each([
  ["2026-12-04T12:00:00Z", "11 days"],
  ["2026-11-25T15:30:00Z", "2 days 3 h"],
  ["2026-11-24T12:00:00Z", "1 day"],
  ["2026-11-23T20:00:00Z", "8 h"],
  ["2026-11-23T12:29:30Z", "30 min"],
  ["2026-11-23T12:00:00Z", ""],
  ["2026-11-01T00:00:00Z", ""],
])("until %s there is left: %s", (until, words) => expect(left(until, NOW)).toBe(words));

describe("a competition", () => {
  const dates = { published: true, starts_at: "2026-11-01T00:00:00Z", ends_at: "2026-11-30T00:00:00Z" };
  test("is open between its dates", () => expect(stateOf(dates, NOW)).toBe("open"));
  test("is open for good without an end", () => expect(stateOf({ ...dates, ends_at: null }, NOW)).toBe("open"));
  test("is closed from its end on", () => expect(stateOf(dates, new Date(dates.ends_at))).toBe("closed"));
  test("is upcoming before", () => expect(stateOf(dates, new Date("2026-10-31T23:59:59Z"))).toBe("upcoming"));
  test("is a draft until it is published", () => expect(stateOf({ ...dates, published: false }, NOW)).toBe("draft"));
});

describe("the phase shown first", () => {
  const phases = (...states: Phase["state"][]): Phase[] =>
    states.map((state, index) => ({ id: `p${index}`, state }) as Phase);
  test("is the open one", () => expect(currentPhase(phases("closed", "open", "upcoming"))?.id).toBe("p1"));
  test("is the last that closed, between phases", () => {
    expect(currentPhase(phases("closed", "closed", "upcoming"))?.id).toBe("p1");
  });
  test("is the first, before any", () => expect(currentPhase(phases("upcoming", "upcoming"))?.id).toBe("p0"));
});
