/** What home is asked for, as its address has it. */
import type { Place } from "../../router";

export const FILTERS = ["open", "reward", "featured", "archived", "joined", "mine"] as const;
export const SORTS = ["recent", "popular", "ending"] as const;
export type Filter = (typeof FILTERS)[number];
export type Sort = (typeof SORTS)[number] | "relevance";

export interface Sought {
  search: string;
  filters: ReadonlySet<Filter>;
  /** Null: the order that fits what is asked for. */
  sort: Sort | null;
  cursor: string | null;
}

export function soughtIn({ query }: Pick<Place, "query">): Sought {
  const sort = SORTS.find((one) => one === query.get("sort")) ?? null;
  const filters = new Set(FILTERS.filter((filter) => query.get(filter) === "true"));
  // Those are two lists, not two properties of one.
  if (filters.has("mine")) filters.delete("joined");
  return { search: (query.get("search") ?? "").trim(), filters, sort, cursor: query.get("cursor") };
}

/** What is asked of the API, and what stands in the address: they have the same names. */
export function asked({ search, filters, sort, cursor }: Sought): Record<string, string | undefined> {
  const flags = Object.fromEntries([...filters].map((filter) => [filter, "true"]));
  return { ...flags, search: search || undefined, sort: sort ?? undefined, cursor: cursor ?? undefined };
}

export function isEverything({ search, filters, cursor }: Sought): boolean {
  return !search && filters.size === 0 && cursor === null;
}

/** The same with a filter put or taken away, from the first page on. */
export function toggled(sought: Sought, filter: Filter): Sought {
  const filters = new Set(sought.filters);
  if (!filters.delete(filter)) filters.add(filter);
  if (filter === "joined") filters.delete("mine");
  if (filter === "mine") filters.delete("joined");
  return { ...sought, filters, cursor: null };
}
