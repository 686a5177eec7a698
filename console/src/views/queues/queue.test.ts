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

test("a runner that speaks another version of the protocol is told of, with what its operator is to do", async () => {
  const capabilities = { cpus: 8, memory_bytes: 1, gpus: 0, labels: [] };
  const shown = { last_seen_at: "2026-01-01T00:00:00Z", version: "0.1.0", slots: 1, capabilities, gpus: [], jobs: [] };
  const old = { ...shown, name: "gpu-01", alive: false, protocol: 0, advice: "Install the runner of Agon 9.9.9 there." };
  const current = { ...shown, name: "gpu-02", alive: true, protocol: 2, advice: "" };
  answers["GET /v1/queues/c"] = { ...queue("c"), runners: [old, current] };
  answers["GET /v1/queues/c/tokens"] = { tokens: [] };
  const page = new AgonQueue();
  page.place = { page: null, path: "/queues/c", params: { queue: "c" }, query: new URLSearchParams() };
  document.body.append(page);
  await settled();
  const rows = [...page.querySelectorAll("tbody tr")].map((row) => row.textContent);
  expect(rows.map((row) => row.includes("Out of date"))).toEqual([true, false]);
  expect(rows[0]).not.toContain("Not heard of");
  expect([...page.querySelectorAll(".form-problem")].map((one) => one.textContent)).toEqual([`gpu-01: ${old.advice}`]);
});
