/** Who is signed in: for as long as the tab is open, and in no other. */
import { Problem, send } from "./client";

export interface Session { username: string; accessToken: string; refreshToken: string; expiresAt: number }
interface Tokens { access_token: string; refresh_token: string; expires_in_seconds: number }

const KEY = "agon.session";
/** Heard on `window` when somebody has signed in or out. */
export const CHANGED = "agon-session";
/** A token that dies within this time is renewed first. */
const MARGIN_MS = 60_000;

export function current(): Session | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Session | null;
  } catch {
    return null;
  }
}

/** Throws Problem when the name or the password is wrong. */
export async function signIn(username: string, password: string): Promise<void> {
  keep(username, await send<Tokens>("POST", "/sessions", { username, password }, null));
}

export function signOut(): void {
  keep("", null);
}

/** The token to call with; null for nobody, also when the sign-in is over. */
export async function accessToken(now = Date.now()): Promise<string | null> {
  const session = current();
  if (!session) return null;
  if (session.expiresAt - MARGIN_MS > now) return session.accessToken;
  try {
    const body = { refresh_token: session.refreshToken };
    keep(session.username, await send<Tokens>("POST", "/sessions/refresh", body, null));
  } catch (error) {
    if (!(error instanceof Problem) || error.isWorthRetrying) throw error;
    signOut();
  }
  return current()?.accessToken ?? null;
}

function keep(username: string, tokens: Tokens | null): void {
  if (tokens) {
    const expiresAt = Date.now() + tokens.expires_in_seconds * 1000;
    const session = { username, accessToken: tokens.access_token, refreshToken: tokens.refresh_token, expiresAt };
    sessionStorage.setItem(KEY, JSON.stringify(session));
  } else {
    sessionStorage.removeItem(KEY);
  }
  dispatchEvent(new Event(CHANGED));
}
