/** The files in a zip with what is in each (PKWARE APPNOTE 6.3, without zip64). */
import { CENTRAL, directoryIn, endIn, entryAt, LOCAL, view } from "./records";

export interface Content {
  path: string;
  size: number;
  /** What is in it, unpacked; null where it is packed in a way that is not read here. */
  open: (() => ReadableStream<Uint8Array>) | null;
}

const [FULL16, FULL32] = [0xffff, 0xffffffff];
const [STORED, DEFLATED] = [0, 8];
const ENCRYPTED = 1;
/** A directory larger than this is not looked at, as no submission's has it. */
const MOST_DIRECTORY = 64 * 1024 ** 2;

/** Without its folders; null where this cannot be told: it is no zip, or a strange one. */
export async function contents(zip: Blob): Promise<Content[] | null> {
  const last = await endIn(zip);
  if (!last) return null;
  const { count, size, start } = directoryIn(last.tail, last.at);
  if (count === FULL16 || start === FULL32 || size > MOST_DIRECTORY || start + size > zip.size) return null;
  try {
    return listed(await view(zip, start, size), count, zip);
  } catch (error) {
    // A view that is asked beyond its end: the sizes in it are wrong.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function listed(directory: DataView<ArrayBuffer>, count: number, zip: Blob): Content[] {
  const found: Content[] = [];
  for (let at = 0, left = count; left > 0 && directory.getUint32(at, true) === CENTRAL; left--) {
    const { path, length } = entryAt(directory, at);
    if (!path.endsWith("/"))
      found.push({ path, size: directory.getUint32(at + 24, true), open: opener(directory, at, zip) });
    at += length;
  }
  return found;
}

function opener(directory: DataView, at: number, zip: Blob): Content["open"] {
  const [flags, method] = [directory.getUint16(at + 8, true), directory.getUint16(at + 10, true)];
  const [packed, offset] = [directory.getUint32(at + 20, true), directory.getUint32(at + 42, true)];
  if (flags & ENCRYPTED || (method !== STORED && method !== DEFLATED) || offset === FULL32 || packed === FULL32) return null;
  return () => {
    const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
    // What goes wrong there is told by who reads here.
    void bodyOf(zip, offset, packed).then(
      (body) =>
        body
          .stream()
          .pipeTo(writable)
          .catch(() => undefined),
      (error: unknown) => writable.abort(error),
    );
    return method === STORED ? readable : readable.pipeThrough(new DecompressionStream("deflate-raw"));
  };
}

async function bodyOf(zip: Blob, offset: number, packed: number): Promise<Blob> {
  const local = await view(zip, offset, 30);
  if (local.byteLength < 30 || local.getUint32(0, true) !== LOCAL) throw new TypeError("no file where the zip has one");
  const from = offset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  return zip.slice(from, from + packed);
}
