/** Links of the console: the address of each page, made of what it shows. `competition` is an id or a slug. */
import { address } from "./router";

/** What comes first in a list of shared code. */
export type Order = "newest" | "likes";

const HOME = address("/");
const NEW = address("/new");
const COMPETITION = address("/c/:competition");
const LEADERBOARD = address("/c/:competition/leaderboard");
const HISTORY = address("/c/:competition/leaderboard/participants/:username");
const TEAM_HISTORY = address("/c/:competition/leaderboard/teams/:team");
const SUBMISSIONS = address("/c/:competition/submissions");
const CODE = address("/c/:competition/code");
const DISCUSSION = address("/c/:competition/discussion");
const THREAD = address("/c/:competition/discussion/:thread");
const POST_REPORTS = address("/c/:competition/manage/reports");
const PAGE = address("/c/:competition/pages/:index");
const JUDGE = address("/c/:competition/judge");
const MANAGE = address("/c/:competition/manage");
const PARTS = address("/c/:competition/manage/:list");
const ALL_SUBMISSIONS = address("/c/:competition/manage/submissions");
const DATASETS = address("/library");
const TASKS = address("/library/tasks");
const QUEUES = address("/queues");
const QUEUE = address("/queues/:queue");
const JOIN = address("/c/:competition/join");
const TEAM = address("/c/:competition/team");
const DATA = address("/c/:competition/data");
const ALL = address("/c/:competition/submissions/all");
const COMPARE = address("/c/:competition/submissions/compare");
const SUBMISSION = address("/s/:submission");
const RESULTS = address("/s/:submission/results");
const INBOX = address("/notifications");
const PROFILE = address("/u/:username");
const ORGANIZATION = address("/o/:organization");
const SIGN_IN = address("/sign-in");
const PERSON = address("/admin/people/:username");
const APPROVALS = address("/admin/competitions");
const STORED = address("/admin/storage");
const USAGE = address("/admin/usage");
const REPORTS = address("/admin/reports");
const NEWS = address("/admin/announcements");
const API = address("/docs/api");
const SIGN_UP = address("/sign-up");
const CONFIRM = address("/confirm");
const FORGOT = address("/forgot");

/** `query` is what is searched for (views/home/search.ts). */
export const toHome = (query: Record<string, string | undefined> = {}): string => HOME({}, query);
export const toNew = (): string => NEW({});
export const toCompetition = (competition: string): string => COMPETITION({ competition });
/** `board` is a key; null: the first one. */
export const toBoard = (competition: string, phase: string | null = null, page = 1, board: string | null = null): string =>
  LEADERBOARD({ competition }, { phase, page: page > 1 ? page : null, board });
export const toPage = (competition: string, index: number): string => PAGE({ competition, index: String(index) });
/** To look after a competition: the first of those pages. */
export const toManage = (competition: string): string => MANAGE({ competition });
/** One entry of a list of settings, such as `phases`; without one the list. */
export const toPart = (competition: string, list: string, at: number | "new" | null = null): string =>
  PARTS({ competition, list }, { at });
/** `q`: the words that are looked for. */
export const toForum = (competition: string, cursor: string | null = null, q: string | null = null): string =>
  DISCUSSION({ competition }, { q, cursor });
/** `post` is the number of one, instead of the page that it is on. */
export const toThread = (competition: string, thread: string, page = 1, post: number | null = null): string =>
  THREAD({ competition, thread }, { page: page > 1 ? page : null, post });
/** To what was reported in a forum; `decide` is the report that is decided about. */
export const toPostReports = (competition: string, decide: string | null = null): string =>
  POST_REPORTS({ competition }, { decide });
export const toShared = (
  competition: string,
  phase: string | null,
  order: Order = "newest",
  cursor: string | null = null,
): string => CODE({ competition }, { phase, order: order === "newest" ? null : order, cursor });
export const toSubmissions = (competition: string, phase: string | null = null, everyone = false): string =>
  SUBMISSIONS({ competition }, { phase, everyone: everyone ? "true" : null });
/** To what everybody submitted to a phase, for who organizes it. */
export const toAllSubmissions = (competition: string, phase: string | null = null): string =>
  ALL_SUBMISSIONS({ competition }, { phase });
export const toDatasets = (whose: string | null = null): string => DATASETS({}, { whose });
export const toTasks = (whose: string | null = null): string => TASKS({}, { whose });
export const toQueues = (whose: string | null = null): string => QUEUES({}, { whose });
export const toQueue = (queue: string): string => QUEUE({ queue });
/** `next` is where who has joined goes on. */
export const toJoin = (competition: string, next: string | null = null): string => JOIN({ competition }, { next });
/** `code` is the one that lets people into a team: its form is filled with it. */
export const toTeam = (competition: string, code: string | null = null): string => TEAM({ competition }, { code });
export const toData = (competition: string, phase: string | null = null): string => DATA({ competition }, { phase });
export const toOwnSubmissions = (competition: string): string => ALL({ competition });
/** `a` and `b` are ids of submissions. */
export const toCompare = (competition: string, a: string, b: string): string => COMPARE({ competition }, { a, b });
export const toSubmission = (submission: string): string => SUBMISSION({ submission });
export const toResults = (submission: string): string => RESULTS({ submission });
/** `phase` is an id, and `id` a case's. */
export const toJudge = (competition: string, phase: string, id: string | null = null): string =>
  JUDGE({ competition }, { phase, case: id });
/** `team` is its id; without one it is about a participant. */
export const toHistory = (
  competition: string,
  phase: string,
  username: string,
  team: string | null,
  board: string | null,
): string => {
  const query = { phase, board };
  return team === null ? HISTORY({ competition, username }, query) : TEAM_HISTORY({ competition, team }, query);
};
/** To the page that everybody sees of somebody. */
export const toProfile = (username: string): string => PROFILE({ username });
export const toOrganization = (organization: string): string => ORGANIZATION({ organization });
/** To what administrators see of an account. `into`: the one that it would be merged into. */
export const toPerson = (username: string, into: string | null = null): string => PERSON({ username }, { into });
/** `decide` is the competition that is decided about. */
export const toApproval = (decide: string | null = null): string => APPROVALS({}, { decide });
/** `of` is a competition whose quota is set. */
export const toStored = (holders: "account" | "competition", of: string | null = null): string =>
  STORED({}, { holders, of });
export const toUsage = (month: string, figure: string): string => USAGE({}, { month, figure });
export const toReports = (status: "open" | "resolved" = "open", decide: string | null = null): string =>
  REPORTS({}, { status: status === "open" ? null : status, decide });
/** `edit` is the announcement that is changed. */
export const toNews = (edit: string | null = null): string => NEWS({}, { edit });
export const toApi = (q: string, operation: string | null = null): string => API({}, { q: q || null, operation });
/** To sign in, and back to an address of the console. */
export const toSignIn = (next: string | null = null): string => SIGN_IN({}, { next: next === "/" ? null : next });

export const toInbox = (cursor: string | null = null): string => INBOX({}, { cursor });
export const toSignUp = (next: string | null): string => SIGN_UP({}, { next });
export const toConfirm = (username: string, next: string | null): string => CONFIRM({}, { username, next });
export const toForgot = (username: string | null, next: string | null): string => FORGOT({}, { username, next });

/** The id that a phase's id begins with. */
export function competitionOf(phase: string): string {
  return phase.replace(/-[^-]*$/, "");
}
