// @vitest-environment jsdom
import { answers, settled } from "../../testing/site";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Competition } from "../../api/shapes";
import { AgonParticipants } from "./participants";

/** So many there are, of whom a page of the API has a hundred. */
const ALL = Array.from({ length: 5_000 }, (_, at) => ({
  ...{
    user: `u${at}`,
    username: `p${at}`,
    status: at === 4_321 ? "pending" : "approved",
    reason: "",
    robot: null,
    team: null,
  },
  ...{ groups: [], attempts: 0, last_submission_at: null, score: null, joined_at: "2026-11-01T00:00:00Z", answers: {} },
}));
let queries: string[] = [];

/** As the API looks for them: by what stands in a name, and by status. */
function listed(request: Request): Promise<object> {
  const query = new URL(request.url).searchParams;
  queries.push([...query].map(([name, value]) => `${name}=${value}`).join("&"));
  const found = ALL.filter(
    ({ username, status }) => username.includes(query.get("search") ?? "") && [null, status].includes(query.get("status")),
  );
  const from = Number(query.get("cursor") ?? 0);
  const next = from + 100 < found.length ? String(from + 100) : null;
  return Promise.resolve({ participants: found.slice(from, from + 100), phase: "p", column: null, next });
}

let page: AgonParticipants;
const names = (): string[] => [...page.querySelectorAll("tbody.rows th")].map(({ textContent }) => textContent.trim());

beforeEach(() => {
  queries = [];
  answers["GET /v1/competitions/c/participants"] = listed;
});
afterEach(() => {
  document.body.replaceChildren();
  history.replaceState(null, "", "/");
});

async function open(query: string): Promise<void> {
  history.replaceState(null, "", `/c/c/manage/participants${query}`);
  page = new AgonParticipants();
  page.place = { page: null, path: location.pathname, params: { competition: "c" }, query: new URLSearchParams(query) };
  page.competition = { id: "c", registration_questions: [], teams: false } as unknown as Competition;
  document.body.append(page);
  await settled();
}

test("a participant among thousands is looked for by the API, and no other page is read", async () => {
  await open("");
  const before = queries.length;
  const field = page.querySelector<HTMLInputElement>("input[type=search]");
  if (field) field.value = "4321";
  field?.dispatchEvent(new Event("input"));
  await vi.waitUntil(() => names().join() === "p4321");
  expect(queries.slice(before)).toEqual(["search=4321"]);
  expect(page.querySelector("input[type=search]")).toBe(field);
});

test("those of one status are the API's to choose, also where a link says so", async () => {
  await open("?only.status=pending");
  expect([names(), queries]).toEqual([["p4321"], ["status=pending"]]);
  const chooser = page.querySelector<HTMLSelectElement>("select[aria-label=Status]");
  expect(chooser?.value).toBe("pending");
});
