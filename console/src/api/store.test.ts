// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answer } from "./call";
import type { Reading } from "./client";
import { Problem, unreachable } from "./problem";
import { forget, invalidate, isLost, nounOf, watch, type Watch } from "./store";

/** What is read, with how often and with which ETag it was. */
interface Source extends Reading<string> {
  asked: (string | null)[];
  answer: (etag: string | null) => Promise<Answer<string>>;
}

let count = 0;
const open: Watch<string>[] = [];

function source(path = `/v1/things/${count++}`): Source {
  const made: Source = {
    key: path,
    path,
    asked: [],
    answer: () => Promise.resolve({ value: `answer ${made.asked.length}`, etag: '"1"' }),
    read: (_, etag) => {
      made.asked.push(etag);
      return made.answer(etag);
    },
  };
  return made;
}

function look(wish: Reading<string>): Watch<string> {
  const watched = watch(wish, () => undefined);
  open.push(watched);
  return watched;
}

const settle = (ms = 1): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2027, 0, 1) });
});
afterEach(() => {
  for (const watched of open.splice(0)) watched.leave();
  vi.useRealTimers();
});

test("what is fresh is had again without a call, and shown at once", async () => {
  const thing = source();
  const first = look(thing);
  expect(first.known).toEqual({});
  await settle();
  first.leave();
  const second = look(thing);
  expect(second.known.value).toBe("answer 1");
  await settle();
  expect(thing.asked).toEqual([null]);
});

test("what may be old is shown at once and read anew, by the name of its copy", async () => {
  const thing = source();
  look(thing).leave();
  const first = look(thing);
  await settle(20_000);
  first.leave();
  thing.answer = () => Promise.resolve({ etag: '"1"' });
  const second = look(thing);
  expect(second.known.value).toBe("answer 2");
  const now = new Date();
  await settle();
  expect(second.known).toEqual({ value: "answer 2", checkedAt: now });
  expect(thing.asked).toEqual([null, null, '"1"']);
});

test("two views of one answer share one read, and both hear of it", async () => {
  const thing = source();
  const heard: string[] = [];
  open.push(
    watch(thing, () => heard.push("first")),
    watch(thing, () => heard.push("second")),
  );
  await settle();
  expect([thing.asked.length, heard]).toEqual([1, ["first", "second"]]);
});

test("what fails is tried again with growing pauses, beside the value that is old", async () => {
  const thing = source();
  const watched = look(thing);
  await settle();
  thing.answer = () => Promise.reject(unreachable());
  watched.reload();
  await settle();
  expect(watched.known).toMatchObject({ value: "answer 1", problem: { status: 0 } });
  expect(isLost()).toBe(true);
  await settle(60_000);
  const tries = thing.asked.length;
  expect(tries).toBeGreaterThan(4);
  expect(tries).toBeLessThan(12);
  thing.answer = () => Promise.resolve({ value: "back", etag: null });
  window.dispatchEvent(new Event("online"));
  await settle();
  expect(watched.known).toMatchObject({ value: "back" });
  expect([watched.known.problem, isLost()]).toEqual([undefined, false]);
});

test("nobody tries again for a view that has gone", async () => {
  const thing = source();
  thing.answer = () => Promise.reject(unreachable());
  const watched = look(thing);
  await settle();
  watched.leave();
  await settle(120_000);
  expect([thing.asked.length, isLost()]).toEqual([1, false]);
});

test("a refusal is told once, and what it refuses is shown no more", async () => {
  const thing = source();
  const watched = look(thing);
  await settle();
  thing.answer = () => Promise.reject(new Problem(404, "Not found", "It was removed."));
  watched.reload();
  await settle(120_000);
  expect(watched.known).toEqual({ problem: expect.objectContaining({ status: 404 }) as unknown });
  expect(thing.asked.length).toBe(2);
});

test("a change has read anew what is shown of the same noun, once, and nothing of it counts as fresh", async () => {
  const [quota, board, other] = [source("/v1/phases/p/quota"), source("/v1/phases/p"), source("/v1/phases/pp/quota")];
  const watched = look(quota);
  look(other);
  look(board);
  await settle();
  look(board).leave();
  const seen = source("/v1/phases/p/seen-before");
  look(seen).leave();
  invalidate(nounOf("/v1/phases/p/submissions"));
  watched.reload();
  await settle();
  expect([quota.asked.length, board.asked.length, other.asked.length]).toEqual([2, 2, 1]);
  look(other);
  await settle();
  expect(other.asked.length).toBe(2);
});

test("a change by an id has read anew what was read by another name of it, and the other way round", async () => {
  const named = { ...source("/v1/competitions/iris"), read: () => Promise.resolve({ value: { id: "c1" }, etag: null }) };
  const [below, byId, other] = ["iris/storage", "c1/dumps", "c2/dumps"].map((path) => source(`/v1/competitions/${path}`));
  open.push(...[named, below, byId, other].map((one) => watch(one as Reading<string>, () => undefined)));
  await settle();
  invalidate(nounOf("/v1/competitions/c1/publish"));
  await settle();
  expect([below?.asked.length, byId?.asked.length, other?.asked.length]).toEqual([2, 2, 1]);
  invalidate(nounOf("/v1/competitions/iris/publish"));
  await settle();
  expect([below?.asked.length, byId?.asked.length, other?.asked.length]).toEqual([3, 3, 1]);
});

test("what belongs to one person is gone when another one signs in", async () => {
  const thing = source();
  const watched = look(thing);
  await settle();
  forget();
  expect(watched.known).toEqual({});
  await settle();
  expect([watched.known.value, thing.asked]).toEqual(["answer 2", [null, null]]);
});

test("the noun of a path is what its id stands behind", () => {
  expect(["/v1/competitions", "/v1/submissions/s/rerun", "/v1/me/invitations/i/accept"].map(nounOf)).toEqual([
    "/v1/competitions",
    "/v1/submissions/s",
    "/v1/me/invitations",
  ]);
});
