// @vitest-environment jsdom
import { answers, settled } from "../testing/site";
import { afterEach, expect, test } from "vitest";
import type { Competition, Submission } from "../api/shapes";
import { AgonSaying } from "./saying";

afterEach(() => document.body.replaceChildren());

async function open(isMine: boolean, my_status: string, may: boolean, licence: string | null): Promise<AgonSaying> {
  const saying = new AgonSaying();
  const said = { name: "", description: "", fact_sheet: {}, method: {}, public: false };
  saying.submission = { id: "s", ...said, licence } as unknown as Submission;
  saying.competition = {
    fact_sheet: [],
    my_status,
    can_participants_make_submissions_public: may,
  } as unknown as Competition;
  saying.isMine = isMine;
  document.body.append(saying);
  await saying.updateComplete;
  return saying;
}

function told(saying: AgonSaying): string | undefined {
  return saying.querySelector("#sharing-title + p")?.textContent;
}

test.each([
  ["an organizer", false, "organizer", true, null, /has named no licence/, false, null],
  ["an organizer", false, "organizer", false, "MIT", /licenses it under MIT/, false, "Share it"],
  ["its author", true, "approved", true, null, /under a licence of your choice/, true, "Share it"],
  ["its author, where organizers share", true, "approved", false, null, /organizers may share/, true, "Name the licence"],
  ["an organizer who submitted it", true, "organizer", false, null, /of your choice/, true, "Share it"],
] as const)("%s names a licence where it is theirs (%s, %s, %s, %s)", async (...given) => {
  const [, isMine, status, may, licence, words, asks, button] = given;
  const saying = await open(isMine, status, may, licence);
  expect(told(saying)).toMatch(words);
  expect(saying.querySelector("[name='licence']") !== null).toBe(asks);
  expect(saying.querySelector(".invite button")?.textContent ?? null).toBe(button);
});

test("nobody else is offered anything", async () => {
  const saying = await open(false, "approved", true, "MIT");
  expect(saying.querySelector("#sharing-title")).toBeNull();
});

test("an author names a licence without sharing it, and an organizer shares without naming one", async () => {
  const bodies: unknown[] = [];
  answers["PATCH /v1/submissions/s"] = async (request) => {
    bodies.push(await request.json());
    return {};
  };
  const given = [
    [true, "approved", null],
    [false, "organizer", "MIT"],
  ] as const;
  for (const [isMine, status, licence] of given) {
    const saying = await open(isMine, status, false, licence);
    saying.querySelector<HTMLFormElement>(".invite")?.requestSubmit();
    await settled();
    saying.remove();
  }
  expect(bodies).toEqual([{ licence: "MIT" }, { public: true }]);
});
