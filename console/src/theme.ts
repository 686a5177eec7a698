/** Light, dark, or as the system has it: kept in this browser. */
const KEY = "agon.theme";
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

export function theme(): Theme {
  try {
    return THEMES.find((one) => one === localStorage.getItem(KEY)) ?? "system";
  } catch {
    return "system"; // Storage is switched off.
  }
}

export function chooseTheme(next: Theme): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // It holds for as long as the page is open.
  }
  wear(next);
}

/** Every colour follows `color-scheme` (styles/tokens.css). */
export function wear(one = theme()): void {
  document.documentElement.dataset.theme = one;
}
