/** Boards as the console asks for them: their rows come as columns (docs/adr/0059), and are rows again for who shows them. */
import { ask, reading, type Reading } from "./client";
import type { Leaderboard, PackedRows, Row } from "./shapes";

/** Which board, and which page of it. */
export interface Which {
  page?: number;
  board?: string;
}

export function readingBoard(phase: string, which: Which = {}): Reading<Leaderboard> {
  const wanted = reading("/v1/phases/{phase}/leaderboard", asked(phase, which));
  return {
    ...wanted,
    read: async (signal, etag) => {
      const answer = await wanted.read(signal, etag);
      return { ...answer, value: answer.value && unpacked(answer.value) };
    },
  };
}

export async function askBoard(phase: string, which: Which): Promise<Leaderboard> {
  return unpacked(await ask("get", "/v1/phases/{phase}/leaderboard", asked(phase, which)));
}

/** The same with its rows, in whichever form they came. */
export function unpacked(board: Leaderboard): Leaderboard {
  return board.packed ? { ...board, rows: rowsOf(board.packed), packed: null } : board;
}

function asked(phase: string, which: Which) {
  return { params: { path: { phase }, query: { ...which, packed: "true" as const } } };
}

function rowsOf(packed: PackedRows): Row[] {
  const since = new Date(packed.since).getTime();
  const scores = Object.entries(packed.scores).map(([key, column]) => [key, numbersOf(column)] as const);
  const [mine, baseline] = [new Set(packed.mine), new Set(packed.baseline)];
  const [verified, edited, brought] = [new Set(packed.verified), new Set(packed.edited), new Set(packed.brought)];
  return packed.submission.map((submission, at) => ({
    rank: packed.rank[at] ?? null,
    participant: packed.participant[at] ?? "",
    team: packed.team?.[at] ?? null,
    submission,
    name: packed.name?.[at] ?? null,
    scores: Object.fromEntries(scores.map(([key, column]) => [key, column[at] ?? null])),
    submitted_at: new Date(since + 1000 * (packed.submitted_at[at] ?? 0)).toISOString().replace(".000Z", "Z"),
    mine: mine.has(at),
    baseline: baseline.has(at),
    verified: verified.has(at),
    edited: edited.has(at),
    disqualified: null,
    fact_sheet: packed.fact_sheet?.[at] ?? {},
    group: packed.group?.[at] ?? null,
    organization: packed.organization?.[at] ?? null,
    brought: brought.has(at),
  }));
}

/** The numbers of a column, from either form; null where one is missing. */
function numbersOf(column: string | readonly (number | null)[]): readonly (number | null)[] {
  if (typeof column !== "string") return column;
  const bytes = Uint8Array.from(atob(column), (letter) => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: bytes.length / 8 }, (_, at) => {
    const value = view.getFloat64(8 * at, true);
    return Number.isNaN(value) ? null : value;
  });
}
