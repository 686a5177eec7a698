/** Where a table's view is kept: in the address of the page, so that a link leads to the same. */
import { AS_IT_IS, type View } from "./columns";

/** Words that are kept by name; null: there is none. */
export interface Keeper {
  get(name: string): string | null;
  /** Names with `prefix`, and what they have. */
  all(prefix: string): Record<string, string>;
  give(words: Readonly<Record<string, string | null>>): void;
}

/** The page's own query. It is replaced in place: Back leads to the page before, not to each order of a table. */
export const ADDRESS: Keeper = {
  get: (name) => new URLSearchParams(location.search).get(name),
  all: (prefix) => Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => name.startsWith(prefix))),
  give(words) {
    const url = new URL(location.href);
    for (const [name, word] of Object.entries(words)) {
      if (word) url.searchParams.set(name, word);
      else url.searchParams.delete(name);
    }
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  },
};

/** A keeper of its own, for one of several tables of a page, or one in a dialog. */
export function apart(): Keeper {
  const kept = new Map<string, string>();
  return {
    get: (name) => kept.get(name) ?? null,
    all: (prefix) => Object.fromEntries([...kept].filter(([name]) => name.startsWith(prefix))),
    give: (words) => {
      for (const [name, word] of Object.entries(words)) {
        if (word) kept.set(name, word);
        else kept.delete(name);
      }
    },
  };
}

const ONLY = "only.";

export function viewAt(keeper: Keeper): View {
  const only = Object.entries(keeper.all(ONLY)).map(([name, value]) => [name.slice(ONLY.length), value] as const);
  const turned = (keeper.get("columns") ?? "").split(",").filter(Boolean);
  return {
    sort: keeper.get("sort") ?? "",
    q: keeper.get("q") ?? "",
    turned: new Set(turned),
    only: Object.fromEntries(only),
  };
}

export function keepView(keeper: Keeper, { sort, q, turned, only }: View): void {
  const gone = Object.fromEntries(Object.keys(keeper.all(ONLY)).map((name) => [name, null]));
  const kept = Object.fromEntries(Object.entries(only).map(([key, value]) => [ONLY + key, value]));
  keeper.give({ ...gone, sort, q, columns: [...turned].join(","), ...kept });
}

export function isAsItIs({ sort, q, only }: View): boolean {
  return sort === AS_IT_IS.sort && !q && Object.keys(only).length === 0;
}
