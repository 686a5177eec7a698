// @vitest-environment jsdom
// The API's side of these uploads, and storage's, is a server of this file, on a port of its own.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import { servedBy } from "../testing/address";
import type { UploadInProgress } from "./shapes";

const CONTENT = "0123456789";
const SIZES = [4, 4, 2];
/** What storage answers at a path, in turn; the last one is repeated. */
let answers: Record<string, number[]> = {};
/** What the API says of the upload. */
let state: UploadInProgress | undefined;
let sent: [string, string][] = [];
let renewals = 0;

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = "";
  for await (const piece of request) body += String(piece);
  const path = request.url ?? "";
  if (path === "/api/v1/uploads/u") {
    renewals += 1;
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(state));
    return;
  }
  const headers = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "PUT",
    "Access-Control-Expose-Headers": "ETag",
  };
  if (request.method === "PUT") sent.push([path, body]);
  const planned = request.method === "PUT" ? (answers[path] ?? [200]) : [200];
  const status = (planned.length > 1 ? planned.shift() : planned[0]) ?? 200;
  response
    .writeHead(status, { ...headers, ETag: `"e${path.slice(-1)}"` })
    .end(status === 200 ? "" : "<Code>AccessDenied</Code>");
}

const server = createServer((request, response) => void answer(request, response));
const storage = await servedBy(server);
const { sendAll, shortened } = await import("./upload");

afterAll(() => void server.close());
beforeEach(() => {
  answers = {};
  sent = [];
  renewals = 0;
});

function inProgress(folder: string, ...arrived: number[]): UploadInProgress {
  const numbered = SIZES.map((size_bytes, at) => ({ number: at + 1, size_bytes }));
  return {
    ...{ id: "u", state: "begun", filename: "a.zip", size_bytes: 10, sha256: "0", method: "multipart", post: null },
    arrived: numbered
      .filter(({ number }) => arrived.includes(number))
      .map((part) => ({ ...part, etag: `"e${part.number}"` })),
    parts: numbered
      .filter(({ number }) => !arrived.includes(number))
      .map((part) => ({ ...part, url: `${storage}/${folder}/${part.number}`, headers: {} })),
    expires_at: "2026-11-30T00:00:00Z",
  };
}

const ALL = [1, 2, 3].map((number) => ({ number, etag: `"e${number}"` }));
const send = (begun: UploadInProgress, told: (bytes: number) => void = () => undefined): Promise<unknown> =>
  sendAll(new File([CONTENT], "a.zip"), begun, told, new AbortController().signal);

test("what has arrived is not sent again", async () => {
  const told: number[] = [];
  expect(await send(inProgress("first", 1, 2), (bytes) => told.push(bytes))).toEqual(ALL);
  expect(sent).toEqual([["/first/3", "89"]]);
  expect(told.at(-1)).toBe(10);
});

test("parts whose addresses have died go to fresh ones, which are asked for once", async () => {
  answers = { "/first/1": [403], "/first/2": [403], "/first/3": [403] };
  state = inProgress("fresh");
  expect(await send(inProgress("first"))).toEqual(ALL);
  expect(sent.filter(([path]) => path.startsWith("/fresh")).sort()).toEqual([
    ["/fresh/1", "0123"],
    ["/fresh/2", "4567"],
    ["/fresh/3", "89"],
  ]);
  expect(renewals).toBe(1);
});

test("who refuses fresh addresses too is told of, and that what has arrived stays", async () => {
  answers = { "/first/3": [403], "/fresh/3": [403] };
  state = inProgress("fresh", 1, 2);
  await expect(send(inProgress("first"))).rejects.toMatchObject({
    title: "Storage refused the file",
    detail:
      "Storage refused the file: AccessDenied. What has arrived stays for a day: hand in the same file, and it goes on.",
  });
});

test("a part that storage fails to take is sent again", async () => {
  answers = { "/first/3": [503, 200] };
  expect(await send(inProgress("first", 1, 2))).toEqual(ALL);
  expect(sent.map(([path]) => path)).toEqual(["/first/3", "/first/3"]);
});

test.each([
  ["a.zip", "a.zip"],
  [`${"é".repeat(250)}.zip`, `${"é".repeat(196)}.zip`],
  ["x".repeat(250), "x".repeat(200)],
  [`${"x".repeat(190)}.${"y".repeat(60)}`, `${"x".repeat(190)}.${"y".repeat(9)}`],
])("the name %s is cut before its ending", (name, cut) => expect(shortened(name, 200)).toBe(cut));
