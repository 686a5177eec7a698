/** The directory of a zip, read at its end without reading the whole (PKWARE APPNOTE 6.3, with zip64). */

export interface Member {
  path: string;
  size: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
/** The end record, and the longest comment that may follow it. */
const TAIL = 22 + 65_535;
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
  const from = Math.max(0, zip.size - TAIL);
  const tail = await view(zip, from, zip.size - from);
  for (let at = tail.byteLength - 22; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END || tail.getUint16(at + 20, true) !== tail.byteLength - at - 22) continue;
    const [count, size, start] = [
      tail.getUint16(at + 10, true),
      tail.getUint32(at + 12, true),
      tail.getUint32(at + 16, true),
    ];
    if (count !== FULL16 && size !== FULL32 && start !== FULL32) return { count, size, start };
    return at >= 20 && tail.getUint32(at - 20, true) === LOCATOR64
      ? large(zip, Number(tail.getBigUint64(at - 12, true)))
      : null;
  }
  return null;
}

async function large(zip: Blob, at: number): Promise<Directory | null> {
  const end = await view(zip, at, 56);
  if (end.getUint32(0, true) !== END64) return null;
  const [count, size, start] = [32, 40, 48].map((place) => Number(end.getBigUint64(place, true)));
  return { count: count ?? 0, size: size ?? 0, start: start ?? 0 };
}

function listed(directory: DataView, count: number): Member[] {
  const found: Member[] = [];
  for (let at = 0, left = count; left > 0 && directory.getUint32(at, true) === CENTRAL; left--) {
    const [name, extra, comment] = [28, 30, 32].map((place) => directory.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    const path = new TextDecoder().decode(new Uint8Array(directory.buffer, directory.byteOffset + at + 46, name));
    // Of what is larger than four gigabytes this tells the most that fits: it is shown, and nothing is decided by it.
    if (!path.endsWith("/")) found.push({ path: path.replaceAll("\\", "/"), size: directory.getUint32(at + 24, true) });
    at += 46 + name + extra + comment;
  }
  return found;
}

async function view(zip: Blob, start: number, size: number): Promise<DataView> {
  const bytes = await new Response(zip.slice(start, start + size)).arrayBuffer();
  return new DataView(bytes);
}
