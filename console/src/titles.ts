/** The window's title: what one looks at, then where that is. */

/** `Leaderboard · Iris · Agon`, of what is known yet. */
export function entitle(...parts: readonly (string | null | undefined)[]): void {
  document.title = [...parts, "Agon"].filter(Boolean).join(" · ");
}
