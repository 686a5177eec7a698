/** Addresses of the console, and moving between them without loading the page anew. */

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

export function parse(url: URL): Route {
  const parts = url.pathname.split("/").filter(Boolean).map(decode);
  const [first, id, third, index] = parts;
  if (parts.length === 0) return { view: "competitions", cursor: url.searchParams.get("cursor") };
  if (parts.length === 1 && (first === "sign-in" || first === "juries")) return { view: first };
  if (parts.length === 2 && id && first === "submissions") return { view: "submission", id };
  if (first === "phases" && id && parts.length === 3) {
    if (third === "judge") return { view: "judge", phase: id, case: url.searchParams.get("case") };
    if (third === "jury") return { view: "jury", phase: id };
  }
  if (first === "phases" && id && third === "participants" && index && parts.length === 4) {
    return { view: "history", phase: id, username: index, board: url.searchParams.get("board") };
  }
  if (first === "phases" && id && third === "teams" && index && parts.length === 4) {
    return { view: "team-history", phase: id, team: index, board: url.searchParams.get("board") };
  }
  if (first === "results" && id && parts.length === 2) return { view: "results", submission: id };
  if (first !== "competitions") return { view: "unknown" };
  if (parts.length === 1) return { view: "competitions", cursor: null };
  if (id && parts.length === 2) {
    const page = Number(url.searchParams.get("page") ?? 1);
    return { view: "competition", id, phase: url.searchParams.get("phase"), page: page >= 1 ? Math.floor(page) : 1 };
  }
  if (id && third === "team" && parts.length === 3) return { view: "team", id };
  if (id && third === "submissions" && parts.length === 3) {
    const [phase, cursor] = [url.searchParams.get("phase"), url.searchParams.get("cursor")];
    return { view: "submissions", id, phase, everyone: url.searchParams.get("everyone") === "true", cursor };
  }
  if (id && third === "shared" && parts.length === 3) {
    const [phase, order, cursor] = ["phase", "order", "cursor"].map((name) => url.searchParams.get(name)) as (string | null)[];
    return { view: "shared", id, phase: phase ?? null, order: order === "likes" ? "likes" : "newest", cursor: cursor ?? null };
  }
  if (id && third === "pages" && parts.length === 4 && /^\d+$/.test(index ?? "")) {
    return { view: "page", id, index: Number(index) };
  }
  return { view: "unknown" };
}

export const toOlder = (cursor: string): string => `/?${new URLSearchParams({ cursor })}`;
export const toCompetition = (id: string): string => `/competitions/${encodeURIComponent(id)}`;
export const toPage = (id: string, index: number): string => `${toCompetition(id)}/pages/${index}`;
export const toTeam = (id: string): string => `${toCompetition(id)}/team`;
export function toShared(id: string, phase: string, order: Order = "newest", cursor: string | null = null): string {
  const query = new URLSearchParams({ phase, ...(order === "newest" ? {} : { order }), ...(cursor ? { cursor } : {}) });
  return `${toCompetition(id)}/shared?${query}`;
}
export function toSubmissions(id: string, phase: string, everyone = false, cursor: string | null = null): string {
  const query = new URLSearchParams({ phase, ...(everyone ? { everyone: "true" } : {}), ...(cursor ? { cursor } : {}) });
  return `${toCompetition(id)}/submissions?${query}`;
}
export const toSubmission = (id: string): string => `/submissions/${encodeURIComponent(id)}`;
export const toJury = (phase: string): string => `/phases/${encodeURIComponent(phase)}/jury`;
export function toJudge(phase: string, id?: string): string {
  return `/phases/${encodeURIComponent(phase)}/judge${id ? `?${new URLSearchParams({ case: id })}` : ""}`;
}
/** `team` is its id; without one it is about a participant. */
export function toHistory(phase: string, username: string, team: string | null, board: string | null): string {
  const whose = team === null ? `participants/${encodeURIComponent(username)}` : `teams/${encodeURIComponent(team)}`;
  const path = `/phases/${encodeURIComponent(phase)}/${whose}`;
  return board === null ? path : `${path}?${new URLSearchParams({ board })}`;
}
export const toResults = (submission: string): string => `/results/${encodeURIComponent(submission)}`;
export function toBoard(id: string, phase: string, page = 1): string {
  const query = new URLSearchParams({ phase, ...(page > 1 ? { page: String(page) } : {}) });
  return `${toCompetition(id)}?${query}`;
}

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
  const link = (event.target as Element).closest?.("a[href]");
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
