// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { expect, test } from "vitest";
import type { Competition } from "../../api/shapes";
import { AgonJoining } from "./joining";

const OPEN = { ...{ published: true, archived: false, starts_at: "2020-01-01T00:00:00Z", ends_at: null }, phases: [] };

async function opened(id: string, content: string): Promise<AgonJoining> {
  const terms = { index: 1, title: "Terms", format: "markdown", content, assets: {} };
  answers[`GET /v1/competitions/${id}/pages/1`] = terms;
  const page = new AgonJoining();
  const query = new URLSearchParams("from=mail");
  page.place = { page: null, path: "/c/iris/join", params: { competition: "iris" }, query };
  page.competition = {
    id,
    slug: "iris",
    ...OPEN,
    terms: { page: 1, version: 1 },
    my_status: null,
  } as unknown as Competition;
  document.body.replaceChildren(page);
  await settled();
  return page;
}

const headings = (page: Element): string[] =>
  [...page.querySelectorAll(".terms :is(h1, h2, h3)")].map(({ textContent }) => textContent);

test("terms have one heading: their own, where they begin with one", async () => {
  expect(headings(await opened("a", "# Rules of the house\n\nPlay fair.\n\n## Prizes\n\nNone."))).toEqual([
    "Rules of the house",
    "Prizes",
  ]);
  expect(headings(await opened("b", "Play fair."))).toEqual(["Terms"]);
});

test("who signs in to take part comes back to the same address", async () => {
  const link = (await opened("c", "Play fair.")).querySelector<HTMLAnchorElement>("a.button");
  expect(new URL(link?.href ?? "").searchParams.get("next")).toBe("/c/iris/join?from=mail");
});
