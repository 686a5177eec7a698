/**
 * The focus never falls to the body. A button that is busy, and therefore disabled, has it again when it is done; where what
 * had it is gone or hidden, the nearest that is left of what was around it has it, so that Tab goes on from there.
 */
let had: HTMLElement | null = null;
/** What is around it, from the inside out. */
let around: HTMLElement[] = [];

export function keepFocus(root: HTMLElement): void {
  addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    had = target;
    around = ancestors(target);
  });
  // Who clicks on nothing wants to be nowhere.
  addEventListener("pointerdown", ({ target }) => {
    if (had && target instanceof Node && !had.contains(target)) had = null;
  });
  const attributeFilter = ["disabled", "hidden", "open"];
  new MutationObserver(hold).observe(root, { subtree: true, childList: true, attributeFilter });
}

function hold(changes: readonly MutationRecord[]): void {
  if (!had || (document.activeElement !== document.body && document.activeElement !== had)) return;
  if (!had.isConnected || isHidden(had, changes)) {
    had = null;
    around.some(take);
  } else if (had.matches(":disabled")) {
    waitFor(had);
  }
}

/** Asked only where something was hidden or closed: the answer has the page laid out. */
function isHidden(element: HTMLElement, changes: readonly MutationRecord[]): boolean {
  return changes.some(({ attributeName: name }) => name === "hidden" || name === "open") && !element.checkVisibility();
}

/** Gives the focus back to a button that is busy, unless it has gone elsewhere meanwhile. */
function waitFor(button: HTMLElement): void {
  const done = new MutationObserver(() => {
    if (button.matches(":disabled")) return;
    done.disconnect();
    if (document.activeElement === document.body && button.isConnected) button.focus({ preventScroll: true });
  });
  done.observe(button, { attributeFilter: ["disabled"] });
}

/** True where it has the focus now. */
function take(element: HTMLElement): boolean {
  element.focus({ preventScroll: true });
  if (document.activeElement === element) return true;
  if (!element.isConnected) return false;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}

/** Up to the page, but for our own elements, which have no box of their own; of what can be closed first the line that stays. */
function ancestors(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    const line = at instanceof HTMLDetailsElement ? at.querySelector<HTMLElement>(":scope > summary") : null;
    if (line && line !== element) found.push(line);
    if (!at.localName.includes("-")) found.push(at);
  }
  return found;
}
