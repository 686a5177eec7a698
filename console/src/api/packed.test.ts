// @vitest-environment jsdom
import { expect, test } from "vitest";
import { unpacked } from "./packed";
import type { Leaderboard, PackedRows, Row } from "./shapes";

const NONE = { mine: [], baseline: [], verified: [], edited: [], brought: [] };
const UNTOLD = { team: null, name: null, fact_sheet: null, group: null, organization: null };
const NAMES = ["a", "b", "c", "d", "e"];
/** 0.1 and NaN, as 64-bit floats of which the smallest byte comes first. */
const DOUBLES = "mpmZmZmZuT8AAAAAAAD4fw==";

function board(packed: PackedRows | null): Leaderboard {
  return { phase: "p", rows: [], disqualified: [], packed } as unknown as Leaderboard;
}

test("columns of a board are rows again, with null for a missing score in either form", () => {
  const packed: PackedRows = {
    ...{ ...NONE, ...UNTOLD, rank: [1, null], participant: ["ada", "Team"], submission: ["s1", "s2"] },
    ...{ since: "2026-01-01T00:00:00Z", submitted_at: [60, 0], scores: { accuracy: DOUBLES, seconds: [2, null] } },
    ...{
      mine: [1],
      team: [null, "t"],
      organization: [{ id: "o", name: "Lab" }, null],
      fact_sheet: [{}, { gpu: true }] as Row["fact_sheet"][],
    },
  };
  const plain = {
    name: null,
    disqualified: null,
    group: null,
    baseline: false,
    verified: false,
    edited: false,
    brought: false,
  };
  expect(unpacked(board(packed)).rows).toEqual([
    {
      ...{ ...plain, rank: 1, participant: "ada", submission: "s1", submitted_at: "2026-01-01T00:01:00Z", mine: false },
      ...{ scores: { accuracy: 0.1, seconds: 2 }, team: null, fact_sheet: {}, organization: { id: "o", name: "Lab" } },
    },
    {
      ...{ ...plain, rank: null, participant: "Team", submission: "s2", submitted_at: "2026-01-01T00:00:00Z", mine: true },
      ...{ scores: { accuracy: null, seconds: null }, team: "t", fact_sheet: { gpu: true }, organization: null },
    },
  ]);
});

test("each flag is that of the rows whose places it has", () => {
  const flags = { mine: [0], baseline: [1], verified: [2], edited: [3], brought: [4] };
  const many = { rank: [1, 2, 3, 4, 5], participant: NAMES, submission: NAMES, submitted_at: [0, 0, 0, 0, 0] };
  const { rows } = unpacked(board({ ...UNTOLD, ...flags, ...many, since: "2026-01-01T00:00:00Z", scores: {} }));
  const told = rows.map(({ mine, baseline, verified, edited, brought }) => [mine, baseline, verified, edited, brought]);
  expect(told).toEqual([0, 1, 2, 3, 4].map((row) => [0, 1, 2, 3, 4].map((flag) => flag === row)));
});

test("a board that came as rows stays as it is", () => {
  const plain = board(null);
  expect(unpacked(plain)).toBe(plain);
});
