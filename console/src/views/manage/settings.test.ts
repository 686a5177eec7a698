// @vitest-environment jsdom
// The API's side is a server of this file, on a port of its own.
import { createServer } from "node:http";
import { render, type ReactiveController } from "lit";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { servedBy } from "../../testing/address";

const EFFECT = {
  phase: "p",
  name: "Final",
  rows: 12,
  appear: 3,
  disappear: 1,
  change: 0,
  unscored: 0,
  lost: [],
  is_complete: true,
};
const asked: string[] = [];
/** The revisions that changes were said to be of. */
const matched: (string | undefined)[] = [];
const RANKING = {
  phase: "p",
  name: "Final",
  columns: [{ key: "f1", title: "F1", sorting: "desc", precision: 2 }],
  rows: [{ rank: 1, was: 2, participant: "grace", scores: { f1: 0.8 } }],
  count: 1,
};
let effects: object[] = [];
let ranking: object | null = null;
let revision = 3;
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  if (request.method === "PATCH") matched.push(request.headers["if-match"]);
  const isPreview = request.url?.endsWith("preview=true");
  const answer = { revision, settings: {}, effects: isPreview ? effects : [], ranking: isPreview ? ranking : null };
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
});
await servedBy(server);
const { Saving } = await import("./settings");
const { invalidate } = await import("../../api/store");

const RULE = { submission_rule: "Force_Best" };
const BOARD = "PATCH /api/v1/competitions/iris/settings/leaderboards/0";
const page = document.createElement("div");
let saving: InstanceType<typeof Saving>;

afterAll(() => void server.close());
function savingOfAPage(): InstanceType<typeof Saving> {
  const controllers: ReactiveController[] = [];
  const host = {
    addController: (one: ReactiveController): void => void controllers.push(one),
    removeController: (): void => undefined,
    requestUpdate: (): void => {
      render(saving.notices(), page);
    },
    updateComplete: Promise.resolve(true),
  };
  const made = new Saving(host, () => "iris");
  for (const one of controllers) one.hostUpdate?.();
  return made;
}

beforeEach(async () => {
  saving = savingOfAPage();
  await vi.waitUntil(() => saving.document);
  asked.length = matched.length = 0;
  ranking = null;
});

/** What is told of boards, once it is; then this button is clicked. */
async function decided(button: number): Promise<string> {
  await vi.waitUntil(() => page.querySelector("button"));
  const told = page.querySelector("li")?.textContent ?? "";
  page.querySelectorAll("button")[button]?.click();
  return told;
}

test("a change that moves rows of boards says how many first, and is made when it is meant so", async () => {
  effects = [EFFECT];
  const changed = saving.change({ part: "leaderboards", index: 0 }, RULE);
  expect(await decided(0)).toMatch(/^Final: .*12 .*3 .*1 /s);
  await changed;
  expect(asked.filter((one) => one.startsWith("PATCH"))).toEqual([`${BOARD}?preview=true`, `${BOARD}?confirmed=true`]);
});

test("who does not mean it changes nothing", async () => {
  effects = [EFFECT];
  const changed = expect(saving.change({ part: "leaderboards", index: 0 }, RULE)).rejects.toBeDefined();
  await decided(1);
  await changed;
  expect(asked.filter((one) => one.startsWith("PATCH"))).toEqual([`${BOARD}?preview=true`]);
});

test("a change that moves nothing asks nothing", async () => {
  effects = [];
  await saving.change({ part: "leaderboards", index: 0 }, RULE);
  expect(page.querySelector("button")).toBeNull();
  expect(asked.filter((one) => one.startsWith("PATCH"))).toEqual([`${BOARD}?preview=true`, BOARD]);
});

test("a change that ranks rows otherwise shows them first, also where none comes or goes", async () => {
  effects = [];
  ranking = RANKING;
  const changed = saving.change({ part: "leaderboards", index: 0 }, RULE);
  await vi.waitUntil(() => page.querySelector("table"));
  expect(page.querySelector("tbody tr")?.textContent).toContain("grace");
  page.querySelector("button")?.click();
  await changed;
  expect(asked.filter((one) => one.startsWith("PATCH"))).toEqual([`${BOARD}?preview=true`, `${BOARD}?confirmed=true`]);
});

test("a page that comes back after a change shows no former settings, and changes those that are there now", async () => {
  effects = [];
  revision = 4;
  invalidate("/v1/competitions/another");
  saving = savingOfAPage();
  expect(saving.document).toBeUndefined();
  await vi.waitUntil(() => saving.document);
  await saving.change({ part: "phases", index: 0 }, { end: "2026-12-01T00:00:00Z" });
  expect(matched).toEqual(['"4"', '"4"']);
});
