/** What went wrong with a call, in words for a person. */

/** What is wrong with one field of what was sent. */
export interface Complaint {
  place: string;
  message: string;
}

/** A refused or failed call. `status` 0: no answer of the API came at all. `errors` name the fields to mend. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly Complaint[] = [],
  ) {
    super(`${title}: ${detail}`);
  }

  get isWorthRetrying(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The problem that an answer's body describes. */
export function refusal(status: number, body: unknown): Problem {
  const { title, detail, errors } = (body ?? {}) as { title?: unknown; detail?: unknown; errors?: unknown };
  return new Problem(
    status,
    typeof title === "string" ? title : `The server answered ${status}`,
    typeof detail === "string" ? detail : "It gave no further explanation.",
    Array.isArray(errors) ? (errors as Complaint[]) : [],
  );
}

/** An answer that is not the API's: a proxy's page, or none yet from one that starts. */
export function unreadable(status: number): Problem {
  return new Problem(
    status >= 400 ? status : 0,
    "The server gave no readable answer",
    `It answered ${status} without JSON. It may still be starting; try again in a moment.`,
  );
}

export function unreachable(): Problem {
  return new Problem(0, "The server cannot be reached", "Check your connection, then try again.");
}
