/**
 * Who is signed in, in all tabs of this browser.
 *
 * The access token is in memory only; the refresh token is a cookie that no script can read. What is stored is the name, so
 * that a new tab knows whether to ask for a token at all. Tabs tell each other who has signed in or out.
 */
import { call } from "./call";
import { Problem } from "./problem";

export interface Session {
  username: string;
}
interface Access {
  token: string;
  expiresAt: number;
}

const KEY = "agon.user";
/** Heard on `window` when somebody has signed in or out. */
export const CHANGED = "agon-session";
/** Heard on `window` when the sign-in is over in the middle of a page: `signIn` goes on with it, `signOut` ends it. */
export const EXPIRED = "agon-expired";
/** The code of the Problem that a sign-in without a code of the authenticator is, where the account asks for one. */
export const SECOND_STEP = "second_step";
/** A token that dies within this time is renewed first. */
const MARGIN_MS = 60_000;
/** What the end of a session is answered with that was ended elsewhere. */
const OVER: readonly number[] = [401, 404];
/** No page of another origin can send it: see the API's routes of browsers. */
const OURS = { header: { "Agon-Browser": "1" } } as const;

const tabs = new BroadcastChannel(CHANGED);
let username = stored();
let access: Access | null = null;
let renewing: Promise<string | null> | undefined;
/** Those who wait for the reader to sign in again. */
let waiting: { promise: Promise<string | null>; end: (token: string | null) => void } | undefined;
/** True once this page had a token: only then a sign-in that is over interrupts somebody. */
let hadToken = false;

tabs.addEventListener("message", ({ data }: MessageEvent<string | null>) => hear(data));

export function current(): Session | null {
  return username === null ? null : { username };
}

/** True while the sign-in is over and its page waits. */
export function isExpired(): boolean {
  return waiting !== undefined;
}

/** Throws Problem when the name, the password or the code is wrong, or a code is asked for (`SECOND_STEP`). */
export async function signIn(name: string, password: string, code?: string): Promise<void> {
  const body = { username: name, password, ...(code ? { code } : {}) };
  const { value } = await call("post", "/v1/sessions/browser", { params: OURS, body }, { token: null });
  if (!value) return;
  become(name, keep(value));
  tabs.postMessage(name);
}

/**
 * Ends this session, or every one of the account. Throws Problem where the API cannot be reached: then one is still signed in.
 */
export async function signOut(isEverywhere = false): Promise<void> {
  // Who waits for a sign-in that is over has none to end.
  const token = waiting ? null : await accessToken();
  if (token) {
    const ended = isEverywhere
      ? call("post", "/v1/sessions/end", {}, { token })
      : call("delete", "/v1/sessions/{session}", { params: { path: { session: "current" } } }, { token });
    await ended.catch((error: unknown) => {
      if (!(error instanceof Problem) || !OVER.includes(error.status)) throw error;
    });
  }
  become(null, null);
  tabs.postMessage(null);
}

/** The token to call with; null for nobody. Where the sign-in is over, it waits until one has signed in again, or out. */
export async function accessToken(now = Date.now()): Promise<string | null> {
  if (username === null) return null;
  if (access && access.expiresAt - MARGIN_MS > now) return access.token;
  if (waiting) return waiting.promise;
  renewing ??= renew().finally(() => (renewing = undefined));
  return renewing;
}

/** To be called when the API refused a token: it may have been ended elsewhere. */
export function distrust(token: string): void {
  if (access?.token === token) access = null;
}

async function renew(): Promise<string | null> {
  const name = username;
  try {
    const { value } = await call("post", "/v1/sessions/browser/refresh", { params: OURS }, { token: null });
    // Meanwhile somebody else may have signed in.
    return value && name === username ? keep(value) : (access?.token ?? null);
  } catch (error) {
    if (!(error instanceof Problem) || error.isWorthRetrying) throw error;
    if (hadToken) return expire();
    become(null, null);
    return null;
  }
}

function expire(): Promise<string | null> {
  if (!waiting) {
    let end: (token: string | null) => void = () => undefined;
    waiting = { promise: new Promise((resolve) => (end = resolve)), end: (token) => end(token) };
    dispatchEvent(new Event(EXPIRED));
  }
  return waiting.promise;
}

function keep(tokens: { access_token: string; expires_in_seconds: number }): string {
  access = { token: tokens.access_token, expiresAt: Date.now() + tokens.expires_in_seconds * 1000 };
  hadToken = true;
  return access.token;
}

/** `token` goes to those who wait, if it is still the same person. */
function become(name: string | null, token: string | null): void {
  const former = username;
  username = name;
  if (name === null) access = null;
  store(name);
  waiting?.end(former === name ? token : null);
  waiting = undefined;
  if (former !== name || name === null) dispatchEvent(new Event(CHANGED));
  else dispatchEvent(new Event(EXPIRED));
}

/** What another tab tells: its cookie is ours. */
function hear(name: string | null): void {
  access = null;
  if (name !== null && name === username && waiting) {
    const { end } = waiting;
    waiting = undefined;
    void accessToken().then(end, () => end(null));
    dispatchEvent(new Event(EXPIRED));
  } else if (name !== username) {
    hadToken = false;
    become(name, null);
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // Storage is switched off: one is signed in for as long as the page is open.
  }
}

function store(name: string | null): void {
  try {
    if (name === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, name);
  } catch {
    // As above.
  }
}
