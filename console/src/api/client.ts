/** Calls of the API, and what went wrong with one in words for a person. */
import { accessToken } from "./session";

const BASE = "/api/v1";

/** What is wrong with one field of what was sent. */
export interface Complaint { place: string; message: string }

/** A refused or failed call. `status` 0: no answer of the API came at all. `errors` name the fields to mend. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string, readonly errors: readonly Complaint[] = []) {
    super(`${title}: ${detail}`);
  }

  get isWorthRetrying(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What a read brought. `value` is absent when the copy that `etag` named is still good. */
export interface Answer<T> { value?: T; etag: string | null }

/** Reads `path` below the API's base. Throws Problem; an aborted read throws the signal's own error. */
export async function get<T>(path: string, signal: AbortSignal, etag: string | null = null): Promise<Answer<T>> {
  const response = await ask(path, signal, etag);
  if (response.status === 304) return { etag };
  const body = await readJson(response, signal);
  if (!response.ok) throw refusal(response.status, body);
  return { value: body as T, etag: response.headers.get("ETag") };
}

/** Reads once, for who does not look on. Throws Problem. */
export async function read<T>(path: string): Promise<T> {
  return (await get<T>(path, new AbortController().signal)).value as T;
}

/** Has something done, as whoever is signed in or with `token`. Throws Problem. */
export async function send<T>(method: string, path: string, body: unknown = {}, token?: string | null): Promise<T> {
  const signal = new AbortController().signal;
  const headers = { "Content-Type": "application/json", ...bearer(token === undefined ? await accessToken() : token) };
  const response = await fetchOr(path, { method, headers, signal, body: JSON.stringify(body) });
  const answer = await readJson(response, signal);
  if (!response.ok) throw refusal(response.status, answer);
  return answer as T;
}

async function ask(path: string, signal: AbortSignal, etag: string | null): Promise<Response> {
  const headers: Record<string, string> = bearer(await accessToken());
  if (etag) headers["If-None-Match"] = etag;
  return fetchOr(path, { headers, signal });
}

function bearer(token: string | null): Record<string, string> {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

async function fetchOr(path: string, request: RequestInit & { signal: AbortSignal }): Promise<Response> {
  const { signal } = request;
  const headers = { Accept: "application/json, application/problem+json", ...request.headers };
  try {
    return await fetch(BASE + path, { ...request, headers });
  } catch (error) {
    signal.throwIfAborted();
    throw new Problem(0, "The server cannot be reached", "Check your connection, then try again.");
  }
}

async function readJson(response: Response, signal: AbortSignal): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    signal.throwIfAborted();
    throw new Problem(
      response.ok ? 0 : response.status,
      "The server gave no readable answer",
      `It answered ${response.status} without JSON. It may still be starting; try again in a moment.`,
    );
  }
}

function refusal(status: number, body: unknown): Problem {
  const { title, detail, errors } = (body ?? {}) as { title?: unknown; detail?: unknown; errors?: unknown };
  return new Problem(
    status,
    typeof title === "string" ? title : `The server answered ${status}`,
    typeof detail === "string" ? detail : "It gave no further explanation.",
    Array.isArray(errors) ? (errors as Complaint[]) : [],
  );
}
