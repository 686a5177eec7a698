import { expect, test } from "vitest";
import { distance, exactly } from "./deadlines";

const END = "2027-02-27T00:00:00Z";
const before = (ms: number) => new Date(new Date(END).getTime() - ms);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

test("an instant is told in UTC and where its reader is", () => {
  expect(exactly(END, "America/Los_Angeles")).toBe("Sat 27 Feb 2027, 00:00 UTC (26 Feb, 16:00 your time)");
  expect(exactly(END, "Asia/Kathmandu")).toBe("Sat 27 Feb 2027, 00:00 UTC (27 Feb, 05:45 your time)");
  expect(exactly(END, "UTC")).toBe("Sat 27 Feb 2027, 00:00 UTC");
});

test.each([
  [89 * DAY + 5 * HOUR, "in 89 days"],
  [2 * DAY + 23 * HOUR, "in 71 hours"],
  [3 * HOUR, "in 3 hours"],
  [3 * HOUR - 1, "in 180 minutes"],
  [1, "in 1 minute"],
  [-MINUTE, "1 minute ago"],
  [-4 * DAY, "4 days ago"],
])("what is left of %d ms is told in the unit that says most, and never as more than it is", (ms, said) => {
  expect(distance(END, before(ms))).toBe(said);
});
