/**
 * What was read of the API, by address: shown at once when it is wanted again, and read anew where it may be old.
 *
 * A view has it by a `Resource`. What is fresh costs no call, what fails is tried again with growing pauses and when the
 * network is back, and an old value stays beside the problem. What changes something (`ask`) makes everything count as old,
 * and has read anew at once what is being shown below the same noun and id.
 */
import type { Reading } from "./client";
import { Problem } from "./problem";
import { CHANGED as SESSION } from "./session";

/** What is known of an answer. */
export interface Known<T> {
  value?: T;
  /** Why the last read failed. Beside a `value`: that value is old. */
  problem?: Problem;
  checkedAt?: Date;
}

interface Entry {
  wish: Reading<unknown>;
  known: Known<unknown>;
  etag: string | null;
  /** In milliseconds: when its last good read began. */
  askedAt: number;
  watchers: Set<() => void>;
  failures: number;
  reading?: AbortController;
  timer?: number;
}

/** Within this time an answer counts as fresh, unless something was changed. */
const FRESH_MS = 15_000;
const MOST_ENTRIES = 200;
const LONGEST_PAUSE_MS = 30_000;
/** Heard on `window` when the API can be reached no more, or again. */
export const CONNECTION = "agon-connection";

const entries = new Map<string, Entry>();
let changedAt = 0;
let wasLost = false;

/** One view's sight of an answer, until it `leave`s. */
export interface Watch<T> {
  readonly known: Known<T>;
  /** True when what is known was fresh as the watch began, or was read since. */
  readonly isCurrent: boolean;
  /** Reads anew, also what is being read: that may have begun too early. */
  reload: () => void;
  leave: () => void;
}

/** Begins to watch an answer; `changed` is called when more is known of it. */
export function watch<T>(wish: Reading<T>, changed: () => void): Watch<T> {
  const entry: Entry = entries.get(wish.key) ?? blank(wish);
  entry.wish = wish;
  // What was wanted last stands last: the first ones are forgotten first.
  entries.delete(wish.key);
  entries.set(wish.key, entry);
  let isCurrent = isFresh(entry);
  const heard = (): void => {
    isCurrent ||= entry.known.problem === undefined;
    changed();
  };
  entry.watchers.add(heard);
  if (!entry.reading && !isFresh(entry)) void read(entry);
  return {
    get known() {
      return entry.known as Known<T>;
    },
    get isCurrent() {
      return isCurrent;
    },
    reload: () => again(entry),
    leave: () => leave(entry, heard),
  };
}

/** Makes everything count as old, and reads anew what is shown at a path of the API or below it. */
export function invalidate(path: string): void {
  changedAt = Date.now();
  const ids = idsByPath();
  const changed = byId(path, ids);
  for (const entry of entries.values()) {
    const own = byId(entry.wish.path, ids);
    if (entry.watchers.size > 0 && (own === changed || own.startsWith(`${changed}/`))) again(entry);
  }
}

/** What was read by a name, such as a competition by its slug: its path, and the id that it has. */
function idsByPath(): Map<string, string> {
  const found = new Map<string, string>();
  for (const { wish, known } of entries.values()) {
    const { id } = (known.value ?? {}) as { id?: unknown };
    if (typeof id === "string" && nounOf(wish.path) === wish.path) found.set(wish.path, id);
  }
  return found;
}

/** The same path with the id of what it is about. */
function byId(path: string, ids: ReadonlyMap<string, string>): string {
  const noun = nounOf(path);
  const id = ids.get(noun);
  return id === undefined ? path : noun.replace(/[^/]*$/, encodeURIComponent(id)) + path.slice(noun.length);
}

/** The path whose answers a call may have changed: a noun and its id, of whatever stands below them. */
export function nounOf(path: string): string {
  return path.split("/").slice(0, 4).join("/");
}

/** True while what is shown cannot be brought up to date, because the API does not answer. */
export function isLost(): boolean {
  return (
    !navigator.onLine ||
    [...entries.values()].some(({ watchers, known }) => watchers.size > 0 && known.problem?.status === 0)
  );
}

/** Forgets all of who was signed in, and reads what is shown as who is now. */
export function forget(): void {
  for (const [key, entry] of entries) {
    stop(entry);
    Object.assign(entry, { known: {}, etag: null, askedAt: 0, failures: 0 });
    if (entry.watchers.size === 0) entries.delete(key);
    else void read(entry);
  }
}

function blank(wish: Reading<unknown>): Entry {
  return { wish, known: {}, etag: null, askedAt: 0, watchers: new Set(), failures: 0 };
}

function isFresh({ known, askedAt }: Entry): boolean {
  return known.problem === undefined && askedAt > changedAt && Date.now() - askedAt < FRESH_MS;
}

function leave(entry: Entry, changed: () => void): void {
  entry.watchers.delete(changed);
  if (entry.watchers.size > 0) return;
  stop(entry);
  for (const [key, { watchers }] of entries) {
    if (entries.size <= MOST_ENTRIES) break;
    if (watchers.size === 0) entries.delete(key);
  }
  tellConnection();
}

function stop(entry: Entry): void {
  entry.reading?.abort();
  entry.reading = undefined;
  window.clearTimeout(entry.timer);
}

/** Soon: who asks twice in one go is given one read. */
function again(entry: Entry): void {
  stop(entry);
  entry.timer = window.setTimeout(() => void read(entry), 0);
}

async function read(entry: Entry): Promise<void> {
  stop(entry);
  const reading = (entry.reading = new AbortController());
  const askedAt = Date.now();
  try {
    const { value, etag } = await entry.wish.read(reading.signal, entry.etag);
    if (reading.signal.aborted) return;
    entry.known = { value: value ?? entry.known.value, checkedAt: new Date() };
    Object.assign(entry, { etag, askedAt, failures: 0 });
  } catch (error) {
    if (reading.signal.aborted) return;
    if (!(error instanceof Problem)) throw error;
    // What is not there any more, or not for this reader, is shown no more.
    entry.known = { ...(error.isWorthRetrying ? entry.known : {}), problem: error };
    entry.failures += 1;
    if (error.isWorthRetrying) retryLater(entry);
  } finally {
    if (entry.reading === reading) entry.reading = undefined;
  }
  for (const changed of [...entry.watchers]) changed();
  tellConnection();
}

/** After 1, 2, 4… seconds and some chance, so that not all come back at once. */
function retryLater(entry: Entry): void {
  const pause = Math.min(500 * 2 ** entry.failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2);
  entry.timer = window.setTimeout(() => {
    if (!document.hidden) void read(entry);
  }, pause);
}

/** At once when the network or the reader is back. */
function retryNow(): void {
  tellConnection();
  for (const entry of entries.values()) {
    if (entry.watchers.size > 0 && entry.known.problem?.isWorthRetrying && !document.hidden) void read(entry);
  }
}

function tellConnection(): void {
  if (isLost() === wasLost) return;
  wasLost = !wasLost;
  dispatchEvent(new Event(CONNECTION));
}

addEventListener("online", retryNow);
addEventListener("offline", tellConnection);
document.addEventListener("visibilitychange", retryNow);
addEventListener(SESSION, forget);
