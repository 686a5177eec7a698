/**
 * The judge of submissions by what their phase expects of them, as runners judge (chalicelib/contract/expected/judging.py):
 * tests/vectors/expected.json holds both to the same.
 */
import type { ExpectedFile, Expectations } from "../api/shapes";
import { judgeArray } from "./arrays";
import { MAX_COMPLAINTS, pathShown, type Complaint } from "./complaints";
import { Damaged, type Found } from "./files";
import { isPattern, matches } from "./patterns";
import { judgeRows } from "./rows";
import { isSaid } from "./values";

export interface Verdict {
  complaints: Complaint[];
  /** Files that are packed in a way that only runners read: nothing is said of what is in them. */
  unread: string[];
}

const [MAX_BYTES, MAX_JSON_BYTES] = [1024 ** 3, 32 * 1024 ** 2];

/** Complaints up to a number; none where it is as expected. Throws the signal's reason. */
export async function judge(expected: Expectations, files: readonly Found[], signal: AbortSignal): Promise<Verdict> {
  const verdict: Verdict = { complaints: [], unread: [] };
  for await (const one of complaints(expected, files, verdict.unread, signal)) {
    verdict.complaints.push(one);
    if (verdict.complaints.length === MAX_COMPLAINTS) break;
  }
  return verdict;
}

async function* complaints(
  expected: Expectations,
  files: readonly Found[],
  unread: string[],
  signal: AbortSignal,
): AsyncGenerator<Complaint> {
  const all = new Map([...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map((one) => [one.path, one]));
  const { files: wanted = [], max_files: most, others } = expected;
  const named = new Set<string>();
  const budget = { left: MAX_BYTES, isOver: false };
  if (isSaid(most) && all.size > most) yield { path: "", code: "many_files", params: { found: all.size, most } };
  for (const one of wanted) {
    const found = foundBy(one.path, all);
    yield* inNumber(one, found, all);
    for (const file of found) {
      signal.throwIfAborted();
      named.add(file.path);
      yield* await ofFile(one, file, unread, budget);
    }
  }
  if (others !== false) return;
  for (const path of all.keys()) if (!named.has(path)) yield { path: pathShown(path), code: "unexpected" };
}

function foundBy(wanted: string, all: ReadonlyMap<string, Found>): Found[] {
  if (isPattern(wanted)) return [...all.values()].filter(({ path }) => matches(wanted, path));
  const one = all.get(wanted);
  return one ? [one] : [];
}

/** The bytes that may still be read, however many files they are of. */
interface Budget {
  left: number;
  isOver: boolean;
}

/** Told once where it is too much; nothing is read from then on. */
function taken(budget: Budget, size: number): Complaint[] {
  const wasOver = budget.isOver;
  budget.isOver ||= size > budget.left;
  budget.left -= size;
  return budget.isOver && !wasOver ? [{ path: "", code: "too_much", params: { most: MAX_BYTES } }] : [];
}

function* inNumber(one: ExpectedFile, found: readonly Found[], all: ReadonlyMap<string, Found>): Generator<Complaint> {
  const path = pathShown(one.path);
  if (found.length === 0 && one.required !== false) {
    const near = [...all.keys()].find((other) => isNear(one.path, other));
    if (near === undefined) yield { path, code: "missing" };
    else yield { path, code: "missing_elsewhere", params: { found: pathShown(near) } };
  } else if (found.length && isSaid(one.count) && found.length !== one.count)
    yield { path, code: "count", params: { found: found.length, expected: one.count } };
}

/** A file that was probably meant: other capitals, or another folder. */
function isNear(wanted: string, path: string): boolean {
  return !isPattern(wanted) && nameOf(wanted) === nameOf(path);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}

async function ofFile(one: ExpectedFile, file: Found, unread: string[], budget: Budget): Promise<Complaint[]> {
  const path = pathShown(file.path);
  const most = Math.min(one.max_bytes ?? Infinity, mostBytes(one));
  if (file.size > most) return [{ path, code: "too_large", params: { found: file.size, most } }];
  if (!one.format) return [];
  if (!file.isReadable) {
    unread.push(path);
    return [];
  }
  const tooMuch = one.format === "npy" ? [] : taken(budget, file.size);
  if (one.format !== "npy" && budget.isOver) return tooMuch;
  try {
    return one.format === "npy" ? await judgeArray(one, path, file) : await judgeRows(one, path, file);
  } catch (error) {
    if (error instanceof Damaged) return [{ path, code: "damaged" }];
    throw error;
  }
}

function mostBytes({ format }: ExpectedFile): number {
  if (!format || format === "npy") return Infinity;
  return format === "json" ? MAX_JSON_BYTES : MAX_BYTES;
}
