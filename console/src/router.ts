/**
 * Addresses of the console, and moving between them without loading the page anew.
 *
 * To add a page:
 * 1. Write its element in `views/NOUN/`: it extends `PageElement` (views/page-element.ts) and reads its address from
 *    `this.place`. Within a competition it extends `TabElement`, which has `this.competition` and `this.phase`, too.
 * 2. Add one line to `pages.ts`, below its noun: the address, the tag, a lazy `import()`, the title; `signIn` where nobody sees
 *    it without having signed in; `within` and `tab` where it stands in a frame. Nothing else must be told.
 * 3. Add a maker of its address to `links.ts`. No view writes an address by hand.
 *
 * State that is to survive reloading, Back and sharing goes in the query: `this.query("sort")`, and `go(link, "replace")`.
 */
import { compile, match } from "path-to-regexp";
import { isAnchor } from "./anchors";
import type { Page } from "./pages";
import { onArrival } from "./scroll";

/** Where one is: a page, with what its address says. `path` has no query. */
export interface Place {
  page: Page | null;
  path: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
}

type NameIn<Segment extends string> = Segment extends `:${infer Name}` ? Name : never;
/** The names in a pattern: `"phase" | "team"` of `/phases/:phase/teams/:team`. */
export type Names<Pattern extends string> = Pattern extends `${infer Head}/${infer Tail}`
  ? NameIn<Head> | Names<Tail>
  : NameIn<Pattern>;
type Query = Record<string, string | number | null | undefined>;

/** A maker of addresses of a pattern. What is null in its query is left out. */
export function address<Pattern extends string>(
  pattern: Pattern,
): (params: Record<Names<Pattern>, string>, query?: Query) => string {
  const path = compile<Record<Names<Pattern>, string>>(pattern);
  return (params, query = {}) => {
    const said = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
    return said.length ? `${path(params)}?${new URLSearchParams(said)}` : path(params);
  };
}

/** The address of a page that is known by its line in the table only. */
export function linkTo(page: Page, params: Record<string, string>, query: Query = {}): string {
  return address<string>(page.at)(params, query);
}

/** A reader of addresses of a pattern: the parameters in a path, null where it is no such path. */
export function reader(pattern: string): (path: string) => Record<string, string> | null {
  const matches = match<Record<string, string>>(pattern, { sensitive: true, decode });
  return (path) => {
    const found = matches(path);
    return found ? { ...found.params } : null;
  };
}

/** The place that an address leads to: the first of `pages` whose pattern it has. `page` is null where there is none. */
export function find(pages: readonly Page[], { pathname: path, searchParams: query }: URL): Place {
  for (const page of pages) {
    const params = readerOf(page)(path);
    if (params) return { page, path, params, query };
  }
  return { page: null, path, params: {}, query };
}

const readers = new WeakMap<Page, ReturnType<typeof reader>>();

function readerOf(page: Page): ReturnType<typeof reader> {
  const known = readers.get(page) ?? reader(page.at);
  readers.set(page, known);
  return known;
}

const WENT = "agon-went";

/** Goes to an address of the console. `replace`: Back does not lead to where one was. */
export function go(link: string, how: "push" | "replace" = "push"): void {
  const to = new URL(link, location.href);
  if (how === "push" && to.href !== location.href) history.pushState(null, "", to);
  else history.replaceState(history.state, "", to);
  dispatchEvent(new CustomEvent(WENT, { detail: how }));
}

/** How one came to an address: by a link, by Back or Forward, or by a change of what the page shows. */
export type Way = "link" | "history" | "replace";

/** Calls `show` with every address that the visitor goes to. Links to other origins, new tabs and downloads are left alone. */
export function listen(show: (url: URL, way: Way) => void): () => void {
  const arrive = (way: Way): void => {
    onArrival(way);
    show(new URL(location.href), way);
  };
  const onClick = (event: MouseEvent): void => {
    const target = inside(event);
    if (!target) return;
    event.preventDefault();
    go(target.href);
  };
  const onWent = (event: Event): void => arrive((event as CustomEvent<string>).detail === "push" ? "link" : "replace");
  const onBack = (): void => arrive("history");
  addEventListener("click", onClick);
  addEventListener("popstate", onBack);
  addEventListener(WENT, onWent);
  return () => {
    removeEventListener("click", onClick);
    removeEventListener("popstate", onBack);
    removeEventListener(WENT, onWent);
  };
}

/** What stands under the console's name and is none of its pages: the API, and the manual's files. */
const OTHERS = /^\/(api|manual)\//;

/** The address of a link of the console that an event is about; null where the browser is to follow it. */
export function linked(event: Event): URL | null {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  const isOurs = url.origin === location.origin && !OTHERS.test(url.pathname) && (!url.hash || isAnchor(url.hash));
  return isOurs ? url : null;
}

function inside(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  return linked(event);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
