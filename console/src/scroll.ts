/**
 * Where one had scrolled to, for each entry of the browser's history: Back and Forward lead there again.
 *
 * The browser's own restoring comes too early: what was there is not drawn yet. So it is off, and what grows is watched.
 */
import type { Way } from "./router";

const KEY = "agon.scroll";
/** After so long without being as tall as it was, a page stays where it is. */
const PATIENCE_MS = 5000;
const positions = new Map<string, number>();
let here = "";
let restoring: { stop: () => void } | undefined;

/** Begins to note positions; after a reload it goes back to where this entry was. */
export function keepScroll(): void {
  history.scrollRestoration = "manual";
  for (const [entry, top] of kept()) positions.set(entry, top);
  addEventListener("scroll", () => restoring ?? positions.set(here, scrollY), { passive: true });
  addEventListener("pagehide", () => sessionStorage.setItem(KEY, JSON.stringify([...positions].slice(-100))));
  here = entryHere();
  restore(positions.get(here) ?? 0);
}

/** To be called before the page of an address is drawn. */
export function onArrival(way: Way): void {
  if (restoring) restoring.stop();
  // What was scrolled in this frame is told in the next one, when another page is here.
  else positions.set(here, scrollY);
  here = entryHere();
  if (way === "history") restore(positions.get(here) ?? 0);
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
  const given = ["wheel", "touchstart", "keydown", "pointerdown"] as const;
  const stop = (): void => {
    grown.disconnect();
    window.clearTimeout(timer);
    for (const kind of given) removeEventListener(kind, stop);
    restoring = undefined;
  };
  const timer = window.setTimeout(stop, PATIENCE_MS);
  for (const kind of given) addEventListener(kind, stop, { passive: true });
  restoring = { stop };
  grown.observe(document.body);

  function reach(): void {
    scrollTo(0, top);
    if (Math.abs(scrollY - top) < 2) stop();
  }
}

function kept(): [string, number][] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "[]") as [string, number][];
  } catch {
    return [];
  }
}
