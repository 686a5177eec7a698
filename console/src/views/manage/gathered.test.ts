// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { ReactiveControllerHost } from "lit";
import { Problem } from "../../api/problem";
import { settled } from "../../testing/site";
import { Gathered, type Part } from "./gathered";

const HOST: ReactiveControllerHost = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};

test("what could not be read anew stays as it was, to the end", async () => {
  let isUp = true;
  const page = (cursor = "0"): Promise<Part<string>> =>
    isUp
      ? Promise.resolve({ rows: Array.from({ length: 50 }, (_, at) => `${cursor} ${at}`), next: String(Number(cursor) + 1) })
      : Promise.reject(new Problem(503, "Too busy", "Try again."));
  const list = new Gathered(HOST, () => "a", page);
  list.hostUpdate();
  await settled();
  list.more();
  await settled();
  isUp = false;
  list.reload();
  await settled();
  expect([list.rows?.length, list.total, list.problem?.status]).toEqual([100, Infinity, 503]);
  isUp = true;
  list.more();
  await settled();
  expect([list.rows?.length, list.rows?.at(-1), list.problem]).toEqual([150, "2 49", undefined]);
  list.reload();
  await settled();
  expect(list.rows?.length).toBe(150);
});
