import { expect, test } from "vitest";
import type { Phase } from "./api/shapes";
import { timeline } from "./timeline";

const phase = (id: string, starts_at: string, ends_at: string | null, state: Phase["state"] = "open") => ({
  id,
  starts_at,
  ends_at,
  state,
});
const NOW = new Date("2026-06-01T00:00:00Z");

test("phases stand in the order of time, and now between what was and what comes", () => {
  const { bars, lanes, now } = timeline(
    [phase("b", "2026-07-01T00:00:00Z", "2026-08-01T00:00:00Z"), phase("a", "2026-05-01T00:00:00Z", "2026-07-01T00:00:00Z")],
    NOW,
  );
  const [a, b] = bars;
  expect(bars.map(({ id }) => id)).toEqual(["a", "b"]);
  expect([a?.end, lanes]).toEqual([b?.start, 1]);
  expect(now).toBeGreaterThan(a?.start ?? 1);
  expect(now).toBeLessThan(a?.end ?? 0);
});

test("a short phase beside a long one is wide enough to be seen", () => {
  const { bars } = timeline(
    [
      phase("long", "2016-01-01T00:00:00Z", "2026-05-31T00:00:00Z"),
      phase("short", "2026-05-31T00:00:00Z", "2026-06-01T00:00:00Z"),
    ],
    NOW,
  );
  for (const { start, end } of bars) expect(end - start).toBeGreaterThan(0.05);
});

test("phases at the same time lie below each other", () => {
  const { bars, lanes } = timeline(
    [
      phase("a", "2026-01-01T00:00:00Z", "2026-09-01T00:00:00Z"),
      phase("b", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
      phase("c", "2026-03-01T00:00:00Z", null),
    ],
    NOW,
  );
  expect([lanes, bars.map(({ lane }) => lane)]).toEqual([2, [0, 1, 1]]);
});

test.each([
  ["before the first", "2026-06-02T00:00:00Z", "2026-07-01T00:00:00Z"],
  ["after the last", "2026-01-02T00:00:00Z", "2026-02-01T00:00:00Z"],
  ["in one without an end", "2026-01-02T00:00:00Z", null],
  ["at the very beginning", "2026-06-01T00:00:00Z", null],
])("now is within the picture %s phase", (_, start, end) => {
  const { bars, now } = timeline([phase("only", start, end)], NOW);
  expect(now).toBeGreaterThanOrEqual(0);
  expect(now).toBeLessThanOrEqual(1);
  expect((bars[0]?.end ?? 0) - (bars[0]?.start ?? 0)).toBeGreaterThan(0.05);
});
