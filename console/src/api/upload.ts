/** A file on its way to storage: its checksums, the signed addresses, the bytes, the commit. It goes on after a break. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ask } from "./client";
import { Problem } from "./problem";
import type { CommittedUpload, UploadInProgress } from "./shapes";
import { begunBefore, forget, remember } from "./unfinished";
import { t } from "../words/words";

/** As the API cuts: above the first a file goes in parts. */
const SINGLE_BYTES = 100 * 1024 ** 2;
const PART_BYTES = 64 * 1024 ** 2;
const MAX_PARTS = 2000;
const CHUNK_BYTES = 1024 ** 2;
const PARALLEL = 3;
/** With the pauses between them a minute: a network that was away for as long does not end what takes hours. */
const TRIES = 7;
/** Fresh addresses are asked for as often for one and the same part: who still refuses it does so for another reason. */
const ADDRESSES = 3;

/** What a file is sent for. */
export type Purpose = "submission" | "bundle" | "dataset";
/** What is done now, and how much of it, from 0 to 1. */
export type Progress = (step: "checking" | "sending", done: number) => void;
interface Sent {
  number: number;
  etag: string;
}
interface Sums {
  sha256: string;
  part_sha256: string[];
}
type Part = UploadInProgress["parts"][number];
/** The code of storage's own refusal: another try may do. */
const REFUSED = "storage_refused";

/** The sizes of the parts of a file; none for one that goes whole. */
export function partSizes(bytes: number): number[] {
  if (bytes <= SINGLE_BYTES) return [];
  const step = Math.max(PART_BYTES, Math.ceil(bytes / MAX_PARTS));
  return Array.from({ length: Math.ceil(bytes / step) }, (_, at) => Math.min(step, bytes - at * step));
}

/**
 * Sends a zip, or with `plain` a file as it is. Of one in parts, what has arrived stays for a day: the same file goes on with it, also when `signal` stopped
 * it or the page was left. Else what was begun is taken back. Throws Problem, or the signal's reason.
 */
export async function upload(
  file: File,
  purpose: Purpose,
  progress: Progress,
  signal: AbortSignal,
  plain = false,
): Promise<CommittedUpload> {
  if (!plain) await checkIsZip(file);
  const sums = await checksums(file, progress, signal);
  const what = `${purpose} ${sums.sha256}${plain ? " plain" : ""}`;
  const begun = (await begunBefore(what)) ?? (await begin(what, file, purpose, sums, plain));
  const params = { path: { upload: begun.id } };
  try {
    const parts = await sendAll(file, begun, (bytes) => progress("sending", bytes / file.size), signal);
    const committed = await ask("post", "/v1/uploads/{upload}/commit", { params, body: { parts } });
    // It is there whole: nobody has to be told of it.
    if (begun.method === "multipart") remember(what, begun.id, "");
    return committed;
  } catch (error) {
    if (begun.method === "multipart" && !isFinal(error)) throw error;
    forget(what);
    // The sweeper takes it back in time; the first error is the one to tell.
    await ask("delete", "/v1/uploads/{upload}", { params }).catch(() => undefined);
    throw error;
  }
}

async function begin(what: string, file: File, purpose: Purpose, sums: Sums, plain: boolean): Promise<UploadInProgress> {
  const facts = { filename: shortened(file.name, 200), size_bytes: file.size, sha256: sums.sha256 };
  const kind = plain ? { plain } : {};
  const begun = await ask("post", "/v1/uploads", { body: { purpose, ...facts, part_sha256: sums.part_sha256, ...kind } });
  if (begun.method === "multipart") remember(what, begun.id, file.name);
  return { ...facts, ...begun, state: "begun", arrived: [] };
}

/** True for a refusal of the API's: sending the same once more comes to the same. */
function isFinal(error: unknown): boolean {
  return error instanceof Problem && error.code !== REFUSED && error.status >= 400 && error.status < 500;
}

/** Told before gigabytes have gone out: what is no zip is refused at the end. */
async function checkIsZip(file: File): Promise<void> {
  const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer().catch(unreadable));
  if (p !== 0x50 || k !== 0x4b) throw new Problem(400, t("upload.no_zip"), t("upload.no_zip_hint", { name: file.name }));
}

async function checksums(file: File, progress: Progress, signal: AbortSignal): Promise<Sums> {
  const whole = sha256.create();
  const ofParts: string[] = [];
  let at = 0;
  for (const size of partSizes(file.size).concat(file.size <= SINGLE_BYTES ? file.size : [])) {
    const part = sha256.create();
    for (const end = at + size; at < end;) {
      signal.throwIfAborted();
      // Reading a piece lets the page draw in between.
      const bytes = new Uint8Array(
        await file
          .slice(at, Math.min(at + CHUNK_BYTES, end))
          .arrayBuffer()
          .catch(unreadable),
      );
      whole.update(bytes);
      if (file.size > SINGLE_BYTES) part.update(bytes);
      at += bytes.length;
      progress("checking", at / file.size);
    }
    if (file.size > SINGLE_BYTES) ofParts.push(bytesToHex(part.digest()));
  }
  return { sha256: bytesToHex(whole.digest()), part_sha256: ofParts };
}

function unreadable(): never {
  throw new Problem(400, t("form.unreadable"), t("form.unreadable_hint"));
}

/** Sends what lacks of a file, the way that an upload asks for. Gives all parts, for its commit. */
export async function sendAll(
  file: File,
  begun: UploadInProgress,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Sent[]> {
  if (begun.post) {
    const form = new FormData();
    for (const [name, value] of Object.entries(begun.post.fields)) form.append(name, value);
    form.append("file", file);
    const answer = await tried({ method: "POST", url: begun.post.url, headers: {}, body: form }, told, signal);
    accepted(answer, t("upload.again"));
    return [];
  }
  return sendParts(file, new Parts(begun), told, signal);
}

/** The parts of a file: those that have arrived, and addresses for the others, renewed for all senders at once. */
class Parts {
  readonly starts = new Map<number, number>();
  readonly arrived = new Map<number, Sent>();
  bytesThere = 0;
  private lacking = new Map<number, Part>();
  private renewal?: Promise<void>;

  constructor(private readonly begun: UploadInProgress) {
    let start = 0;
    for (const { number, size_bytes } of [...begun.arrived, ...begun.parts].sort((a, b) => a.number - b.number)) {
      this.starts.set(number, start);
      start += size_bytes;
    }
    this.take(begun);
    this.bytesThere = begun.arrived.reduce((sum, { size_bytes }) => sum + size_bytes, 0);
  }

  /** Where a part goes, if not to the address that was refused; nothing once it has arrived. */
  async where(number: number, refused?: Part): Promise<Part | undefined> {
    if (refused && this.lacking.get(number) === refused) {
      this.renewal ??= this.renew().finally(() => (this.renewal = undefined));
      await this.renewal;
    }
    return this.lacking.get(number);
  }

  private async renew(): Promise<void> {
    this.take(await ask("get", "/v1/uploads/{upload}", { params: { path: { upload: this.begun.id } } }));
  }

  private take({ arrived, parts }: UploadInProgress): void {
    for (const { number, etag } of arrived) this.arrived.set(number, { number, etag });
    this.lacking = new Map(parts.map((part) => [part.number, part]));
  }
}

async function sendParts(file: File, parts: Parts, told: (bytes: number) => void, signal: AbortSignal): Promise<Sent[]> {
  const sent = [...parts.arrived.values()];
  const gone = new Map<number, number>();
  told(parts.bytesThere);
  // All senders take from the one iterator, so that each part goes once.
  const waiting = [...parts.starts.keys()].filter((number) => !parts.arrived.has(number)).values();
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const sendSome = async (): Promise<void> => {
    for (const number of waiting) {
      const count = (bytes: number): void => {
        gone.set(number, bytes);
        told([...gone.values()].reduce((sum, one) => sum + one, parts.bytesThere));
      };
      sent.push(await sendPart(file, parts, number, count, both));
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, sendSome));
  } finally {
    failed.abort();
  }
  return sent.sort((a, b) => a.number - b.number);
}

async function sendPart(
  file: File,
  parts: Parts,
  number: number,
  count: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Sent> {
  let part = await parts.where(number);
  for (let left = ADDRESSES - 1; part; left--) {
    const start = parts.starts.get(number) ?? 0;
    const body = file.slice(start, start + part.size_bytes);
    const answer = await tried({ method: "PUT", url: part.url, headers: part.headers, body }, count, signal);
    if (!isOutdated(answer) || left === 0) {
      const etag = accepted(answer, t("upload.goes_on"));
      count(part.size_bytes);
      return { number, etag };
    }
    count(0);
    part = await parts.where(number, part);
  }
  return parts.arrived.get(number) ?? { number, etag: "" };
}

interface Request {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: FormData | Blob;
}

/** Sends, several times where storage has trouble or the network is away. Gives the last answer. */
async function tried(request: Request, told: (bytes: number) => void, signal: AbortSignal): Promise<XMLHttpRequest> {
  for (let attempt = 1; ; attempt++) {
    const answer = await once(request, told, signal);
    signal.throwIfAborted();
    if ((answer.status !== 0 && answer.status < 500) || attempt === TRIES) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    signal.throwIfAborted();
  }
}

/** By XMLHttpRequest: fetch does not tell how far it is. */
function once(
  { method, url, headers, body }: Request,
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<XMLHttpRequest> {
  return new Promise((resolve) => {
    // eslint-disable-next-line no-restricted-globals -- A file goes to storage, not to the API.
    const request = new XMLHttpRequest();
    const stop = (): void => request.abort();
    signal.addEventListener("abort", stop);
    request.upload.onprogress = ({ loaded }) => told(loaded);
    request.onloadend = () => {
      signal.removeEventListener("abort", stop);
      resolve(request);
    };
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (signal.aborted) resolve(request);
    else request.send(body);
  });
}

/** True when a signed address is too old, or the sign-in that it was made with. */
function isOutdated(answer: XMLHttpRequest): boolean {
  return answer.status === 403 || (answer.status === 400 && codeOf(answer).includes("Expired"));
}

/** The ETag of a good answer. Throws Problem, which says `then` what to do. */
function accepted(answer: XMLHttpRequest, then: string): string {
  const { status } = answer;
  if (status >= 200 && status < 300) return answer.getResponseHeader("ETag") ?? "";
  if (status === 0) throw new Problem(0, t("upload.unreachable"), t("upload.unreachable_hint", { then }));
  const words = t("upload.refused_hint", { code: codeOf(answer) || String(status), then });
  throw new Problem(status, t("upload.refused"), words, [], REFUSED);
}

/** S3's own words are XML; the code is enough for a person. */
function codeOf({ responseText }: XMLHttpRequest): string {
  return /<Code>([^<]*)<\/Code>/.exec(responseText)?.[1] ?? "";
}

/** A name that is cut before its ending, as the API and the command line cut it (chalicelib/contract/names.py). */
export function shortened(name: string, most: number): string {
  const letters = Array.from(name);
  if (letters.length <= most) return name;
  const suffix = /.\.[^.]{1,15}$/u.exec(name)?.[0].slice(1) ?? "";
  return (
    letters
      .slice(0, most - Array.from(suffix).length)
      .join("")
      .trimEnd() + suffix
  );
}
