/** Where somebody was going when they had to sign in, carried from page to page as `next`. */
import { go, type Place } from "../../router";

/** The pages of signing in and up: nobody wants to be back there. */
const ENTRY = new Set(["agon-sign-in-page", "agon-sign-up", "agon-confirm", "agon-forgot"]);

/** Where an address leads on within this site; null: nowhere. Another site's address would trick who trusts this one. */
export function nextIn({ query }: Pick<Place, "query">, origin = location.origin): string | null {
  const next = query.get("next") ?? "";
  // "//host" and "/\host" are other sites'; the parser says what a browser makes of it.
  const isWithin = next.startsWith("/") && URL.canParse(next, origin) && new URL(next, origin).origin === origin;
  return isWithin ? next : null;
}

/** Where somebody goes on who signs in from a place: back there, or where a page of signing in was to lead them. */
export function onwardFrom({ page, path, query }: Place): string | null {
  if (page && ENTRY.has(page.tag)) return nextIn({ query });
  const said = query.toString();
  return said ? `${path}?${said}` : path;
}

/** Moves on to there, or home. */
export function goOn(place: Place): void {
  go(nextIn(place) ?? "/", "replace");
}
