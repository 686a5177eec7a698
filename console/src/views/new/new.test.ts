// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, expect, test } from "vitest";
import { AgonNew } from "./new";

afterEach(() => document.body.replaceChildren());

test("a folder that cannot be read is told", async () => {
  answers["GET /v1/competitions"] = { competitions: [] };
  const page = new AgonNew();
  page.place = { page: null, path: "/new", params: {}, query: new URLSearchParams() };
  document.body.append(page);
  await settled();
  const readEntries = (_: unknown, fail: (why: Error) => void): void => fail(new DOMException("gone", "NotFoundError"));
  const folder = { isDirectory: true, name: "mine", createReader: () => ({ readEntries }) };
  const dataTransfer = { items: [{ webkitGetAsEntry: () => folder }], files: [] };
  page.querySelector(".drop")?.dispatchEvent(Object.assign(new Event("drop"), { dataTransfer }));
  await settled();
  expect(page.querySelector("[role=alert]")?.textContent).toContain("It may have changed since you chose it.");
});
