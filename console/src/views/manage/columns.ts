/** Boards and columns as forms ask for them, where the format writes one thing in two places or means something by nothing. Pure. */
import type { Document } from "./settings";

/** What version 2 can compute of other columns, and what stands below `agon:` because it cannot. */
export const COMPUTATIONS = [
  "avg",
  "sum",
  "min",
  "max",
  "avg_rank",
  "avg_dense_rank",
  "weighted_dense_rank",
  "mrr",
] as const;
const EXTENDED: ReadonlySet<unknown> = new Set(COMPUTATIONS.slice(5));
/** In a list of columns that part equal scores: none does. An empty list says that all others do. */
export const NOTHING = -1;

const KEYS = ["computation", "computation_indexes"] as const;

/** A column with its computation in one place, whichever it is. */
export function askedColumn(column: Document): Document {
  const agon = inside(column);
  return { ...column, ...Object.fromEntries(KEYS.filter((key) => key in agon).map((key) => [key, agon[key]])) };
}

/** What was said of a column, to be stored where the format has it; `column` is what there was. */
export function storedColumn(body: Document, column: Document = {}): Document {
  if (!KEYS.some((key) => key in body)) return body;
  const said = { ...askedColumn(column), ...body };
  const isExtended = EXTENDED.has(said.computation);
  const [here, there] = isExtended ? [inside(column), column] : [column, inside(column)];
  const values = Object.fromEntries(
    KEYS.filter((key) => isSaid(said[key]) || key in here).map((key) => [key, said[key] ?? null]),
  );
  const gone = Object.fromEntries(KEYS.filter((key) => key in there).map((key) => [key, null]));
  const rest = Object.fromEntries(Object.entries(body).filter(([key]) => !(KEYS as readonly string[]).includes(key)));
  const [plain, further] = isExtended ? [gone, values] : [values, gone];
  const agon = { ...inside(body), ...further };
  return { ...rest, ...plain, ...(Object.keys(agon).length > 0 ? { agon } : {}) };
}

/** A board of which nothing parts equal scores has that as an entry of its list. */
export function askedBoard(board: Document): Document {
  const { tie_break_indexes: given } = inside(board);
  return Array.isArray(given) && given.length === 0
    ? { ...board, agon: { ...inside(board), tie_break_indexes: [NOTHING] } }
    : board;
}

export function storedBoard(body: Document): Document {
  const { tie_break_indexes: given } = inside(body);
  if (!Array.isArray(given)) return body;
  const named = given.includes(NOTHING) ? [] : given.length > 0 ? given : null;
  return { ...body, agon: { ...inside(body), tie_break_indexes: named } };
}

function inside({ agon }: Document): Document {
  return typeof agon === "object" && agon !== null ? (agon as Document) : {};
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}
