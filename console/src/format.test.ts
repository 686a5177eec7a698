import { describe, expect, test } from "vitest";
import type { Phase } from "./api/shapes";
import { count, currentPhase, direction, moment, period, score, stateOf } from "./format";

const NOW = new Date("2026-11-23T12:00:00Z");

describe("a score", () => {
  test("has the decimals of its column", () => expect(score(0.96667, 4)).toBe("0.9667"));
  test("keeps trailing zeros, so that columns line up", () => expect(score(1, 2)).toBe("1.00"));
  test("below zero has a real minus sign", () => expect(score(-0.5, 1)).toBe("\u22120.5"));
  test("that rounds to zero has no sign", () => expect(score(-0.0001, 2)).toBe("0.00"));
  test("that is missing is no number", () => {
    expect(score(null, 2)).toBeNull();
    expect(score(undefined, 2)).toBeNull();
  });
});

test("an arrow points to where better scores are", () => {
  expect(direction("desc")).toEqual({ arrow: "\u2191", words: "higher is better" });
  expect(direction("asc")).toEqual({ arrow: "\u2193", words: "lower is better" });
});

test("one of a thing is counted in the singular", () => {
  expect(count(1, "entry", "entries")).toBe("1 entry");
  expect(count(1284, "entry", "entries")).toBe("1,284 entries");
});

describe("a time", () => {
  test("of this year leaves the year out", () => {
    expect(moment("2026-11-20T10:05:00Z", NOW, "UTC")).toBe("20 Nov, 10:05");
  });
  test("of another year says which", () => {
    expect(moment("2025-11-20T10:05:00Z", NOW, "UTC")).toBe("20 Nov 2025, 10:05");
  });
});

describe("a period", () => {
  test("names the month once where it can", () => {
    expect(period("2026-11-01T00:00:00Z", "2026-11-15T00:00:00Z", "UTC").replace(/\s/g, "")).toBe("1\u201315Nov2026");
  });
  test("without an end is open", () => {
    expect(period("2026-11-01T00:00:00Z", null, "UTC")).toBe("From 1 Nov 2026");
  });
});

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
