// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { expect, test } from "vitest";
import { AgonPerson } from "./person";

const SAID = { username: "ada", display_name: "", affiliation: "", site: "", description: "" };
const CODE = {
  ...{ submission: "s", name: "Trees", competition: "c", slug: "iris", title: "Iris", phase: "c-0", licence: "MIT" },
  submitted_at: "2026-11-01T00:00:00Z",
};

test("a page leads to the code that somebody shares, in its competition and under its licence", async () => {
  answers["GET /v1/people/ada"] = { ...SAID, competitions: [], organizations: [], code: [CODE] };
  const page = new AgonPerson();
  page.place = { page: null, path: "/u/ada", params: { username: "ada" }, query: new URLSearchParams() };
  document.body.append(page);
  await settled();
  const link = page.querySelector("section a");
  expect([link?.textContent, link?.getAttribute("href")]).toEqual(["Trees", "/c/iris/code?phase=c-0"]);
  expect(page.querySelector("section li")?.textContent).toMatch(/Iris · MIT · /);
});
