/** What somebody chose to submit: files with their paths, and what is to be said of them before they are sent. Pure. */
import type { Quota } from "./api/shapes";
import { extensionOf } from "./plain-files";
import type { Member } from "./zip/reading";

/** What operating systems leave in folders (chalicelib/contract/litter.py), as in lower case. */
const LITTER = new Set([
  ...["__macosx", ".ds_store", ".appledouble", ".lsoverride", ".apdisk", ".temporaryitems", "icon\r"],
  ...[".spotlight-v100", ".trashes", ".fseventsd", ".documentrevisions-v100", ".volumeicon.icns"],
  ...["thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "system volume information"],
]);

export function isLitter(path: string): boolean {
  return path.split("/").some((part) => LITTER.has(part.toLowerCase()) || part.startsWith("._"));
}

/** The folder that all paths lie in; null where they lie in several, or in none. */
export function wrapping(paths: readonly string[]): string | null {
  const [first] = paths;
  const folder = first?.includes("/") ? first.slice(0, first.indexOf("/")) : null;
  return folder !== null && paths.every((path) => path.startsWith(`${folder}/`)) ? folder : null;
}

/** One thing that is worth a look before it is sent. With what `stops`, the site would take nothing. */
export type Concern =
  | { kind: "empty"; stops: true }
  | { kind: "large"; stops: true; size: number; limit: number }
  | { kind: "storage"; stops: true; size: number; limit: number }
  | { kind: "wrapped"; stops: false; folder: string }
  | { kind: "code"; stops: false; path: string }
  | { kind: "several"; stops: true; extensions: readonly string[] }
  | { kind: "extension"; stops: true; name: string; extensions: readonly string[] };

const CODE = /\.(py|sh|r|jl|ipynb|cpp|c|java)$/i;

/** `members` null: what is in it could not be told. */
export function concerns(
  size: number,
  members: readonly Member[] | null,
  { submission_bytes: most, bytes }: Pick<Quota, "submission_bytes" | "bytes">,
  isResultsOnly: boolean,
): Concern[] {
  const paths = (members ?? []).map(({ path }) => path).filter((path) => !isLitter(path));
  const found: Concern[] = [];
  if (members && paths.length === 0) found.push({ kind: "empty", stops: true });
  if (most !== null && size > most) found.push({ kind: "large", stops: true, size, limit: most });
  if (bytes && size > bytes.left) found.push({ kind: "storage", stops: true, size, limit: bytes.left });
  const folder = wrapping(paths);
  if (folder !== null) found.push({ kind: "wrapped", stops: false, folder });
  const code = paths.find((path) => CODE.test(path));
  if (isResultsOnly && code !== undefined) found.push({ kind: "code", stops: false, path: code });
  return found;
}

/** Of what is to be handed in as one plain file with one of these extensions: `alone` is null where it is none. */
export function concernsOfPlain(
  alone: { name: string; size: number } | null,
  extensions: readonly string[],
  quota: Pick<Quota, "submission_bytes" | "bytes">,
): Concern[] {
  if (!alone) return [{ kind: "several", stops: true, extensions }];
  if (!extensions.includes(extensionOf(alone.name)))
    return [{ kind: "extension", stops: true, name: alone.name, extensions }];
  return concerns(alone.size, alone.size ? null : [], quota, false);
}

/** A submission's name, of the file or folder that was chosen. */
export function nameOf(file: string): string {
  const name = file.replace(/\.zip$/i, "");
  return Array.from(name).slice(0, 100).join("");
}
