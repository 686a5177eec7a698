/**
 * Zips made in the browser, of folders and of plain files (PKWARE APPNOTE 6.3, without zip64). Nothing but what the browser's
 * own deflate holds at a time is in memory: pieces are Blobs.
 */
import { crc32 } from "./crc";
import { CENTRAL, end, LOCAL, record } from "./records";

/** A file and its path within the zip, with `/` between its parts. */
export interface Entry {
  path: string;
  file: Blob;
}

/** What the format holds without zip64. */
export const MOST_ENTRIES = 65_535;
export const MOST_BYTES = 2 ** 32 - 1;

const VERSION = 20;
/** Names are UTF-8. */
const UTF8 = 1 << 11;
const [STORED, DEFLATED] = [0, 8];
/** 1 January 1980: the same files make the same zip, so that a broken upload goes on. */
const DATE = (1 << 5) | 1;
/** A plain file that its owner writes and all read, made on Unix. */
const MODE = 0o100644 << 16;
const MADE_ON_UNIX = (3 << 8) | VERSION;

/** A zip of some entries. `told` hears how much of their bytes is done, from 0 to 1. Throws RangeError, or the signal's reason. */
export async function zip(entries: readonly Entry[], told: (done: number) => void, signal: AbortSignal): Promise<Blob> {
  const whole = entries.reduce((sum, { file }) => sum + file.size, 0);
  if (entries.length > MOST_ENTRIES || whole > MOST_BYTES) throw new RangeError("too much for a zip without zip64");
  const [pieces, directory]: [BlobPart[], BlobPart[]] = [[], []];
  let [offset, done] = [0, 0];
  for (const { path, file } of [...entries].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    signal.throwIfAborted();
    const name = new TextEncoder().encode(path);
    const { crc, body, method } = await packed(file, (bytes) => told((done + bytes) / (whole || 1)), signal);
    done += file.size;
    const facts = [method, 0, DATE, crc, body.size, file.size, name.length, 0] as const;
    const local = record(LOCAL, [[VERSION, 2], [UTF8, 2], ...sized(facts)]);
    pieces.push(local, name, body);
    directory.push(
      record(CENTRAL, [
        [MADE_ON_UNIX, 2],
        [VERSION, 2],
        [UTF8, 2],
        ...sized(facts),
        [0, 2],
        [0, 2],
        [0, 2],
        [MODE, 4],
        [offset, 4],
      ]),
      name,
    );
    offset += local.length + name.length + body.size;
  }
  const listed = new Blob(directory);
  const written = end(entries.length, listed.size, offset);
  return new Blob([...pieces, listed, written], { type: "application/zip" });
}

/** Method, time, date, crc, packed size, size, and the lengths of name and extra field, as both records have them. */
function sized(facts: readonly [number, number, number, number, number, number, number, number]): [number, number][] {
  const widths = [2, 2, 2, 4, 4, 4, 2, 2];
  return facts.map((fact, at) => [fact, widths[at] ?? 2]);
}

interface Packed {
  crc: number;
  body: Blob;
  method: number;
}

/** Deflated, or as it is where that is not smaller. */
async function packed(file: Blob, told: (bytes: number) => void, signal: AbortSignal): Promise<Packed> {
  let [crc, read] = [0, 0];
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      signal.throwIfAborted();
      crc = crc32(chunk, crc);
      told((read += chunk.length));
      controller.enqueue(chunk);
    },
  });
  const deflated = file.stream().pipeThrough(counted).pipeThrough(new CompressionStream("deflate-raw"));
  const body = await new Response(deflated).blob();
  return body.size < file.size ? { crc, body, method: DEFLATED } : { crc, body: file, method: STORED };
}
