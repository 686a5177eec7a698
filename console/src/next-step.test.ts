import { expect, test } from "vitest";
import type { Phase } from "./api/shapes";
import { nextStep } from "./next-step";

const NOW = new Date("2026-11-29T12:00:00Z");
const phase = (state: Phase["state"]) => ({ state }) as Phase;
const known = { my_status: null, terms: null, phases: [phase("open")], ends_at: null };
const terms = (accepted: boolean) => ({ version: 2, page: 3, accepted });

test.each([
  ["a stranger signs in", {}, false, "sign-in"],
  ["who is signed in joins, also before it begins", { phases: [phase("upcoming")] }, true, "join"],
  ["who has asked waits", { my_status: "pending" }, true, "waiting"],
  ["who was denied reads why", { my_status: "denied" }, true, "denied"],
  ["who takes part submits", { my_status: "approved", terms: terms(true) }, true, "submit"],
  ["who takes part accepts other terms first", { my_status: "approved", terms: terms(false) }, true, "terms"],
  [
    "between phases there is nothing to submit to",
    { my_status: "approved", phases: [phase("closed"), phase("upcoming")] },
    true,
    "upcoming",
  ],
  ["nobody joins what is over", { ends_at: "2026-11-29T12:00:00Z" }, true, "over"],
  [
    "organizers look after it, also when it is over",
    { my_status: "organizer", ends_at: "2026-01-01T00:00:00Z" },
    true,
    "organize",
  ],
] as const)("%s", (_, its, isSignedIn, step) => {
  expect(nextStep({ ...known, ...its, phases: [...("phases" in its ? its.phases : known.phases)] }, isSignedIn, NOW)).toBe(
    step,
  );
});
