/** The one door to the API: a call knows no path, parameter, body or answer but those of the API's document. */
import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MethodResponse,
  type ParamsOption,
  type RequestBodyOption,
} from "openapi-fetch";
import { challengeOf, solve } from "./challenge";
import { Problem, refusal, unreachable, unreadable } from "./problem";
import type { paths } from "./shapes";

export type Method = "get" | "post" | "patch" | "delete";
export type Path<M extends Method> = ClientPathsWithMethod<Client<paths>, M>;
/** What a call is given. The library's own type of it lets through what the document does not know. */
export type Given<M extends Method, P extends Path<M>> = ParamsOption<paths[P][M]> & RequestBodyOption<paths[P][M]>;
/** The arguments after the path: none where nothing must be given. */
export type Rest<M extends Method, P extends Path<M>> =
  object extends Given<M, P> ? [given?: Given<M, P>] : [given: Given<M, P>];
export type Reply<M extends Method, P extends Path<M>> = MethodResponse<Client<paths>, M, P>;

/** Who calls, and what they have: `etag` names a copy that may still be good. */
export interface Caller {
  token: string | null;
  signal?: AbortSignal;
  etag?: string | null;
}

/** What a call brought. `value` is absent when the copy that `etag` named is still good. */
export interface Answer<T> {
  value?: T;
  etag: string | null;
}

const client = createClient<paths>({
  baseUrl: `${location.origin}/api`,
  headers: { Accept: "application/json, application/problem+json" },
});
client.use({
  onResponse({ response: { status, headers } }) {
    if (status !== 304 && !headers.get("Content-Type")?.includes("json")) throw unreadable(status);
  },
});

/** Without its types, which `call` has in a stricter form. */
const request = client.request as (
  method: Method,
  path: string,
  init: object,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** So long API Gateway waits for a function at most (29 s). Who has not answered by then does not. */
const PATIENCE_MS = 30_000;

/** Calls the API on the page's own origin. Throws Problem; an aborted call throws the signal's own reason. */
export async function call<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  given: Given<M, P> | undefined,
  { token, signal, etag = null }: Caller,
): Promise<Answer<Reply<M, P>>> {
  const headers = { Authorization: token && `Bearer ${token}`, "If-None-Match": etag };
  const send = async (more = {}) => {
    const patience = bounded(signal);
    try {
      return await request(method, path, { ...given, signal: patience.signal, headers: { ...headers, ...more } });
    } catch (cause) {
      signal?.throwIfAborted();
      throw cause instanceof Problem ? cause : unreachable();
    } finally {
      patience.end();
    }
  };
  let { data, error, response } = await send();
  const challenge = response.status === 429 ? challengeOf(error) : undefined;
  if (challenge) ({ data, error, response } = await send({ "Agon-Solution": await solve(challenge, signal) }));
  if (response.status === 304) return { etag };
  if (data === undefined) throw refusal(response.status, error);
  return { value: data as Reply<M, P>, etag: response.headers.get("ETag") };
}

/** A signal that is given with the caller's, or when patience ends. */
function bounded(signal: AbortSignal | undefined): { signal: AbortSignal; end: () => void } {
  const stop = new AbortController();
  const onAbort = (): void => stop.abort(signal?.reason);
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort);
  return {
    signal: stop.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    },
  };
}
