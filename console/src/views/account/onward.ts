/** Where somebody was going when they had to sign in, carried from page to page as `next`. */
import { go, type Place } from "../../router";

/** Where an address leads on within this site; null: nowhere. Another site's address would trick who trusts this one. */
export function nextIn({ query }: Pick<Place, "query">, origin = location.origin): string | null {
  const next = query.get("next") ?? "";
  // "//host" and "/\host" are other sites'; the parser says what a browser makes of it.
  const isWithin = next.startsWith("/") && URL.canParse(next, origin) && new URL(next, origin).origin === origin;
  return isWithin ? next : null;
}

/** Moves on to there, or home. */
export function goOn(place: Place): void {
  go(nextIn(place) ?? "/", "replace");
}
