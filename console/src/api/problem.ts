/** What went wrong with a call, in words for a person. */
import { look, t } from "../words/words";

/** What is wrong with one field of what was sent. `code` and `params` say the same to who reads another language. */
export interface Complaint {
  place: string;
  message: string;
  code?: string;
  params?: Readonly<Record<string, string | number | boolean>>;
}

/** A refused or failed call. `status` 0: no answer of the API came at all. `errors` name the fields to mend. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly Complaint[] = [],
    /** What kind of refusal it is, by a name that stays; empty where no answer of the API came. */
    readonly code = "",
  ) {
    super(`${title}: ${detail}`);
  }

  get isWorthRetrying(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/**
 * The problem that an answer's body describes. Where the catalogue has its code, and what the code's sentence tells, the words
 * are the catalogue's; otherwise they are the API's own, which are English.
 */
export function refusal(status: number, body: unknown): Problem {
  const { title, detail, errors, code } = (body ?? {}) as Partial<Record<"title" | "detail" | "errors" | "code", unknown>>;
  const kind = typeof code === "string" ? code : "";
  return new Problem(
    status,
    look(`problems.${kind}`) ?? (typeof title === "string" ? title : t("problems.unknown", { status })),
    look(`details.${kind}`) ?? (typeof detail === "string" ? detail : t("details.unknown")),
    Array.isArray(errors) ? (errors as Complaint[]).map(inWords) : [],
    kind,
  );
}

function inWords(complaint: Complaint): Complaint {
  const { code, params = {} } = complaint;
  const count = Object.values(params).find((value) => typeof value === "number");
  const message = code && look(`codes.${code}`, { count, ...params });
  return message ? { ...complaint, message } : complaint;
}

/** An answer that is not the API's: a proxy's page, or none yet from one that starts. */
export function unreadable(status: number): Problem {
  return new Problem(status >= 400 ? status : 0, t("problems.unreadable"), t("details.unreadable", { status }));
}

export function unreachable(): Problem {
  return new Problem(0, t("problems.unreachable"), t("details.unreachable"));
}
