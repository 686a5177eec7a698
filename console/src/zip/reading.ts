/** The directory of a zip, read at its end without reading the whole (PKWARE APPNOTE 6.3, with zip64). */
import { CENTRAL, directoryIn, endIn, entryAt, view } from "./records";

export interface Member {
  path: string;
  size: number;
}

const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const FULL16 = 0xffff;
const FULL32 = 0xffffffff;
/** A directory larger than this is not looked at: it is no submission's, and this is a look only. */
const MOST_DIRECTORY = 64 * 1024 ** 2;

/** The files in a zip, without its folders; null where this cannot be told: it is no zip, or a strange one. */
export async function members(zip: Blob): Promise<Member[] | null> {
  try {
    const at = await directory(zip);
    return at && at.size <= MOST_DIRECTORY ? listed(await view(zip, at.start, at.size), at.count) : null;
  } catch (error) {
    // A view that is asked beyond its end: the sizes in it are wrong.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

interface Directory {
  start: number;
  size: number;
  count: number;
}

async function directory(zip: Blob): Promise<Directory | null> {
  const last = await endIn(zip);
  if (!last) return null;
  const { tail, at } = last;
  const found = directoryIn(tail, at);
  if (found.count !== FULL16 && found.size !== FULL32 && found.start !== FULL32) return found;
  return at >= 20 && tail.getUint32(at - 20, true) === LOCATOR64
    ? large(zip, Number(tail.getBigUint64(at - 12, true)))
    : null;
}

async function large(zip: Blob, at: number): Promise<Directory | null> {
  const end = await view(zip, at, 56);
  if (end.getUint32(0, true) !== END64) return null;
  const [count, size, start] = [32, 40, 48].map((place) => Number(end.getBigUint64(place, true)));
  return { count: count ?? 0, size: size ?? 0, start: start ?? 0 };
}

function listed(directory: DataView<ArrayBuffer>, count: number): Member[] {
  const found: Member[] = [];
  for (let at = 0, left = count; left > 0 && directory.getUint32(at, true) === CENTRAL; left--) {
    const { path, length } = entryAt(directory, at);
    // Of what is larger than four gigabytes this tells the most that fits: it is shown, and nothing is decided by it.
    if (!path.endsWith("/")) found.push({ path, size: directory.getUint32(at + 24, true) });
    at += length;
  }
  return found;
}
