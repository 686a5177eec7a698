/** The header of a file of numpy.save, of which nothing else is read (chalicelib/contract/expected/arrays.py, NEP 1). */
import type { ExpectedFile } from "../api/shapes";
import type { Complaint } from "./complaints";
import type { Found } from "./files";

const MAGIC = "\x93NUMPY";
const MOST_HEADER_BYTES = 64 * 1024;
const [MOST_DIMENSIONS, MOST_BYTES] = [64, 2 ** 53];
const DTYPE = /'descr': *'[<>|=]?([A-Za-z])([0-9]{1,9})?'/;
const LENGTH = /^ *[0-9]{1,15} *$/;
const SHAPE = /'shape': *\(([0-9, ]*)\)/;
const NAMES: Readonly<Record<string, string>> = { f: "float", i: "int", u: "uint", c: "complex" };

export async function judgeArray(expected: ExpectedFile, path: string, file: Found): Promise<Complaint[]> {
  const found = headerOf(await begin(file, 12 + MOST_HEADER_BYTES));
  const shape = found && SHAPE.exec(found.header);
  if (!shape || !found.header.includes("'descr'")) return [{ path, code: "broken_npy" }];
  const written = (shape[1] ?? "").split(",").filter((one) => one.trim() !== "");
  if (written.length > MOST_DIMENSIONS || !written.every((one) => LENGTH.test(one))) return [{ path, code: "broken_npy" }];
  const [descr, kind = "", digits = "1"] = DTYPE.exec(found.header) ?? [];
  if (descr === undefined)
    return [{ path, code: "dtype", params: { found: "a structure", expected: expected.dtype ?? "one of numbers" } }];
  const [name, width] = named(kind, Number(digits));
  const lengths = written.map(Number);
  const whole = found.start + width * productOf(lengths);
  if (whole > MOST_BYTES) return [{ path, code: "broken_npy" }];
  if (kind === "O") return [{ path, code: "python_npy" }];
  const complaints: Complaint[] = [];
  if (expected.dtype && name !== expected.dtype)
    complaints.push({ path, code: "dtype", params: { found: name, expected: expected.dtype } });
  if (expected.shape && !fits(lengths, expected.shape))
    complaints.push({ path, code: "shape", params: { found: shapeOf(lengths), expected: shapeOf(expected.shape) } });
  if (whole !== file.size) complaints.push({ path, code: "short_npy", params: { found: file.size, expected: whole } });
  return complaints;
}

/** A shape as people write it, `*` for any length. */
export function shapeOf(shape: readonly number[]): string {
  return shape.map((length) => (length === -1 ? "*" : String(length))).join(" × ") || "()";
}

function productOf(lengths: readonly number[]): number {
  return lengths.includes(0) ? 0 : lengths.reduce((product, length) => product * length, 1);
}

async function begin(file: Found, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of file.chunks()) {
    pieces.push(chunk);
    read += chunk.length;
    if (read >= most) break;
  }
  const whole = new Uint8Array(read);
  pieces.reduce((at, piece) => (whole.set(piece, at), at + piece.length), 0);
  return whole;
}

function headerOf(bytes: Uint8Array): { header: string; start: number } | null {
  const text = new TextDecoder("latin1").decode(bytes);
  // That decoder has other letters for some bytes; in what is looked for there are none of these.
  const [version = 0, isMagic] = [bytes[6], bytes[0] === 0x93 && text.slice(1, 6) === MAGIC.slice(1)];
  if (!isMagic || bytes.length < 8 || version < 1 || version > 3) return null;
  const width = version === 1 ? 2 : 4;
  const length = [...bytes.subarray(8, 8 + width)].reduceRight((sum, byte) => sum * 256 + byte, 0);
  const start = 8 + width + length;
  if (length > MOST_HEADER_BYTES || bytes.length < start) return null;
  return { header: text.slice(8 + width, start), start };
}

/** A type by its name, and how many bytes a value has. */
function named(kind: string, width: number): [string, number] {
  if (kind === "b") return ["bool", 1];
  const name = NAMES[kind];
  // Of text, the width is that of its letters.
  return name === undefined ? [`${kind}${width}`, width * (kind === "U" ? 4 : 1)] : [`${name}${8 * width}`, width];
}

function fits(lengths: readonly number[], wanted: readonly number[]): boolean {
  return lengths.length === wanted.length && wanted.every((want, at) => want === -1 || want === lengths[at]);
}
