// @vitest-environment jsdom
import { answers, asked, settled } from "../testing/site";
import { afterEach, expect, test } from "vitest";
import type { Competition } from "../api/shapes";
import type { Page } from "../pages";
import { find, listen } from "../router";
import { AgonCompetition } from "./competition";
import { TabElement } from "./page-element";

class Told extends TabElement {}
customElements.define("x-told", Told);
const PAGE: Page = { at: "/c/:competition/x", tag: "x-told", load: () => Promise.resolve(), title: "pages.manage" };

function competition(id: string): Competition {
  return {
    id,
    title: id,
    phases: [],
    pages: [],
    organizer: "ada",
    participants: 0,
    starts_at: null,
    ends_at: null,
  } as unknown as Competition;
}

afterEach(() => document.body.replaceChildren());

test("an id in the address becomes the competition's slug, and nothing is read for that", async () => {
  answers["GET /v1/competitions/01a"] = { ...competition("01a"), slug: "iris" };
  history.replaceState({ entry: "e" }, "", "/c/01a/x?sort=-score");
  const frame = new AgonCompetition();
  frame.place = find([PAGE], new URL(location.href));
  const stop = listen((url) => (frame.place = find([PAGE], url)));
  document.body.append(frame);
  await settled();
  stop();
  expect([location.pathname, location.search, history.state]).toEqual(["/c/iris/x", "?sort=-score", { entry: "e" }]);
  expect(frame.querySelector<Told>("x-told")?.place.params).toEqual({ competition: "iris" });
  expect(asked.filter((one) => one.startsWith("GET /v1/competitions/"))).toEqual(["GET /v1/competitions/01a"]);
});

test("a page that belongs to one competition takes nothing of it along to another", async () => {
  for (const id of ["a", "b"]) answers[`GET /v1/competitions/${id}`] = competition(id);
  const frame = new AgonCompetition();
  const go = async (path: string, id: string): Promise<Element | null> => {
    frame.place = { page: PAGE, path, params: { competition: id }, query: new URLSearchParams() };
    document.body.append(frame);
    await settled();
    return frame.querySelector("x-told");
  };
  const first = await go("/c/a/x", "a");
  expect(first).not.toBeNull();
  expect(await go("/c/a/x", "a")).toBe(first);
  const other = await go("/c/b/x", "b");
  expect(other).not.toBeNull();
  expect(other).not.toBe(first);
});
