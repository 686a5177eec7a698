// @vitest-environment jsdom
import { settled } from "../testing/site";
import { expect, test } from "vitest";
import type { Competition } from "../api/shapes";
import { AgonTeam } from "./team";

test("who takes no part yet is led to where one joins", async () => {
  const page = new AgonTeam();
  page.place = { page: null, path: "/c/iris/team", params: { competition: "iris" }, query: new URLSearchParams() };
  page.competition = { id: "c", teams: true, my_team: null, my_status: null } as unknown as Competition;
  document.body.append(page);
  await settled();
  const link = page.querySelector("a");
  expect([link?.textContent, link?.getAttribute("href")]).toEqual(["Take part", "/c/iris/join"]);
});
