// @vitest-environment jsdom
import { answers, settled } from "../testing/site";
import { afterEach, expect, test } from "vitest";
import type { Competition } from "../api/shapes";
import type { Page } from "../pages";
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
