/**
 * The focus never falls to the body. A button that is busy, and therefore disabled, has it again when it is done; where what
 * had it is gone, the nearest that is left of what was around it has it.
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
  new MutationObserver(hold).observe(root, { subtree: true, childList: true, attributeFilter: ["disabled"] });
}

function hold(): void {
  if (!had || (document.activeElement !== document.body && document.activeElement !== had)) return;
  if (!had.isConnected) {
    const left = around.find(({ isConnected }) => isConnected);
    had = null;
    if (left) take(left);
  } else if (had.matches(":disabled")) {
    waitFor(had);
  }
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

function take(element: HTMLElement): void {
  element.focus({ preventScroll: true });
  if (document.activeElement === element) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

function ancestors(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (at.matches("main, section, form, nav, header, dialog, article")) found.push(at);
  }
  return found;
}
