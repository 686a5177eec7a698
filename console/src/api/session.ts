/** Who is signed in: for as long as the tab is open, and in no other. */
import { call } from "./call";
import { Problem } from "./problem";
import type { Session as Tokens } from "./shapes";

export interface Session {
  username: string;
  accessToken: string;
  refreshToken: string;
  expiresAt: number;
}

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
  const { value } = await call("post", "/v1/sessions", { body: { username, password } }, { token: null });
  if (value) keep(username, value);
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
    const { value } = await call("post", "/v1/sessions/refresh", { body }, { token: null });
    if (value) keep(session.username, value);
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
