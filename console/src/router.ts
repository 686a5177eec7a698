/** Addresses of the console, and moving between them without loading the page anew. */
import { compile, match } from "path-to-regexp";

/** What comes first in a list of shared code. */
export type Order = "newest" | "likes";
export type Route =
  | { view: "competitions"; cursor: string | null }
  | { view: "competition"; id: string; phase: string | null; page: number }
  | { view: "page"; id: string; index: number }
  | { view: "team"; id: string }
  | { view: "shared"; id: string; phase: string | null; order: Order; cursor: string | null }
  | { view: "submissions"; id: string; phase: string | null; everyone: boolean; cursor: string | null }
  | { view: "submission"; id: string }
  | { view: "sign-in" }
  | { view: "juries" }
  | { view: "judge"; phase: string; case: string | null }
  | { view: "jury"; phase: string }
  | { view: "history"; phase: string; username: string; board: string | null }
  | { view: "team-history"; phase: string; team: string; board: string | null }
  | { view: "results"; submission: string }
  | { view: "unknown" };

type NameIn<Segment extends string> = Segment extends `:${infer Name}` ? Name : never;
/** The names in a pattern: `"phase" | "team"` of `/phases/:phase/teams/:team`. */
type Names<Pattern extends string> = Pattern extends `${infer Head}/${infer Tail}`
  ? NameIn<Head> | Names<Tail>
  : NameIn<Pattern>;
type Params<Pattern extends string> = Record<Names<Pattern>, string>;
type Query = Record<string, string | number | null | undefined>;

/** A kind of address: what is read from one, and how one is made. */
interface Place<P extends Record<string, string>> {
  read(url: URL): Route | null;
  /** What is null in `query` is left out. */
  link(params: P, query?: Query): string;
}

/** `route` says what is to be seen; null where it is no such address after all. */
function place<Pattern extends string>(
  pattern: Pattern,
  route: (params: Params<Pattern>, query: URLSearchParams) => Route | null,
): Place<Params<Pattern>> {
  const matches = match<Params<Pattern>>(pattern, { sensitive: true, decode });
  const path = compile<Params<Pattern>>(pattern);
  return {
    read: ({ pathname, searchParams }) => {
      const found = matches(pathname);
      return found ? route(found.params, searchParams) : null;
    },
    link: (params, query = {}) => {
      const said = Object.entries(query).flatMap(([name, value]) => (value == null ? [] : [[name, String(value)]]));
      return said.length ? `${path(params)}?${new URLSearchParams(said)}` : path(params);
    },
  };
}

const COMPETITIONS = place("/", (_, query) => ({ view: "competitions", cursor: query.get("cursor") }));
const COMPETITION = place("/competitions/:id", ({ id }, query) => {
  const page = Number(query.get("page") ?? 1);
  return { view: "competition", id, phase: query.get("phase"), page: page >= 1 ? Math.floor(page) : 1 };
});
const PAGE = place("/competitions/:id/pages/:index", ({ id, index }) =>
  /^\d+$/.test(index) ? { view: "page", id, index: Number(index) } : null,
);
const TEAM = place("/competitions/:id/team", ({ id }) => ({ view: "team", id }));
const SHARED = place("/competitions/:id/shared", ({ id }, query) => {
  const order = query.get("order") === "likes" ? "likes" : "newest";
  return { view: "shared", id, phase: query.get("phase"), order, cursor: query.get("cursor") };
});
const SUBMISSIONS = place("/competitions/:id/submissions", ({ id }, query) => {
  const everyone = query.get("everyone") === "true";
  return { view: "submissions", id, phase: query.get("phase"), everyone, cursor: query.get("cursor") };
});
const SUBMISSION = place("/submissions/:id", ({ id }) => ({ view: "submission", id }));
const JUDGE = place("/phases/:phase/judge", ({ phase }, query) => ({ view: "judge", phase, case: query.get("case") }));
const JURY = place("/phases/:phase/jury", ({ phase }) => ({ view: "jury", phase }));
const HISTORY = place("/phases/:phase/participants/:username", ({ phase, username }, query) => {
  return { view: "history", phase, username, board: query.get("board") };
});
const TEAM_HISTORY = place("/phases/:phase/teams/:team", ({ phase, team }, query) => {
  return { view: "team-history", phase, team, board: query.get("board") };
});
const RESULTS = place("/results/:submission", ({ submission }) => ({ view: "results", submission }));

const PLACES: readonly Pick<Place<never>, "read">[] = [
  COMPETITIONS,
  place("/competitions", () => ({ view: "competitions", cursor: null })),
  COMPETITION,
  PAGE,
  TEAM,
  SHARED,
  SUBMISSIONS,
  SUBMISSION,
  JUDGE,
  JURY,
  HISTORY,
  TEAM_HISTORY,
  RESULTS,
  place("/sign-in", () => ({ view: "sign-in" })),
  place("/juries", () => ({ view: "juries" })),
];

export function parse(url: URL): Route {
  for (const { read } of PLACES) {
    const route = read(url);
    if (route) return route;
  }
  return { view: "unknown" };
}

export const toOlder = (cursor: string): string => COMPETITIONS.link({}, { cursor });
export const toCompetition = (id: string): string => COMPETITION.link({ id });
export const toBoard = (id: string, phase: string, page = 1): string =>
  COMPETITION.link({ id }, { phase, page: page > 1 ? page : null });
export const toPage = (id: string, index: number): string => PAGE.link({ id, index: String(index) });
export const toTeam = (id: string): string => TEAM.link({ id });
export const toShared = (id: string, phase: string, order: Order = "newest", cursor: string | null = null): string =>
  SHARED.link({ id }, { phase, order: order === "newest" ? null : order, cursor });
export const toSubmissions = (id: string, phase: string, everyone = false, cursor: string | null = null): string =>
  SUBMISSIONS.link({ id }, { phase, everyone: everyone ? "true" : null, cursor });
export const toSubmission = (id: string): string => SUBMISSION.link({ id });
export const toJudge = (phase: string, id?: string): string => JUDGE.link({ phase }, { case: id });
export const toJury = (phase: string): string => JURY.link({ phase });
/** `team` is its id; without one it is about a participant. */
export const toHistory = (phase: string, username: string, team: string | null, board: string | null): string =>
  team === null ? HISTORY.link({ phase, username }, { board }) : TEAM_HISTORY.link({ phase, team }, { board });
export const toResults = (submission: string): string => RESULTS.link({ submission });

/** Calls `show` with every address the visitor goes to. Links to other origins, new tabs and downloads are left alone. */
export function listen(show: (route: Route) => void): () => void {
  const here = (): void => show(parse(new URL(location.href)));
  const onClick = (event: MouseEvent): void => {
    const target = inside(event);
    if (!target) return;
    event.preventDefault();
    if (target.href !== location.href) history.pushState(null, "", target);
    here();
  };
  addEventListener("click", onClick);
  addEventListener("popstate", here);
  return () => {
    removeEventListener("click", onClick);
    removeEventListener("popstate", here);
  };
}

function inside(event: MouseEvent): URL | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  const isOurs = url.origin === location.origin && !url.pathname.startsWith("/api/") && !url.hash;
  return isOurs ? url : null;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
