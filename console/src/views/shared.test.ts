// @vitest-environment jsdom
import { answers, asked, settled } from "../testing/site";
import { expect, test } from "vitest";
import type { Competition, Phase, SharedCode } from "../api/shapes";
import { AgonShared } from "./shared";

const CODE = {
  ...{ submission: "s", competition: "c", phase: "c-0", participant: "ada", name: "Trees", description: "", method: {} },
  ...{ fact_sheet: {}, scores: {}, licence: "MIT", submitted_at: "2026-11-01T00:00:00Z", size_bytes: 1, likes: 0 },
  ...{ downloads: 0, forks: 0, forked_from: null, liked: false, mine: false, lineage: [] },
} as unknown as SharedCode;

async function open(): Promise<AgonShared> {
  const phase = { id: "c-0", index: 0, name: "Final", state: "open" };
  answers["GET /v1/phases/c-0/shared"] = { shared: [CODE], next: null };
  const page = new AgonShared();
  page.place = {
    page: null,
    path: "/c/iris/code",
    params: { competition: "iris" },
    query: new URLSearchParams("phase=c-0"),
  };
  page.competition = { id: "c", slug: "iris", phases: [phase] } as unknown as Competition;
  page.phase = phase as unknown as Phase;
  document.body.replaceChildren(page);
  await settled();
  return page;
}

test("who signs in to have some comes back to the phase that was shown", async () => {
  const link = (await open()).querySelector<HTMLAnchorElement>("a[href^='/sign-in']");
  expect(new URL(link?.href ?? "").searchParams.get("next")).toBe("/c/iris/code?phase=c-0");
});

async function enter(): Promise<void> {
  const { signIn } = await import("../api/session");
  answers["POST /v1/sessions/browser"] = { access_token: "t", expires_in_seconds: 3600 };
  await signIn("grace", "password");
}

test("who clicks twice likes once, and is told to wait", async () => {
  await enter();
  const page = await open();
  let answer: (code: object) => void = () => undefined;
  answers["POST /v1/shared/s/like"] = () => new Promise((resolve) => (answer = resolve));
  const like = page.querySelector<HTMLButtonElement>("button.like");
  like?.click();
  await settled();
  like?.click();
  await settled();
  expect([like?.getAttribute("aria-disabled"), page.querySelector(".told")?.textContent]).toEqual([
    "true",
    "One moment: what you began is still on its way.",
  ]);
  answer({ ...CODE, liked: true, likes: 1 });
  await settled();
  expect(asked.filter((one) => one.endsWith("/like"))).toEqual(["POST /v1/shared/s/like"]);
  expect([like?.getAttribute("aria-disabled"), like?.getAttribute("aria-pressed")]).toEqual(["false", "true"]);
});
