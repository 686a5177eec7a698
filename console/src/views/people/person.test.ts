// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { expect, test } from "vitest";
import { AgonPerson } from "./person";

const SAID = { username: "ada", display_name: "", affiliation: "", site: "", description: "" };
const CODE = {
  ...{
    submission: "s",
    name: "Trees",
    competition: "c",
    slug: "iris",
    title: "Iris",
    phase: "c-0",
    team_name: "Owls",
    licence: "MIT",
  },
  submitted_at: "2026-11-01T00:00:00Z",
};

const RESULT = {
  ...{ competition: "c", slug: "iris", title: "Iris", phase: "c-0", phase_name: "Final", ended_at: "2026-11-01T00:00:00Z" },
  ...{ rank: 2, entries: 57, team: "t", team_name: "Owls", scores: { accuracy: 0.914 } },
  columns: [{ key: "accuracy", title: "Accuracy", precision: 2, primary: true }],
};

test("a result says the rank of how many, by which score and with whom, with the medal of its board, where it leads", async () => {
  answers["GET /v1/people/bob"] = { ...SAID, results: [RESULT], competitions: [], organizations: [], code: [] };
  const page = new AgonPerson();
  page.place = { page: null, path: "/u/bob", params: { username: "bob" }, query: new URLSearchParams() };
  document.body.replaceChildren(page);
  await settled();
  const [link, told] = [page.querySelector("section a"), page.querySelector("section .soft")];
  expect([link?.textContent, link?.getAttribute("href")]).toEqual(["Iris", "/c/iris/leaderboard?phase=c-0"]);
  expect(told?.textContent).toMatch(/^Rank 2 of 57 · Final · Accuracy 0.91 · Owls · /);
  expect(page.querySelector(".medal-2 .rank")?.textContent).toBe("2");
});

test("a page leads to the code that somebody shares, in its competition and under its licence", async () => {
  answers["GET /v1/people/ada"] = { ...SAID, results: [], competitions: [], organizations: [], code: [CODE] };
  const page = new AgonPerson();
  page.place = { page: null, path: "/u/ada", params: { username: "ada" }, query: new URLSearchParams() };
  document.body.replaceChildren(page);
  await settled();
  const link = page.querySelector("section a");
  expect([link?.textContent, link?.getAttribute("href")]).toEqual(["Trees", "/c/iris/code?phase=c-0"]);
  expect(page.querySelector("section li")?.textContent).toMatch(/Iris · Owls · MIT · /);
});
