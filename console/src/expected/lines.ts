/** Lines of a text, one by one, none longer than a row may be; and rows of a table (chalicelib/contract/expected/lines.py). */
import type { Code, Params } from "./complaints";
import type { Found } from "./files";

export const MAX_ROW_BYTES = 1024 ** 2;
const NEWLINE = 10;

/** The text cannot be read on: a code of a complaint, and the line. */
export class Broken extends Error {
  constructor(
    readonly code: Code,
    readonly line: number | undefined,
    readonly params: Params = {},
  ) {
    super(code);
  }
}

/**
 * Hands each line to `take`, with its end and its number, and without a byte order mark. It tells whether a row ends with it:
 * the lines of one row may have so many bytes together. Throws Broken.
 */
export async function eachLine(file: Found, take: (line: string, number: number) => boolean): Promise<void> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let [number, left] = [0, MAX_ROW_BYTES];
  let pending = new Uint8Array(0);
  const tooLong = (): Broken => new Broken("long_row", number + 1, { most: MAX_ROW_BYTES });
  const end = (bytes: Uint8Array): void => {
    if (bytes.length > left) throw tooLong();
    const isEnded = take(decoded(decoder, bytes, ++number), number);
    left = isEnded ? MAX_ROW_BYTES : left - bytes.length;
  };
  for await (const chunk of file.chunks()) {
    let at = 0;
    for (let next = chunk.indexOf(NEWLINE); next !== -1; next = chunk.indexOf(NEWLINE, at)) {
      const piece = chunk.subarray(at, next + 1);
      at = next + 1;
      end(pending.length ? joined(pending, piece) : piece);
      if (pending.length) pending = new Uint8Array(0);
    }
    if (pending.length + chunk.length - at > left) throw tooLong();
    if (at < chunk.length) pending = joined(pending, chunk.subarray(at));
  }
  if (pending.length) end(pending);
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, number: number): string {
  try {
    const line = decoder.decode(bytes);
    return number === 1 && line.startsWith("\ufeff") ? line.slice(1) : line;
  } catch (error) {
    if (error instanceof TypeError) throw new Broken("not_utf8", number);
    throw error;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Makes rows of a table's lines, as Python's csv module does where it is strict (RFC 4180). */
export class Table {
  private row: string[] = [];
  private cell = "";
  private isQuoted = false;
  private begins = 1;

  constructor(private readonly delimiter: string) {}

  /** The row that ends with this line, and where it began; null where it goes on. Empty for an empty line. Throws Broken. */
  take(line: string, number: number): { row: readonly string[]; begins: number } | null {
    if (!this.isQuoted) {
      this.begins = number;
      this.row = [];
      if (!line.includes('"')) return { row: this.plain(line), begins: number };
    }
    return this.quoted(line) ? { row: this.row, begins: this.begins } : null;
  }

  /** Throws Broken where a quote is open still. */
  end(): void {
    if (this.isQuoted) throw this.broken();
  }

  private plain(line: string): readonly string[] {
    const content = line.replace(/[\r\n]+$/, "");
    if (content.includes("\r")) throw this.broken();
    return content === "" ? [] : content.split(this.delimiter);
  }

  /** True where the row ends with the line. */
  private quoted(line: string): boolean {
    let at = 0;
    if (!this.isQuoted && /^[\r\n]*$/.test(line)) return true;
    for (;;) {
      if (!this.isQuoted && line[at] === '"') [this.isQuoted, this.cell, at] = [true, "", at + 1];
      if (this.isQuoted) {
        const quote = line.indexOf('"', at);
        this.cell += quote === -1 ? line.slice(at) : line.slice(at, quote);
        if (quote === -1) return false;
        at = quote + 1;
        if (line[at] === '"') {
          this.cell += '"';
          at++;
          continue;
        }
        this.isQuoted = false;
        this.row.push(this.cell);
      } else {
        const end = this.endOfCell(line, at);
        this.row.push(line.slice(at, end));
        at = end;
      }
      if (line[at] === this.delimiter) at++;
      else if (/^[\r\n]*$/.test(line.slice(at))) return true;
      else throw this.broken();
    }
  }

  private endOfCell(line: string, at: number): number {
    let end = at;
    while (end < line.length && line[end] !== this.delimiter && line[end] !== "\n" && line[end] !== "\r") end++;
    return end;
  }

  private broken(): Broken {
    return new Broken("broken_row", this.begins);
  }
}
