/** A file on its way to storage: its checksums, the signed addresses, the bytes, the commit (docs/protocol.md). */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { ask } from "./client";
import { Problem } from "./problem";
import type { BegunUpload, CommittedUpload } from "./shapes";

/** As the API cuts: above the first a file goes in parts. */
const SINGLE_BYTES = 100 * 1024 ** 2;
const PART_BYTES = 64 * 1024 ** 2;
const MAX_PARTS = 2000;
const CHUNK_BYTES = 1024 ** 2;
const PARALLEL = 3;
const TRIES = 4;

/** What is done now, and how much of it, from 0 to 1. */
export type Progress = (step: "checking" | "sending", done: number) => void;
interface Sent {
  number: number;
  etag: string;
}

/** The sizes of the parts of a file; none for one that goes whole. */
export function partSizes(bytes: number): number[] {
  if (bytes <= SINGLE_BYTES) return [];
  const step = Math.max(PART_BYTES, Math.ceil(bytes / MAX_PARTS));
  return Array.from({ length: Math.ceil(bytes / step) }, (_, at) => Math.min(step, bytes - at * step));
}

/** Sends a zip. What was begun is taken back when it fails or `signal` stops it. Throws Problem, or the signal's reason. */
export async function upload(
  file: File,
  purpose: "submission",
  progress: Progress,
  signal: AbortSignal,
): Promise<CommittedUpload> {
  await checkIsZip(file);
  const sums = await checksums(file, progress, signal);
  const body = { purpose, filename: file.name.slice(-200), size_bytes: file.size, ...sums };
  const begun = await ask("post", "/v1/uploads", { body });
  const params = { path: { upload: begun.id } };
  try {
    const parts = await sendAll(file, begun, (bytes) => progress("sending", bytes / file.size), signal);
    return await ask("post", "/v1/uploads/{upload}/commit", { params, body: { parts } });
  } catch (error) {
    // The sweeper takes it back in time; the first error is the one to tell.
    await ask("delete", "/v1/uploads/{upload}", { params }).catch(() => undefined);
    throw error;
  }
}

/** Told before gigabytes have gone out: what is no zip is refused at the end. */
async function checkIsZip(file: File): Promise<void> {
  const [p, k] = new Uint8Array(await file.slice(0, 2).arrayBuffer().catch(unreadable));
  if (p !== 0x50 || k !== 0x4b)
    throw new Problem(400, "No zip", `${file.name} is no zip archive. Zip it, and choose the zip.`);
}

async function checksums(
  file: File,
  progress: Progress,
  signal: AbortSignal,
): Promise<{ sha256: string; part_sha256: string[] }> {
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
  throw new Problem(400, "The file cannot be read", "It may have changed since you chose it. Choose it again.");
}

async function sendAll(file: File, begun: BegunUpload, told: (bytes: number) => void, signal: AbortSignal): Promise<Sent[]> {
  if (begun.post) {
    const form = new FormData();
    for (const [name, value] of Object.entries(begun.post.fields)) form.append(name, value);
    form.append("file", file);
    await tried({ method: "POST", url: begun.post.url, headers: {}, body: form }, told, signal);
    return [];
  }
  return sendParts(file, begun.parts, told, signal);
}

async function sendParts(
  file: File,
  parts: BegunUpload["parts"],
  told: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Sent[]> {
  const starts = [0];
  for (const { size_bytes } of parts) starts.push((starts.at(-1) ?? 0) + size_bytes);
  const gone = parts.map(() => 0);
  // All senders take from the one iterator, so that each part goes once.
  const waiting = parts.entries();
  const sent: Sent[] = [];
  const failed = new AbortController();
  const both = AbortSignal.any([signal, failed.signal]);
  const sendSome = async (): Promise<void> => {
    for (const [at, part] of waiting) {
      const body = file.slice(starts[at], starts[at + 1]);
      const count = (bytes: number): void => {
        gone[at] = bytes;
        told(gone.reduce((sum, one) => sum + one, 0));
      };
      const etag = await tried({ method: "PUT", url: part.url, headers: part.headers, body }, count, both);
      sent.push({ number: part.number, etag });
    }
  };
  try {
    await Promise.all(Array.from({ length: PARALLEL }, sendSome));
  } finally {
    failed.abort();
  }
  return sent.sort((a, b) => a.number - b.number);
}

interface Request {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: FormData | Blob;
}

/** Sends, up to four times where storage has trouble. Gives the answer's ETag. */
async function tried(request: Request, told: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const answer = await once(request, told, signal);
    signal.throwIfAborted();
    if (answer.status >= 200 && answer.status < 300) return answer.getResponseHeader("ETag") ?? "";
    if ((answer.status !== 0 && answer.status < 500) || attempt === TRIES) throw refused(answer);
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
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

function refused({ status, responseText }: XMLHttpRequest): Problem {
  if (status === 0)
    return new Problem(0, "Storage cannot be reached", "The file did not arrive. Check your connection, then try again.");
  // S3's own words are XML; the code is enough for a person.
  const code = /<Code>([^<]*)<\/Code>/.exec(responseText)?.[1];
  return new Problem(status, "Storage refused the file", `Storage refused the file: ${code ?? status}. Try again.`);
}
