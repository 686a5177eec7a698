/** What went wrong with a call, in words for a person. */
import { look, t } from "../words/words";
import { inWords, type Params } from "./sentences";

/** What is wrong with one field of what was sent. `code` and `params` say the same to who reads another language. */
export interface Complaint {
  place: string;
  message: string;
  code?: string;
  params?: Params;
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

type Told = Partial<Record<"title" | "detail" | "errors" | "code" | "sentence" | "params", unknown>>;

/**
 * The problem that an answer's body describes. Where the catalogue has its sentence, and what that tells, the words are the
 * catalogue's; otherwise they are the API's own, which are English. Those of `details` are for who sees a page and no program.
 */
export function refusal(status: number, body: unknown): Problem {
  const { title, detail, errors, code, sentence, params } = (body ?? {}) as Told;
  const kind = typeof code === "string" ? code : "";
  const name = typeof sentence === "string" ? sentence : kind;
  return new Problem(
    status,
    look(`problems.${kind}`) ?? (typeof title === "string" ? title : t("problems.unknown", { status })),
    look(`details.${name}`) ??
      inWords(name, (params ?? {}) as Params) ??
      (typeof detail === "string" ? detail : t("details.unknown")),
    Array.isArray(errors) ? (errors as Complaint[]).map(complaintInWords) : [],
    kind,
  );
}

function complaintInWords(complaint: Complaint): Complaint {
  const { code, params = {} } = complaint;
  const count = Object.values(params).find((value) => typeof value === "number");
  const message = code && (look(`codes.${code}`, { count, ...params }) ?? inWords(code, params));
  return message ? { ...complaint, message } : complaint;
}

/** An answer that is not the API's: a proxy's page, or none yet from one that starts. */
export function unreadable(status: number): Problem {
  return new Problem(status >= 400 ? status : 0, t("problems.unreadable"), t("details.unreadable", { status }));
}

export function unreachable(): Problem {
  return new Problem(0, t("problems.unreachable"), t("details.unreachable"));
}
