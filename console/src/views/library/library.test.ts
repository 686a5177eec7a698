// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, expect, test } from "vitest";
import type { PageElement } from "../page-element";
import { AgonDatasets } from "./datasets";
import { AgonTasks } from "./tasks";

const ONE = { id: "d", name: "Old", description: "", visibility: "private", licence: "", owner: "ada", uses: 0 };
const DATASET = { ...ONE, type: "input_data", size_bytes: 1, sha256: "0", created_at: "2027-01-01T00:00:00Z" };
const TASK = { ...ONE, files: {}, lends: [], shared_with: [], validated: false, updated_at: "2027-01-01T00:00:00Z" };

afterEach(() => document.body.replaceChildren());

test.each([
  ["datasets", new AgonDatasets(), DATASET, { dataset: DATASET, shared_with: ["bob"], used_by: [] }],
  ["tasks", new AgonTasks(), TASK, TASK],
] as const)("what was saved of one of the %s stands in its form", async (noun, page: PageElement, one, whole) => {
  answers[`GET /v1/${noun}`] = { [noun]: [one], next: null };
  answers[`GET /v1/${noun}/d`] = whole;
  answers[`PATCH /v1/${noun}/d`] = { ...one, name: "New" };
  page.place = { page: null, path: "/library", params: {}, query: new URLSearchParams() };
  document.body.append(page);
  await settled();
  page.querySelector<HTMLButtonElement>("tbody button:last-of-type")?.click();
  await settled();
  const name = page.querySelector<HTMLInputElement>('section[tabindex] [name="name"]');
  expect(name?.value).toBe("Old");
  if (name) name.value = "New";
  name?.dispatchEvent(new Event("input", { bubbles: true }));
  name?.form?.requestSubmit();
  await settled();
  expect(name?.value).toBe("New");
  expect(page.querySelector("section[tabindex] h2")?.textContent).toBe("New");
});
