// @vitest-environment jsdom
import { answers, settled } from "../testing/site";
import { render } from "lit";
import { beforeEach, expect, test, vi } from "vitest";
import type { Competition, Phase } from "../api/shapes";
import { timeline } from "./manage/timeline";
import { AgonManageState } from "./manage/state";
import { AgonQueue } from "./queues/queue";
import { AgonSubmissions } from "./submissions";

// Wherever an instant decides what can be done: its hour, its zone, and what is left until then.
const WHEN = "2027-02-27T00:00:00Z";
const LEFT = /(?:in 89 days|89 days left)/;
const PLACE = { page: null, path: "/c/iris/x", params: { competition: "iris", queue: "q" }, query: new URLSearchParams() };
const RUN = { id: "s", name: "Trees", status: "Finished", scores: {}, created_at: WHEN, removed_at: null, chosen: false };
const PHASE = { id: "c-0", index: 0, name: "Final", state: "open", starts_at: WHEN, ends_at: WHEN };

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-29T12:00:00Z"), toFake: ["Date"] });
  document.body.replaceChildren();
});

const told = (of: Element | null): string => (of?.textContent ?? "").replace(/\s+/g, " ");
const expectTold = (text: string): void => {
  expect(text).toMatch(LEFT);
  expect(text).toMatch(/27 Feb 2027, 00:00 UTC|26 Feb 2027, 24:00 UTC/);
};

async function opened<T extends HTMLElement>(page: T, given: object): Promise<T> {
  Object.assign(page, { place: PLACE, phase: PHASE, ...given });
  document.body.append(page);
  await settled();
  return page;
}

test("the line of time of phases", () => {
  render(timeline([{ name: "Final", start: WHEN, end: null }]), document.body);
  expectTold(told(document.body));
  expect(told(document.body)).toContain("never closes");
});

test("what one should know before a competition is published", async () => {
  const competition = { id: "c", published: false, starts_at: WHEN, ends_at: null, phases: [PHASE], pages: [], terms: null };
  const page = await opened(new AgonManageState(), {
    competition: { ...competition, contact: null } as unknown as Competition,
  });
  [...page.querySelectorAll("button")].find(({ textContent }) => textContent.includes("Publish"))?.click();
  await settled();
  expectTold(told(page.querySelector(".manage-question li")));
});

test("until when what counts at the end can be chosen", async () => {
  answers["GET /v1/phases/c-0/submissions"] = {
    ...{ submissions: [RUN], next: null },
    selection: { phase: "c-0", most: 2, chosen: [], closes_at: WHEN },
  };
  const competition = { id: "c", slug: "iris", my_status: "approved", phases: [PHASE], leaderboard: null };
  const phase = { ...PHASE, state: "closed-soon" } as unknown as Phase;
  const page = await opened(new AgonSubmissions(), { competition: competition as unknown as Competition, phase });
  expectTold(told(page.querySelector(".board-notice[role=status]")));
});

test("until when a runner's token opens its queue", async () => {
  const queue = { id: "q", name: "q", description: "", visibility: "private", sealed: false, registries: [] };
  answers["GET /v1/queues/q"] = { queue, shared_with: [], runners: [], waiting: [], depth: 0, runners_alive: 0 };
  answers["GET /v1/queues/q/tokens"] = { tokens: [{ id: "t", name: "gpu", created_at: WHEN, expires_at: WHEN }] };
  const page = await opened(new AgonQueue(), {});
  expectTold(told(page.querySelector("[aria-labelledby=tokens-title] tbody.rows")));
});
