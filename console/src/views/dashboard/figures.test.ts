import { expect, test } from "vitest";
import type { Submission } from "../../api/shapes";
import { distribution, failures, perDay, waiting } from "./figures";

function one(said: Partial<Submission>): Submission {
  return { id: "s", status: "Finished", fault: null, reason: "", created_at: "2026-03-01T10:00:00Z", ...said } as Submission;
}

test("each day is there, also one on which nothing was submitted", () => {
  const days = perDay([one({ created_at: "2026-03-03T23:59:59Z" }), one({}), one({})]);
  expect(days.map(({ label, count }) => `${label} ${count}`)).toEqual(["2026-03-01 2", "2026-03-02 0", "2026-03-03 1"]);
  expect(perDay([])).toEqual([]);
});

test("every score is in one class, the highest in the last", () => {
  const bars = distribution([0, 0.1, 0.5, 1], (from, to) => `${from}-${to}`);
  expect(bars.map(({ count }) => count)).toEqual([2, 2]);
  expect(distribution([3, 3], (from) => String(from))).toEqual([{ label: "3", count: 2 }]);
});

test("failures are counted by whose fault they are and why", () => {
  const failed = { status: "Failed", fault: "participant", reason: "exit code 1" } as const;
  const found = failures([one(failed), one(failed), one({ ...failed, fault: "organizer" }), one({})]);
  expect(found.map(({ fault, count }) => [fault, count])).toEqual([
    ["participant", 2],
    ["organizer", 1],
  ]);
});

test("what waits is what no runner has begun", () => {
  expect(waiting([one({ status: "Submitted" }), one({ status: "Running" }), one({})])).toHaveLength(1);
});
