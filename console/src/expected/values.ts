/** One value of a row, judged by what its field expects (chalicelib/contract/expected/values.py). */
import type { ExpectedField } from "../api/shapes";
import { listed, MAX_COMPLAINTS, quoted, type Code, type Complaint, type Params } from "./complaints";

export type Fault = readonly [code: Code, params: Params];

const MAX_UNIQUE_VALUES = 2_000_000;
const NUMBER = /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const INTEGER = /^[+-]?[0-9]+$/;
const BOOLEANS = new Set(["true", "True", "TRUE", "1", "false", "False", "FALSE", "0"]);
const EXACT = 2 ** 53;

/** The complaints about the rows of one file: of each fault of a column the first one, and how many more there are. */
export class Tally {
  private readonly first = new Map<string, Complaint & { more: number }>();

  constructor(private readonly path: string) {}

  add([code, params]: Fault, column = "", at: { line?: number; entry?: number } = {}): void {
    const key = `${code} ${column}`;
    const known = this.first.get(key);
    if (known) known.more++;
    // Names of columns are a stranger's, and so is how many there are.
    else if (this.first.size < MAX_COMPLAINTS)
      this.first.set(key, { path: this.path, code, params, column, ...at, more: 0 });
  }

  told(): Complaint[] {
    return [...this.first.values()];
  }
}

/** The room for values that are told apart: that of one file, for all of its columns. */
class Room {
  left = MAX_UNIQUE_VALUES;
}

/** A judge for each field of one file. */
export function judgesOf(fields: readonly ExpectedField[] = []): Judge[] {
  const room = new Room();
  return fields.map((field) => new Judge(field, room));
}

/** Judges the values of one field, row by row. */
export class Judge {
  private readonly seen = new Set<string>();
  private readonly allowed: ReadonlySet<string>;
  private readonly isNumeric: boolean;

  constructor(
    readonly field: ExpectedField,
    private readonly room: Room,
  ) {
    this.allowed = new Set(field.constraints?.enum ?? []);
    this.isNumeric = field.type === "integer" || field.type === "number";
  }

  ofText(cell: string): Fault | null {
    const text = cell.replace(/^[ \t]+|[ \t]+$/g, "");
    if (text === "") return this.missing();
    if (this.isNumeric) {
      const number = (this.field.type === "integer" ? INTEGER : NUMBER).test(text) ? Number(text) : NaN;
      return Number.isFinite(number) ? this.constrained(text, number) : this.other(text);
    }
    if (this.field.type === "boolean" && !BOOLEANS.has(text)) return this.other(text);
    return this.constrained(text, null);
  }

  ofJson(value: unknown): Fault | null {
    if (value === null || value === undefined) return this.missing();
    const { type } = this.field;
    const text = written(value);
    if (type === "string" && typeof value !== "string") return this.other(text);
    if (type === "boolean" && typeof value !== "boolean") return this.other(text);
    if (!this.isNumeric) return this.constrained(text, null);
    if (typeof value !== "number" || !Number.isFinite(value)) return this.other(text);
    return type === "integer" && !Number.isInteger(value) ? this.other(text) : this.constrained(text, value);
  }

  private missing(): Fault | null {
    return this.field.constraints?.required ? ["no_value", {}] : null;
  }

  private other(text: string): Fault {
    return [`not_${this.field.type as "integer"}`, { value: quoted(text) }];
  }

  private constrained(text: string, number: number | null): Fault | null {
    const { minimum, maximum, enum: allowed = [], unique } = this.field.constraints ?? {};
    if (number !== null && isSaid(minimum) && number < minimum)
      return ["too_low", { value: quoted(text), minimum: written(minimum) }];
    if (number !== null && isSaid(maximum) && number > maximum)
      return ["too_high", { value: quoted(text), maximum: written(maximum) }];
    if (this.allowed.size && !this.allowed.has(text))
      return ["not_among", { value: quoted(text), allowed: listed(allowed) }];
    return unique ? this.toldApart(text) : null;
  }

  private toldApart(text: string): Fault | null {
    if (this.seen.has(text)) return ["repeated", { value: quoted(text) }];
    if (this.room.left === 0) return ["many_values", { most: MAX_UNIQUE_VALUES }];
    this.room.left--;
    this.seen.add(text);
    return null;
  }
}

/** What is null or left out is not said. */
export function isSaid(bound: number | null | undefined): bound is number {
  return bound !== null && bound !== undefined;
}

/** A value of JSON as text; numbers as Python writes them, but for zeros in exponents. */
export function written(value: unknown): string {
  if (typeof value === "string" || typeof value === "boolean") return String(value);
  if (typeof value !== "number") return Array.isArray(value) ? "[…]" : "{…}";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < EXACT) return String(value);
  return size < 1e-4 || size >= 1e16 ? value.toExponential() : String(value);
}
