/** What was dropped or chosen: a zip as it is, a folder or plain files to be zipped here. */
import { Problem } from "../../api/problem";
import { isLitter } from "../../handing";
import { t } from "../../words/words";
import type { Entry } from "../../zip/writing";

export interface Chosen {
  /** What it is called: the file, or the folder. */
  name: string;
  size: number;
  /** The zip itself, or what is to be zipped. */
  zip: File | null;
  entries: Entry[];
  /** The one file that was chosen by itself, whatever it is. */
  alone: File | null;
}

/** Of files that were chosen one by one, or as a folder. Null where there is none. */
export function ofFiles(files: readonly File[]): Chosen | null {
  const [first] = files;
  if (!first) return null;
  if (files.length === 1 && !first.webkitRelativePath && isZip(first))
    return { name: first.name, size: first.size, zip: first, entries: [], alone: first };
  const folder = first.webkitRelativePath.split("/")[0];
  const entries = files.map((file) => ({ path: file.webkitRelativePath.split("/").slice(1).join("/") || file.name, file }));
  return { ...chosen(folder || first.name, entries), alone: files.length === 1 && !folder ? first : null };
}

/** Of what was dropped. The files of one folder lie at the top of its zip; of several things each folder is one there. */
export async function ofDrop({ items, files }: DataTransfer): Promise<Chosen | null> {
  // The lists are empty as soon as the event is over.
  const [all, plain] = [[...items].flatMap((item) => item.webkitGetAsEntry() ?? []), [...files]];
  const [first] = all;
  if (!first || !all.some(({ isDirectory }) => isDirectory)) return ofFiles(plain);
  const path = (name: string): string => (all.length === 1 ? "" : `${name}/`);
  const found = await Promise.all(
    all.map(async (one) =>
      one.isDirectory
        ? within(one as FileSystemDirectoryEntry, path(one.name))
        : [{ path: one.name, file: await fileOf(one as FileSystemFileEntry) }],
    ),
  );
  return chosen(first.name, found.flat());
}

/** What to tell of a file or folder that cannot be read; what is no such thing is thrown on. */
export function unreadable(error: unknown): Problem {
  if (!(error instanceof DOMException)) throw error;
  return new Problem(400, t("form.unreadable"), t("form.unreadable_hint"));
}

function chosen(name: string, all: Entry[]): Chosen {
  const entries = all.filter(({ path }) => !isLitter(path));
  return { name, size: entries.reduce((sum, { file }) => sum + file.size, 0), zip: null, entries, alone: null };
}

function isZip({ name, type }: File): boolean {
  return name.toLowerCase().endsWith(".zip") || type === "application/zip" || type === "application/x-zip-compressed";
}

async function within(folder: FileSystemDirectoryEntry, path: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (const one of await all(folder)) {
    if (one.isDirectory) found.push(...(await within(one as FileSystemDirectoryEntry, `${path}${one.name}/`)));
    else found.push({ path: path + one.name, file: await fileOf(one as FileSystemFileEntry) });
  }
  return found;
}

/** A reader gives some at a time, and none at the end. */
async function all(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
