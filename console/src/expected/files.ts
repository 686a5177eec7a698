/** The files of a submission, as programs will find them once it is unpacked (chalicelib/contract/contents.py). */
import { isLitter, wrapping } from "../handing";
import { contents, type Content } from "../zip/contents";
import type { Entry } from "../zip/writing";

/** One file. `isReadable` false: it is packed in a way that only runners read. */
export interface Found {
  path: string;
  size: number;
  isReadable: boolean;
  chunks: () => AsyncIterable<Uint8Array>;
}

/** A file of the submission cannot be read, and is to blame for that itself. */
export class Damaged extends Error {}

const METADATA = ["metadata.yaml", "metadata"];

/** Of a zip; null where this cannot be told: it is no zip, or a strange one. */
export async function filesOfZip(zip: Blob): Promise<Found[] | null> {
  const all = await contents(zip);
  return all && asFound(all.map(ofContent));
}

/** Of files that are to be zipped. */
export function filesOf(entries: readonly Entry[]): Found[] {
  return asFound(
    entries.map(({ path, file }) => ({ path, size: file.size, isReadable: true, chunks: () => chunks(file.stream()) })),
  );
}

/** Without what operating systems leave there, and a program without the folder around it. Of one path the last file counts. */
function asFound(all: readonly Found[]): Found[] {
  const wanted = [...new Map(all.filter(({ path }) => !isLitter(path)).map((one) => [one.path, one])).values()];
  const paths = wanted.map(({ path }) => path);
  const folder = wrapping(paths.filter((path) => !path.startsWith(".")));
  if (folder === null || !METADATA.some((name) => paths.includes(`${folder}/${name}`))) return wanted;
  return wanted
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .map((one) => ({ ...one, path: one.path.slice(folder.length + 1) }));
}

function ofContent({ path, size, open }: Content): Found {
  return {
    path,
    size,
    isReadable: open !== null,
    async *chunks() {
      let read = 0;
      try {
        for await (const chunk of chunks(open?.() ?? new Blob().stream())) {
          // A zip that says less than it holds is a trap.
          if ((read += chunk.length) > size) throw new Damaged(path);
          yield chunk;
        }
      } catch (error) {
        // What the disk does not give is told by such a one; all else is about bytes that are not packed as they should be.
        throw error instanceof DOMException ? error : new Damaged(path);
      }
      if (read < size) throw new Damaged(path);
    },
  };
}

/** Streams of browsers are not iterable everywhere. */
async function* chunks(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Where the rest is not wanted; of what has failed there is nothing to stop.
    await reader.cancel().catch(() => undefined);
  }
}
