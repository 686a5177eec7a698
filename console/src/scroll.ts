/**
 * Where one had scrolled to, for each entry of the browser's history: Back and Forward lead there again.
 *
 * The browser's own restoring comes too early: what was there is not drawn yet. So it is off, and what grows is watched.
 * What scrolls in a frame of its own says its name in `data-scroll`, and in `data-rows` how much of it was there: it asks
 * `wasAt` where it was, and goes there by itself.
 */
import type { Way } from "./router";

/** How far a frame in a page was scrolled, and how many rows it had. */
export interface Inside {
  top: number;
  rows: number;
}

const [KEY, KEY_INSIDE] = ["agon.scroll", "agon.scroll.inside"];
const MOST_ENTRIES = 100;
/** After so long without being as tall as it was, a page stays where it is. */
export const PATIENCE_MS = 5000;
/** A reader who does one of these goes elsewhere by themselves. */
export const BY_READERS = ["wheel", "touchstart", "keydown", "pointerdown"] as const;
const positions = new Map<string, number>();
const insides = new Map<string, Readonly<Record<string, Inside>>>();
let here = "";
let restoring: { stop: () => void } | undefined;

/** Begins to note positions; after a reload it goes back to where this entry was. */
export function keepScroll(): void {
  history.scrollRestoration = "manual";
  for (const [entry, top] of kept<number>(KEY)) positions.set(entry, top);
  for (const [entry, inside] of kept<Readonly<Record<string, Inside>>>(KEY_INSIDE)) insides.set(entry, inside);
  addEventListener("scroll", () => restoring ?? positions.set(here, scrollY), { passive: true });
  addEventListener("pagehide", () => {
    noteInside();
    keep(KEY, positions);
    keep(KEY_INSIDE, insides);
  });
  here = entryHere();
  restore(positions.get(here) ?? 0);
}

/** To be called before the page of an address is drawn. */
export function onArrival(way: Way): void {
  if (restoring) restoring.stop();
  // What was scrolled in this frame is told in the next one, when another page is here.
  else positions.set(here, scrollY);
  noteInside();
  here = entryHere();
  if (way === "history") restore(positions.get(here) ?? 0);
}

/** Where a frame was when this entry of the history was left; undefined: it was not there. */
export function wasAt(name: string): Inside | undefined {
  return insides.get(here)?.[name];
}

function noteInside(): void {
  const frames = [...document.querySelectorAll<HTMLElement>("[data-scroll]")];
  const told = frames.map(({ dataset: { scroll = "", rows }, scrollTop: top }) => [
    scroll,
    { top, rows: Number(rows) || 0 },
  ]);
  insides.set(here, Object.fromEntries(told) as Record<string, Inside>);
}

/** As after a real page load: the reader starts at the top. */
export function toTop(): void {
  restoring?.stop();
  scrollTo(0, 0);
}

/** The name of this entry of the history, which it keeps. */
function entryHere(): string {
  const state = history.state as { entry?: string } | null;
  if (state?.entry) return state.entry;
  const entry = crypto.randomUUID();
  history.replaceState({ ...state, entry }, "");
  return entry;
}

/** Scrolls as soon as the page is tall enough, unless its reader scrolls first. */
function restore(top: number): void {
  if (top === 0) {
    scrollTo(0, 0);
    return;
  }
  const grown = new ResizeObserver(reach);
  const stop = (): void => {
    grown.disconnect();
    window.clearTimeout(timer);
    for (const kind of BY_READERS) removeEventListener(kind, stop);
    restoring = undefined;
  };
  const timer = window.setTimeout(stop, PATIENCE_MS);
  for (const kind of BY_READERS) addEventListener(kind, stop, { passive: true });
  restoring = { stop };
  grown.observe(document.body);

  function reach(): void {
    scrollTo(0, top);
    // What loads may be taller than what comes.
    if (Math.abs(scrollY - top) < 2 && !document.querySelector("[data-arriving], main .loading")) stop();
  }
}

function keep(key: string, known: ReadonlyMap<string, unknown>): void {
  sessionStorage.setItem(key, JSON.stringify([...known].slice(-MOST_ENTRIES)));
}

function kept<T>(key: string): [string, T][] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]") as [string, T][];
  } catch {
    return [];
  }
}
