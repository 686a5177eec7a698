/** Reads of the API, and what went wrong with one in words for a person. */

const BASE = "/api/v1";

/** A refused or failed read. `status` 0: no answer of the API came at all. */
export class Problem extends Error {
  constructor(readonly status: number, readonly title: string, readonly detail: string) {
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

async function ask(path: string, signal: AbortSignal, etag: string | null): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  if (etag) headers["If-None-Match"] = etag;
  try {
    return await fetch(BASE + path, { headers, signal });
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
  const { title, detail } = (body ?? {}) as { title?: unknown; detail?: unknown };
  return new Problem(
    status,
    typeof title === "string" ? title : `The server answered ${status}`,
    typeof detail === "string" ? detail : "It gave no further explanation.",
  );
}
