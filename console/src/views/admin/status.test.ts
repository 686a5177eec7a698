// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, expect, test } from "vitest";
import { forget } from "../../api/store";
import { AgonAdminStatus } from "./status";

const HEALTH = { table: true, files: true, runs: true, tasks: true, accounts: true, seconds_since_sweep: 20 };
const STATUS = {
  health: HEALTH,
  version: "0.1.0",
  swept_at: "2026-01-01T00:00:00Z",
  looked_at: 3,
  lines: [
    { queue: "default", name: "", waiting: 0, since: null, runners_alive: 1 },
    { queue: "q", name: "Lab", waiting: 4, since: "2026-01-01T00:00:00Z", runners_alive: 0 },
  ],
  tasks_waiting: 2,
  failures: 0,
  given_up: 0,
  days: [{ day: "2026-01-01", finished: 12, failed: 3, cancelled: 0 }],
};

afterEach(() => {
  document.body.replaceChildren();
  forget();
});

async function shown(status: object): Promise<AgonAdminStatus> {
  answers["GET /v1/site/status"] = { ...STATUS, ...status };
  const page = new AgonAdminStatus();
  page.place = { page: null, path: "/admin/status", params: {}, query: new URLSearchParams() };
  document.body.append(page);
  await settled();
  return page;
}

test("a site that is well says so, and which queue has how many jobs and runners", async () => {
  const page = await shown({});
  expect(page.querySelector(".chip")?.textContent).toBe("Every part of the site answers.");
  const rows = [...page.querySelectorAll("tbody tr")].map((row) => row.textContent);
  expect(rows.some((row) => row.includes("Lab") && row.includes("4"))).toBe(true);
  expect(rows.some((row) => row.includes("The site’s own"))).toBe(true);
  expect(page.querySelector(".form-problem")).toBeNull();
});

test("what does not answer is named, and a sweep that is late is told of", async () => {
  const page = await shown({
    health: { ...HEALTH, tasks: false, files: false, seconds_since_sweep: 900 },
    tasks_waiting: null,
  });
  expect(page.querySelector(".trouble-chip")?.textContent).toBe("Does not answer: the bucket of files, the tasks queue");
  expect(page.querySelector(".form-problem")?.textContent).toContain("one each minute");
});

test("what fails in the background leads to the list of it", async () => {
  const page = await shown({ failures: 5, given_up: 2 });
  expect(page.querySelector<HTMLAnchorElement>('a[href="/admin/failures"]')?.textContent).toBe("5, of which 2 are given up");
});
