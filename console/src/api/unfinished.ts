/** Uploads that were begun in this browser and have not been used: what the same file goes on with, for a day. */
import { ask } from "./client";
import { Problem } from "./problem";
import { current } from "./session";
import type { UploadInProgress } from "./shapes";

const KEY = "agon.uploads";
/** Sites throw away what was begun and not used by then. */
const KEPT_MS = 24 * 3600 * 1000;
type Entries = Record<string, { id: string; at: number; name?: string; by?: string }>;

/** `name` is the file's, for its owner to choose it again. */
export function remember(what: string, id: string, name: string): void {
  write({ ...read(), [what]: { id, at: Date.now(), name, by: current()?.username } });
}

/** The names of one's files that were not sent whole, in this browser and not long ago. */
export function brokenOff(): string[] {
  return Object.values(own()).flatMap(({ name }) => (name ? [name] : []));
}

export function forget(what: string): void {
  write(Object.fromEntries(Object.entries(read()).filter(([key]) => key !== what)));
}

/** How far an upload is that was begun before; nothing where there was none, or it is somebody else's, gone or used. */
export async function begunBefore(what: string): Promise<UploadInProgress | undefined> {
  const known = own()[what];
  if (!known) return undefined;
  try {
    const found = await ask("get", "/v1/uploads/{upload}", { params: { path: { upload: known.id } } });
    return found.state === "used" ? undefined : found;
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 409)) return undefined;
    throw error;
  }
}

function own(): Entries {
  return Object.fromEntries(Object.entries(read()).filter(([, { by }]) => by === current()?.username));
}

function read(): Entries {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Entries;
    return Object.fromEntries(Object.entries(kept).filter(([, { at }]) => Date.now() - at < KEPT_MS));
  } catch {
    // Nothing is kept, or no browser keeps it: the file is sent whole.
    return {};
  }
}

function write(entries: Entries): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(entries));
  } catch {
    // As above.
  }
}
