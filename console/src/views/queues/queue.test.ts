// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, expect, test } from "vitest";
import { AgonQueue } from "./queue";

function queue(id: string): object {
  const has = {
    id,
    name: id,
    description: "",
    visibility: "private",
    sealed: false,
    registries: [],
    max_time_limit_seconds: null,
  };
  return { queue: has, shared_with: [], runners: [], waiting: [], depth: 0, oldest_at: null, runners_alive: 0 };
}

afterEach(() => document.body.replaceChildren());

test("a token that was told on the page of one queue does not stay on that of another", async () => {
  for (const id of ["a", "b"]) {
    answers[`GET /v1/queues/${id}`] = queue(id);
    answers[`GET /v1/queues/${id}/tokens`] = { tokens: [] };
  }
  const page = new AgonQueue();
  const go = async (id: string): Promise<void> => {
    page.place = { page: null, path: `/queues/${id}`, params: { queue: id }, query: new URLSearchParams() };
    await settled();
  };
  document.body.append(page);
  await go("a");
  page.querySelector("agon-form")?.dispatchEvent(new CustomEvent("sent", { detail: { token: "agonr_secret" } }));
  await settled();
  expect(page.textContent).toContain("agonr_secret");
  await go("b");
  expect(page.querySelector("h1")?.textContent).toBe("b");
  expect(page.textContent).not.toContain("agonr_secret");
});
