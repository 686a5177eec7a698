/** Files of rows, judged in one pass: tables, JSON and its lines, text (chalicelib/contract/expected/rows.py). */
import type { ExpectedFile } from "../api/shapes";
import { listed, shown, type Complaint } from "./complaints";
import type { Found } from "./files";
import { parsed } from "./json";
import { Broken, eachLine, Table } from "./lines";
import { isSaid, judgesOf, Tally, type Judge } from "./values";

/** How many rows there are; null where they do not count. */
type Reader = (expected: ExpectedFile, file: Found, tally: Tally) => Promise<number | null>;

const NEWLINE = 10;
const DELIMITERS: Readonly<Record<string, string>> = { csv: ",", tsv: "\t" };
const READ: Readonly<Record<string, Reader>> = { csv: table, tsv: table, text, jsonl: jsonLines, json };

/** In the order of its lines. Where it cannot be read on, that comes last. Throws Damaged. */
export async function judgeRows(expected: ExpectedFile, path: string, file: Found): Promise<Complaint[]> {
  const tally = new Tally(path);
  try {
    const count = await (READ[expected.format ?? "text"] ?? text)(expected, file, tally);
    return count === null ? tally.told() : [...tally.told(), ...counted(expected, path, count)];
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    const { code, line, params } = error;
    return [...tally.told(), { path, code, line, params }];
  }
}

function counted({ rows, min_rows: least, max_rows: most }: ExpectedFile, path: string, found: number): Complaint[] {
  const complaints: Complaint[] = [];
  if (isSaid(rows) && found !== rows) complaints.push({ path, code: "rows", params: { found, expected: rows } });
  if (isSaid(least) && found < least) complaints.push({ path, code: "few_rows", params: { found, least } });
  if (isSaid(most) && found > most) complaints.push({ path, code: "many_rows", params: { found, most } });
  return complaints;
}

async function table(expected: ExpectedFile, file: Found, tally: Tally): Promise<number | null> {
  const reader = new Table(DELIMITERS[expected.format ?? "csv"] ?? ",");
  const judges = judgesOf(expected.fields);
  const hasHeader = expected.header !== false;
  const mayBeWider = !hasHeader && isSuperset(expected);
  let places: readonly (number | undefined)[] = judges.map((_, at) => at);
  let width = judges.length && !hasHeader ? judges.length : null;
  let [count, isBegun] = [0, !hasHeader];
  const takeRow = (row: readonly string[], line: number): void => {
    if (!isBegun) {
      [isBegun, width] = [true, row.length];
      judgeNames(expected, row, line, tally);
      const at = new Map([...row.entries()].reverse().map(([place, name]) => [name, place]));
      places = judges.map(({ field }) => at.get(field.name));
      return;
    }
    count++;
    if (width === null) return;
    if (row.length < width || (row.length > width && !mayBeWider)) {
      tally.add(["cells", { found: row.length, expected: width }], "", { line });
      return;
    }
    judges.forEach((judge, at) => {
      const place = places[at];
      const fault = place === undefined ? null : judge.ofText(row[place] ?? "");
      if (fault) tally.add(fault, shown(judge.field.name), { line });
    });
  };
  await eachLine(file, (line, number) => {
    const ended = reader.take(line, number);
    if (ended?.row.length) takeRow(ended.row, ended.begins);
    return ended !== null;
  });
  reader.end();
  if (isBegun) return count;
  tally.add(["no_header", {}]);
  return null;
}

function judgeNames(expected: ExpectedFile, header: readonly string[], line: number, tally: Tally): void {
  const names = (expected.fields ?? []).map(({ name }) => name);
  const counts = new Map<string, number>();
  for (const name of header) counts.set(name, (counts.get(name) ?? 0) + 1);
  const missing = names.filter((name) => !counts.has(name));
  for (const name of missing) tally.add(["no_field", { found: listed(header) }], shown(name), { line });
  for (const name of names) if ((counts.get(name) ?? 0) > 1) tally.add(["double_field", {}], shown(name), { line });
  if (names.length === 0 || isSuperset(expected)) return;
  const known = new Set(names);
  for (const name of header) if (!known.has(name)) tally.add(["extra_field", {}], shown(name), { line });
  const isInOrder = (): boolean => header.filter((name) => known.has(name)).join("\n") === names.join("\n");
  if (expected.fields_match === "exact" && missing.length === 0 && !isInOrder())
    tally.add(["field_order", { expected: listed(names) }], "", { line });
}

function isSuperset({ fields_match: match }: ExpectedFile): boolean {
  return match === undefined || match === "superset";
}

async function text(_: ExpectedFile, file: Found): Promise<number> {
  let count = 0;
  await eachLine(file, () => {
    count++;
    return true;
  });
  return count;
}

async function jsonLines(expected: ExpectedFile, file: Found, tally: Tally): Promise<number> {
  const judges = judgesOf(expected.fields);
  let count = 0;
  await eachLine(file, (line, number) => {
    if (/^[ \t\r\n]*$/.test(line)) return true;
    count++;
    judgeObject(expected, judges, parsedLine(line, number), tally, { line: number });
    return true;
  });
  return count;
}

function parsedLine(line: string, number: number): unknown {
  try {
    return parsed(line);
  } catch (error) {
    throw error instanceof Broken ? new Broken(error.code, number, error.params) : error;
  }
}

async function json(expected: ExpectedFile, file: Found, tally: Tally): Promise<number | null> {
  const value = parsed(await whole(file));
  const judges = judgesOf(expected.fields);
  if (Array.isArray(value) && expected.type !== "object") {
    if (judges.length) value.forEach((one, at) => judgeObject(expected, judges, one, tally, { entry: at + 1 }));
    return value.length;
  }
  const wantsRows = [expected.rows, expected.min_rows, expected.max_rows].some(isSaid);
  if (expected.type === "array" || wantsRows) tally.add(["no_array", {}]);
  else if (expected.type === "object" || judges.length) judgeObject(expected, judges, value, tally);
  return null;
}

async function whole(file: Found): Promise<string> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of file.chunks()) pieces.push(new Uint8Array(chunk));
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  return decoded(bytes) ?? unreadable(bytes);
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** Throws Broken, with the first line that cannot be read by itself. */
function unreadable(bytes: Uint8Array): never {
  let [at, line] = [0, 0];
  for (;;) {
    const end = bytes.indexOf(NEWLINE, at) + 1 || bytes.length;
    line++;
    if (end === bytes.length || decoded(bytes.subarray(at, end)) === null) throw new Broken("not_utf8", line);
    at = end;
  }
}

function judgeObject(
  expected: ExpectedFile,
  judges: readonly Judge[],
  value: unknown,
  tally: Tally,
  at: { line?: number; entry?: number } = {},
): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    tally.add(["no_object", {}], "", at);
    return;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const judge of judges) {
    const { name } = judge.field;
    const fault = Object.hasOwn(object, name) ? judge.ofJson(object[name]) : (["no_key", {}] as const);
    if (fault) tally.add(fault, shown(name), at);
  }
  if (judges.length === 0 || isSuperset(expected)) return;
  const known = new Set(judges.map(({ field }) => field.name));
  for (const name of Object.keys(object)) if (!known.has(name)) tally.add(["extra_key", {}], shown(name), at);
}
