// @vitest-environment jsdom
// The API's side of these calls is a server of this file, on a port of its own.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { servedBy } from "../testing/address";

interface Seen {
  method?: string;
  url?: string;
  headers: IncomingMessage["headers"];
  body: string;
}
const seen: Seen[] = [];
const answers: ((response: ServerResponse) => void)[] = [];

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const { method, url, headers } = request;
  seen.push({ method, url, headers, body: Buffer.concat(pieces).toString() });
  answers.shift()?.(response);
}

const server = createServer((request, response) => void answer(request, response));
await servedBy(server);
const { ask, reading, since } = await import("./client");
const { current, isExpired, signIn, signOut } = await import("./session");

afterAll(() => void server.close());
beforeEach(async () => {
  answers.push((response) => response.writeHead(401, { "Content-Type": "application/json" }).end("{}"));
  await signOut();
  seen.length = answers.length = 0;
});

function json(status: number, body: unknown, headers: Record<string, string> = {}): void {
  answers.push((response) =>
    response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(JSON.stringify(body)),
  );
}

function tokens(name: string, seconds: number): object {
  return { access_token: `${name}-access`, expires_in_seconds: seconds };
}

const board = { params: { path: { phase: "a/b" }, query: { page: 2, board: undefined } } };
const forever = new AbortController().signal;

test("a call fills in its address, and says nothing that it was not given", async () => {
  json(200, { rows: [] });
  expect(await ask("get", "/v1/phases/{phase}/leaderboard", board)).toEqual({ rows: [] });
  expect(seen[0]).toMatchObject({ method: "GET", url: "/api/v1/phases/a%2Fb/leaderboard?page=2", body: "" });
  expect(seen[0]?.headers).toMatchObject({ accept: "application/json, application/problem+json" });
  expect(seen[0]?.headers).not.toHaveProperty("authorization");
  expect(seen[0]?.headers).not.toHaveProperty("if-none-match");
  expect(seen[0]?.headers).not.toHaveProperty("content-type");
});

test("a body goes as JSON, with the token of whoever is signed in", async () => {
  json(200, tokens("first", 3600));
  await signIn("ada", "secret");
  json(200, {});
  await ask("post", "/v1/judging/{case}", { params: { path: { case: "c" } }, body: { preferred: "first" } });
  expect(seen[0]).toMatchObject({
    method: "POST",
    url: "/api/v1/sessions/browser",
    body: '{"username":"ada","password":"secret"}',
  });
  expect(seen[0]?.headers).not.toHaveProperty("authorization");
  expect(seen[1]?.headers).toMatchObject({ authorization: "Bearer first-access", "content-type": "application/json" });
  expect(seen[1]?.body).toBe('{"preferred":"first"}');
});

test("a challenge is solved, and the same is sent once more", async () => {
  const text = `1767225600.12.salt.${"0".repeat(64)}`;
  json(429, { title: "No attempt left", status: 429, detail: "Wait.", challenge: { text, bits: 4 } });
  json(200, tokens("first", 3600));
  await signIn("ada", "secret");
  expect(seen[0]?.headers).not.toHaveProperty("agon-solution");
  expect(seen[1]?.headers["agon-solution"]).toMatch(/^1767225600\.12\.salt\.0{64}:\d+$/);
  expect([seen[1]?.body, current()?.username]).toEqual([seen[0]?.body, "ada"]);
});

test("a token that is about to die is renewed first", async () => {
  json(200, tokens("first", 30));
  await signIn("ada", "secret");
  json(200, tokens("second", 3600));
  json(200, { juries: [] });
  await ask("get", "/v1/juries");
  expect(seen[1]).toMatchObject({ url: "/api/v1/sessions/browser/refresh", body: "" });
  expect(seen[1]?.headers).toMatchObject({ "agon-browser": "1" });
  expect(seen[1]?.headers).not.toHaveProperty("authorization");
  expect(seen[2]?.headers).toMatchObject({ authorization: "Bearer second-access" });
});

test("a session that is over waits for its reader, who goes on as the same or as nobody", async () => {
  json(200, tokens("first", 30));
  await signIn("ada", "secret");
  json(401, { title: "Not signed in", detail: "The session is over." });
  const asked = ask("get", "/v1/competitions");
  await vi.waitUntil(isExpired);
  json(200, tokens("second", 3600));
  json(200, { competitions: [], next: null });
  await signIn("ada", "secret");
  await asked;
  expect(seen.at(-1)?.headers).toMatchObject({ authorization: "Bearer second-access" });
  json(401, { title: "Not signed in", detail: "It was ended elsewhere." });
  json(401, { title: "Not signed in", detail: "The session is over." });
  const again = ask("get", "/v1/competitions");
  await vi.waitUntil(isExpired);
  json(200, { competitions: [], next: null });
  await signOut();
  await again;
  expect(seen.at(-1)?.headers).not.toHaveProperty("authorization");
  expect(current()).toBeNull();
});

test("a token that was ended elsewhere is renewed once, and the same is asked again", async () => {
  json(200, tokens("first", 3600));
  await signIn("ada", "secret");
  json(401, { title: "Not signed in", detail: "You have signed out." });
  json(200, tokens("second", 3600));
  json(200, { juries: [] });
  await ask("get", "/v1/juries");
  expect(seen.map(({ url }) => url)).toEqual([
    "/api/v1/sessions/browser",
    "/api/v1/juries",
    "/api/v1/sessions/browser/refresh",
    "/api/v1/juries",
  ]);
  expect(seen[3]?.headers).toMatchObject({ authorization: "Bearer second-access" });
});

test("nothing that is stored is a token", async () => {
  json(200, tokens("first", 3600));
  await signIn("ada", "secret");
  expect([localStorage, sessionStorage].flatMap((storage) => Object.entries(storage))).toEqual([["agon.user", "ada"]]);
});

test("a read that brings nothing new says so, and keeps the name of its copy", async () => {
  const first = reading("/v1/phases/{phase}/leaderboard", board);
  json(200, { rows: [] }, { ETag: '"1"' });
  expect(await first.read(forever, null)).toEqual({ value: { rows: [] }, etag: '"1"' });
  answers.push((response) => response.writeHead(304, { ETag: '"1"' }).end());
  expect(await first.read(forever, '"1"')).toEqual({ etag: '"1"' });
  expect(seen[1]?.headers).toMatchObject({ "if-none-match": '"1"' });
});

test("a read is another one when what it asks for is another, or its sign", () => {
  const first = reading("/v1/phases/{phase}/leaderboard", board);
  expect(reading("/v1/phases/{phase}/leaderboard", structuredClone(board)).key).toBe(first.key);
  expect(reading("/v1/phases/{phase}/leaderboard", { params: { path: { phase: "a/c" } } }).key).not.toBe(first.key);
  expect(since(1, first).key).not.toBe(since(2, first).key);
});

test("a refusal is told in the API's words, with the fields to mend", async () => {
  const errors = [{ place: "marks", message: "Too many." }];
  json(422, { title: "It does not fit", detail: "Mend it.", errors }, { "Content-Type": "application/problem+json" });
  const problem = { status: 422, title: "It does not fit", detail: "Mend it.", errors, isWorthRetrying: false };
  await expect(ask("get", "/v1/juries")).rejects.toMatchObject(problem);
});

test.each([
  [502, 502],
  [200, 0],
])("an answer %i that is a page of somebody else is a problem of status %i", async (status, told) => {
  answers.push((response) => response.writeHead(status, { "Content-Type": "text/html" }).end("<h1>Wait</h1>"));
  const detail = `It answered ${status} without JSON. It may still be starting; try again in a moment.`;
  await expect(ask("get", "/v1/juries")).rejects.toMatchObject({ status: told, detail, isWorthRetrying: true });
});

test.each([
  ["before it is one", (response: ServerResponse) => response.destroy()],
  [
    "in its middle",
    (response: ServerResponse) =>
      response.writeHead(200, { "Content-Type": "application/json" }).write('{"a', () => response.destroy()),
  ],
])("an answer that breaks off %s is worth another try", async (_, breakOff) => {
  answers.push(breakOff);
  await expect(ask("get", "/v1/juries")).rejects.toMatchObject({
    status: 0,
    title: "The server cannot be reached",
    isWorthRetrying: true,
  });
});

test("a read that nobody waits for any more ends with the signal's own reason", async () => {
  const stop = new AbortController();
  const reason = new Error("The view has gone.");
  answers.push(() => stop.abort(reason));
  await expect(reading("/v1/juries").read(stop.signal, null)).rejects.toBe(reason);
});
