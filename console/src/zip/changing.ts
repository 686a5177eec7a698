/** Reading one text of a zip, and putting another in its place without touching the rest (PKWARE APPNOTE 6.3, without zip64). */
import { crc32 } from "./crc";
import { CENTRAL, directoryIn, end, endIn, entryAt, LOCAL, record, view } from "./records";

const DEFLATED = 8;
const UTF8 = 1 << 11;

interface Found {
  /** Where the directory begins, and its bytes. */
  start: number;
  directory: DataView<ArrayBuffer>;
  count: number;
  /** Where the file's record stands in the directory, and its length. */
  at: number;
  length: number;
}

/** The text of a file in a zip. Null where there is none, or the zip is too strange or large to be changed here. */
export async function textIn(zip: Blob, path: string): Promise<string | null> {
  const found = await find(zip, path);
  if (!found) return null;
  const { directory, at } = found;
  const [method, size, offset] = [
    directory.getUint16(at + 10, true),
    directory.getUint32(at + 20, true),
    directory.getUint32(at + 42, true),
  ];
  const local = await view(zip, offset, 30);
  if (local.getUint32(0, true) !== LOCAL) return null;
  const from = offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = zip.slice(from, from + size);
  if (method === 0) return packed.text();
  return method === DEFLATED
    ? new Response(packed.stream().pipeThrough(new DecompressionStream("deflate-raw"))).text()
    : null;
}

/** The zip with another text in the place of a file's: what was there stays before it, and is no longer named. Throws RangeError. */
export async function withText(zip: Blob, path: string, text: string): Promise<Blob> {
  const found = await find(zip, path);
  if (!found) throw new RangeError(`There is no ${path} in this zip.`);
  const { start, directory, count, at, length } = found;
  const [name, body] = [new TextEncoder().encode(path), new TextEncoder().encode(text)];
  const local = record(LOCAL, [[20, 2], ...facts(body, name)]);
  const central = record(CENTRAL, [
    [(3 << 8) | 20, 2],
    [20, 2],
    ...facts(body, name),
    [0, 2],
    [0, 2],
    [0, 2],
    [0o100644 << 16, 4],
    [start, 4],
  ]);
  const bytes = new Uint8Array(directory.buffer, directory.byteOffset, directory.byteLength);
  const listed = new Blob([bytes.slice(0, at), central, name, bytes.slice(at + length)]);
  const written = end(count, listed.size, start + local.length + name.length + body.length);
  return new Blob([zip.slice(0, start), local, name, body, listed, written], { type: "application/zip" });
}

function facts(body: Uint8Array, name: Uint8Array): [number, number][] {
  return [
    [UTF8, 2],
    [0, 2],
    [0, 2],
    [(1 << 5) | 1, 2],
    [crc32(body), 4],
    [body.length, 4],
    [body.length, 4],
    [name.length, 2],
    [0, 2],
  ];
}

async function find(zip: Blob, path: string): Promise<Found | null> {
  const last = await endIn(zip);
  if (!last) return null;
  const { count, size, start } = directoryIn(last.tail, last.at);
  if (count === 0xffff || start === 0xffffffff || start + size > zip.size) return null;
  const directory = await view(zip, start, size);
  const found = within(directory, count, path);
  return found && { start, directory, count, ...found };
}

function within(directory: DataView<ArrayBuffer>, count: number, path: string): { at: number; length: number } | null {
  let at = 0;
  for (let left = count; left > 0 && at + 46 <= directory.byteLength; left--) {
    const { path: called, length } = entryAt(directory, at);
    if (called === path) return { at, length };
    at += length;
  }
  return null;
}
