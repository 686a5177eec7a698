// @vitest-environment jsdom
// The API's side is a server of this file, on a port of its own.
import { createServer } from "node:http";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { servedBy } from "../testing/address";

let answer: [number, object] = [200, {}];
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.writeHead(answer[0], { "Content-Type": "application/json" }).end(JSON.stringify(answer[1]));
});
await servedBy(server);
const { become } = await import("../testing/people");
const { begunBefore, brokenOff, forget, remember } = await import("./unfinished");

afterAll(() => void server.close());
beforeEach(() => {
  localStorage.clear();
  asked.length = 0;
});
afterEach(() => void vi.useRealTimers());

test.each(["begun", "committed"])("a file whose upload is %s goes on with it", async (state) => {
  remember("submission abc", "u", "mine.zip");
  answer = [200, { id: "u", state }];
  expect(await begunBefore("submission abc")).toEqual({ id: "u", state });
  expect(asked).toEqual(["/api/v1/uploads/u"]);
});

test("another file, or one that was sent before today, is asked of nobody", async () => {
  remember("submission abc", "u", "mine.zip");
  expect(await begunBefore("submission def")).toBeUndefined();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 24 * 3600 * 1000 + 1 });
  expect(await begunBefore("submission abc")).toBeUndefined();
  expect(asked).toEqual([]);
});

test.each([
  [200, { id: "u", state: "used" }],
  [404, { title: "Not found", detail: "You have no such upload." }],
  [409, { title: "Conflict", detail: "What had arrived of this upload is gone." }],
])("what is used, gone or somebody else's is begun anew: %i", async (status, body) => {
  remember("submission abc", "u", "mine.zip");
  answer = [status, body];
  expect(await begunBefore("submission abc")).toBeUndefined();
});

test("trouble of the site is told, and the upload is remembered", async () => {
  remember("submission abc", "u", "mine.zip");
  answer = [503, { title: "Busy", detail: "Try again." }];
  await expect(begunBefore("submission abc")).rejects.toMatchObject({ status: 503 });
  expect(localStorage.getItem("agon.uploads")).toContain('"u"');
});

test("what is forgotten, or kept in a form that nobody knows, is none", async () => {
  remember("submission abc", "u", "mine.zip");
  forget("submission abc");
  expect(await begunBefore("submission abc")).toBeUndefined();
  localStorage.setItem("agon.uploads", "{");
  expect(await begunBefore("submission abc")).toBeUndefined();
});

test("what one person has begun is no other's to see, nor to go on with", async () => {
  remember("submission abc", "u", "of-nobody.zip");
  await become("ada");
  remember("submission def", "v", "of-ada.zip");
  expect(brokenOff()).toEqual(["of-ada.zip"]);
  await become("bob");
  expect(brokenOff()).toEqual([]);
  expect(await begunBefore("submission def")).toBeUndefined();
  expect(asked).toEqual([]);
  await become(null);
});
