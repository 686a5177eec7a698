/** The records of a zip (PKWARE APPNOTE 6.3), as they are read and written. */
export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** The end record, and the longest comment that may follow it. */
const END_BYTES = 22;
const TAIL = END_BYTES + 65_535;

/** A signature and its fields, in their order. */
export function record(
  signature: number,
  fields: readonly (readonly [value: number, bytes: number])[],
): Uint8Array<ArrayBuffer> {
  const all = [[signature, 4] as const, ...fields];
  const made = new DataView(new ArrayBuffer(all.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of all) {
    if (bytes === 2) made.setUint16(at, value, true);
    else made.setUint32(at, value >>> 0, true);
    at += bytes;
  }
  return new Uint8Array(made.buffer);
}

/** Of `count` files the directory of `size` bytes at `start`, and the zip's end. */
export function end(count: number, size: number, start: number): Uint8Array<ArrayBuffer> {
  return record(END, [
    [0, 2],
    [0, 2],
    [count, 2],
    [count, 2],
    [size, 4],
    [start, 4],
    [0, 2],
  ]);
}

/** The last bytes of a zip, and where its end record stands in them: the comment after that is as long as it says. Null: nowhere. */
export async function endIn(zip: Blob): Promise<{ tail: DataView<ArrayBuffer>; at: number } | null> {
  const from = Math.max(0, zip.size - TAIL);
  const tail = await view(zip, from, zip.size - from);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) === END && tail.getUint16(at + 20, true) === tail.byteLength - at - END_BYTES)
      return { tail, at };
  }
  return null;
}

/** What an end record says: how many files, and the size and the start of their directory. */
export function directoryIn(tail: DataView, at: number): { count: number; size: number; start: number } {
  return {
    count: tail.getUint16(at + 10, true),
    size: tail.getUint32(at + 12, true),
    start: tail.getUint32(at + 16, true),
  };
}

/** The path of a directory's record, and the length of the record. */
export function entryAt(directory: DataView<ArrayBuffer>, at: number): { path: string; length: number } {
  const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((place) => directory.getUint16(at + place, true));
  const path = new TextDecoder().decode(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, name));
  return { path: path.replaceAll("\\", "/"), length: 46 + name + extra + comment };
}

export async function view(zip: Blob, start: number, size: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await new Response(zip.slice(start, start + size)).arrayBuffer());
}
