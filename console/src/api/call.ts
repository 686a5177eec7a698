/** The one door to the API: a call knows no path, parameter, body or answer but those of the API's document. */
import createClient, {
  type Client,
  type ClientPathsWithMethod,
  type MethodResponse,
  type ParamsOption,
  type RequestBodyOption,
} from "openapi-fetch";
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

/** Calls the API on the page's own origin. Throws Problem; an aborted call throws the signal's own reason. */
export async function call<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  given: Given<M, P> | undefined,
  { token, signal, etag = null }: Caller,
): Promise<Answer<Reply<M, P>>> {
  const headers = { Authorization: token && `Bearer ${token}`, "If-None-Match": etag };
  const { data, error, response } = await request(method, path, { ...given, signal, headers }).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw cause instanceof Problem ? cause : unreachable();
  });
  if (response.status === 304) return { etag };
  if (data === undefined) throw refusal(response.status, error);
  return { value: data as Reply<M, P>, etag: response.headers.get("ETag") };
}
