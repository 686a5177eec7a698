/** Former addresses, which stand in mails and bookmarks: each leads to the one that is in its place. */
import { competitionOf } from "./links";
import { reader } from "./router";

type Params = Record<string, string>;

/** What stood where, and the path that stands for it. A phase in the path goes to the query. */
const FORMER: readonly (readonly [from: string, to: (params: Params, query: URLSearchParams) => string])[] = [
  ["/competitions", () => "/"],
  // The board was what a competition's address showed.
  ["/competitions/:id", ({ id }, query) => (query.has("phase") || query.has("page") ? `/c/${id}/leaderboard` : `/c/${id}`)],
  ["/competitions/:id/pages/:index", ({ id, index }) => `/c/${id}/pages/${index}`],
  ["/competitions/:id/team", ({ id }) => `/c/${id}/team`],
  ["/competitions/:id/forum", ({ id }) => `/c/${id}/discussion`],
  ["/competitions/:id/forum/:thread", ({ id, thread }) => `/c/${id}/discussion/${thread}`],
  ["/competitions/:id/shared", ({ id }) => `/c/${id}/code`],
  ["/competitions/:id/submissions", ({ id }) => `/c/${id}/submissions`],
  ["/submissions/:id", ({ id }) => `/s/${id}`],
  ["/results/:submission", ({ submission }) => `/s/${submission}/results`],
  ["/phases/:phase/judge", inPhase("judge")],
  ["/phases/:phase/jury", inPhase("manage/jury")],
  ["/phases/:phase/participants/:username", inPhase("leaderboard/participants", "username")],
  ["/phases/:phase/teams/:team", inPhase("leaderboard/teams", "team")],
];
const READERS = FORMER.map(([from, to]) => [reader(from), to] as const);

/** The address that a former one leads to now, with its query; null where it is none. */
export function formerly(url: URL): string | null {
  for (const [read, to] of READERS) {
    const params = read(url.pathname);
    if (!params) continue;
    const query = new URLSearchParams(url.search);
    const encoded = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, encodeURIComponent(value)]));
    const path = to(encoded, query);
    if (params.phase) query.set("phase", params.phase);
    return query.size ? `${path}?${query}` : path;
  }
  return null;
}

function inPhase(rest: string, name = ""): (params: Params) => string {
  return (params) => {
    const competition = competitionOf(params.phase ?? "");
    return [`/c/${competition}`, rest, ...(name ? [params[name]] : [])].join("/");
  };
}
