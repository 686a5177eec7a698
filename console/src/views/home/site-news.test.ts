// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, expect, test, vi } from "vitest";
import { invalidate } from "../../api/store";
import "./site-news";

const NEWS = { id: "a", title: "A short break", text: "On **Sunday**.", by: "Ada", edited_at: null };

afterEach(() => document.body.replaceChildren());

async function open(days: number): Promise<Element> {
  const at = new Date(Date.now() - days * 86_400_000).toISOString();
  invalidate("/v1/announcements");
  answers["GET /v1/announcements"] = { announcements: [{ ...NEWS, at }], next: null };
  const news = document.createElement("agon-site-news");
  document.body.append(news);
  await settled();
  return news;
}

test("a visitor reads the site's newest announcement once they unfold it", async () => {
  const news = await open(2);
  expect(news.querySelector("summary")?.textContent).toContain("A short break");
  expect(news.querySelector(".prose")).toBeNull();
  news.querySelector("details")?.dispatchEvent(new Event("toggle"));
  await vi.waitUntil(() => news.querySelector(".prose"));
  expect(news.querySelector(".prose strong")?.textContent).toBe("Sunday");
});

test("what was announced long ago is no news", async () => {
  const news = await open(40);
  expect(news.querySelector("details")).toBeNull();
});
