/** Calls of the API as whoever is signed in. */
import { call, type Answer, type Method, type Path, type Reply, type Rest } from "./call";
import { unreadable } from "./problem";
import { accessToken } from "./session";

/** Asks for something, or has it done. Throws Problem. */
export async function ask<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  ...[given]: Rest<M, P>
): Promise<Reply<M, P>> {
  const { value } = await call(method, path, given, { token: await accessToken() });
  if (value === undefined) throw unreadable(304);
  return value;
}

/** What can be read again and again. Two of the same `key` are the same. */
export interface Reading<T> {
  key: string;
  /** Throws Problem; an aborted read throws the signal's own reason. */
  read: (signal: AbortSignal, etag: string | null) => Promise<Answer<T>>;
}

export function reading<P extends Path<"get">>(path: P, ...[given]: Rest<"get", P>): Reading<Reply<"get", P>> {
  return {
    key: JSON.stringify([path, given]),
    read: async (signal, etag) => call("get", path, given, { token: await accessToken(), signal, etag }),
  };
}

/** The same, to be read anew when `sign` changes. */
export function since<T>(sign: unknown, { key, read }: Reading<T>): Reading<T> {
  return { key: `${key} ${String(sign)}`, read };
}
