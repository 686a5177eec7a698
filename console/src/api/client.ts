/** Calls of the API as whoever is signed in. */
import { call, type Answer, type Method, type Path, type Reply, type Rest } from "./call";
import { Problem, unreadable } from "./problem";
import { accessToken, distrust } from "./session";
import { invalidate, nounOf } from "./store";

/** Asks for something, or has it done; after that what is shown of the same noun is read anew. Throws Problem. */
export async function ask<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  ...[given]: Rest<M, P>
): Promise<Reply<M, P>> {
  const { value } = await signedIn((token) => call(method, path, given, { token }));
  if (value === undefined) throw unreadable(304);
  if (method !== "get") invalidate(nounOf(filled(path, given)));
  return value;
}

/** What can be read again and again. Two of the same `key` are the same. */
export interface Reading<T> {
  key: string;
  /** Its address without the query. */
  path: string;
  /** Throws Problem; an aborted read throws the signal's own reason. */
  read: (signal: AbortSignal, etag: string | null) => Promise<Answer<T>>;
}

export function reading<P extends Path<"get">>(path: P, ...[given]: Rest<"get", P>): Reading<Reply<"get", P>> {
  return {
    key: JSON.stringify([path, given]),
    path: filled(path, given),
    read: (signal, etag) => signedIn((token) => call("get", path, given, { token, signal, etag })),
  };
}

/** The same, to be read anew when `sign` changes. */
export function since<T>(sign: unknown, reading: Reading<T>): Reading<T> {
  return { ...reading, key: `${reading.key} ${String(sign)}` };
}

/** Calls with a token; where it was ended elsewhere, once more with another one. */
async function signedIn<T>(send: (token: string | null) => Promise<T>): Promise<T> {
  const token = await accessToken();
  try {
    return await send(token);
  } catch (error) {
    if (token === null || !(error instanceof Problem) || error.status !== 401) throw error;
    distrust(token);
    return send(await accessToken());
  }
}

/** The path with its parameters. */
function filled(path: string, given: unknown): string {
  const params = (given as { params?: { path?: Record<string, unknown> } } | undefined)?.params?.path ?? {};
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])));
}

/** The address of something that a browser opens by itself, such as a feed. */
export function addressOf(path: Path<"get">, params: Readonly<Record<string, string>>): string {
  return `${location.origin}/api${path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""))}`;
}
