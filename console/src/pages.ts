/**
 * The pages of the console: one line each, below its noun. How to add one: at the head of router.ts.
 *
 * Tabs stand in the order of these lines. Of two patterns that an address has, the first counts.
 */
import type { Competition, Phase } from "./api/shapes";
import type { PlainKey } from "./words/words";

export interface Page {
  /** The path; `:name` is a parameter, which the element finds in `place.params`. */
  at: string;
  /** The element that shows it, and how its code is had. */
  tag: string;
  load: () => Promise<unknown>;
  /** What it is called, on its tab and in the window's title: a key of the catalogue. */
  title: PlainKey;
  /** Why one must sign in to see it, a key of the catalogue; absent: nobody must. */
  signIn?: PlainKey;
  /** The frame that it is drawn in, whose header and tabs stay from page to page; absent: none. */
  within?: Frame;
  /** Who is shown a tab that leads to it, for pages below `/c/:competition`; absent: nobody. */
  tab?: (competition: Competition, phase: Phase | undefined) => boolean;
  /** Of a page that looks after a competition: the heading in the list at the side that it stands under, a key of the catalogue. */
  section?: PlainKey;
  /** True where it shows one phase: another phase's is had by the same tab. */
  ofPhase?: true;
}

export type Frame = "competition" | "manage" | "account" | "admin";

const INSIDE = "pages.inside";
const JURY = "pages.ofJury";
const ORGANIZERS = "pages.ofOrganizers";
const OWN = "pages.ofOwn";
const ADMINISTRATORS = "pages.ofAdministrators";

export const FRAMES: Readonly<Record<Frame, Pick<Page, "tag" | "load">>> = {
  competition: { tag: "agon-competition", load: () => import("./views/competition") },
  manage: { tag: "agon-competition", load: () => import("./views/competition") },
  account: { tag: "agon-account", load: () => import("./views/me/frame") },
  admin: { tag: "agon-admin", load: () => import("./views/admin/frame") },
};

// One line is one page: easier to read and to merge.
// prettier-ignore
export const PAGES: readonly Page[] = [
  // The site
  { at: "/", tag: "agon-home", load: () => import("./views/home/home"), title: "pages.competitions" },

  // People: signing in and up
  { at: "/sign-in", tag: "agon-sign-in-page", load: () => import("./views/sign-in"), title: "pages.signIn" },
  { at: "/sign-up", tag: "agon-sign-up", load: () => import("./views/account/sign-up"), title: "entry.create" },
  { at: "/confirm", tag: "agon-confirm", load: () => import("./views/account/confirm"), title: "entry.confirm" },
  { at: "/forgot", tag: "agon-forgot", load: () => import("./views/account/forgot"), title: "entry.renew" },

  // One's account
  { at: "/account", tag: "agon-account-profile", load: () => import("./views/me/profile"), title: "account.profile", signIn: OWN, within: "account", tab: everyone },
  { at: "/account/tokens", tag: "agon-account-tokens", load: () => import("./views/me/tokens"), title: "account.tokens", signIn: OWN, within: "account", tab: everyone },
  { at: "/account/mail", tag: "agon-account-mail", load: () => import("./views/me/mail"), title: "account.mail", signIn: OWN, within: "account", tab: everyone },
  { at: "/account/data", tag: "agon-account-data", load: () => import("./views/me/data"), title: "account.data", signIn: OWN, within: "account", tab: everyone },
  { at: "/account/log", tag: "agon-account-log", load: () => import("./views/me/log"), title: "log.title", signIn: OWN, within: "account", tab: everyone },
  { at: "/notifications", tag: "agon-inbox", load: () => import("./views/account/inbox"), title: "inbox.title", signIn: OWN },

  // People and organizations
  { at: "/u/:username", tag: "agon-person", load: () => import("./views/people/person"), title: "people.person" },
  { at: "/o/:organization", tag: "agon-organization", load: () => import("./views/organizations/organization"), title: "organization.it" },

  // Administrators
  { at: "/admin", tag: "agon-admin-people", load: () => import("./views/admin/people"), title: "admin.people", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/people/:username", tag: "agon-admin-person", load: () => import("./views/admin/person"), title: "admin.account", signIn: ADMINISTRATORS, within: "admin" },
  { at: "/admin/competitions", tag: "agon-admin-competitions", load: () => import("./views/admin/competitions"), title: "admin.competitions", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/reports", tag: "agon-admin-reports", load: () => import("./views/admin/reports"), title: "admin.reports", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/announcements", tag: "agon-admin-announcements", load: () => import("./views/admin/announcements"), title: "admin.announcements", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/storage", tag: "agon-admin-storage", load: () => import("./views/admin/storage"), title: "storage.title", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/usage", tag: "agon-admin-usage", load: () => import("./views/admin/usage"), title: "admin.usage", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/mail", tag: "agon-admin-mail", load: () => import("./views/admin/mail"), title: "admin.mail_tab", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/status", tag: "agon-admin-status", load: () => import("./views/admin/status"), title: "admin.health", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/failures", tag: "agon-admin-failures", load: () => import("./views/admin/failures"), title: "admin.failures", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/audit", tag: "agon-admin-audit", load: () => import("./views/admin/audit"), title: "admin.audit", signIn: ADMINISTRATORS, within: "admin", tab: everyone },
  { at: "/admin/site", tag: "agon-admin-site", load: () => import("./views/admin/site"), title: "admin.site", signIn: ADMINISTRATORS, within: "admin", tab: everyone },

  // Documentation
  { at: "/docs/api", tag: "agon-docs-api", load: () => import("./views/docs/api"), title: "reference.title" },

  // A competition
  { at: "/new", tag: "agon-new", load: () => import("./views/new/new"), title: "hosting.host", signIn: "hosting.why" },
  { at: "/c/:competition", tag: "agon-overview", load: () => import("./views/competition/overview"), title: "pages.overview", within: "competition", tab: everyone },
  { at: "/c/:competition/join", tag: "agon-joining", load: () => import("./views/competition/joining"), title: "joining.join", within: "competition" },
  { at: "/c/:competition/data", tag: "agon-data", load: () => import("./views/competition/data"), title: "pages.data", within: "competition", tab: (_, phase) => phase !== undefined },
  { at: "/c/:competition/leaderboard", tag: "agon-leaderboard", load: () => import("./views/leaderboard"), title: "pages.leaderboard", within: "competition", tab: everyone, ofPhase: true },
  { at: "/c/:competition/leaderboard/participants/:username", tag: "agon-history", load: () => import("./views/history"), title: "pages.history" },
  { at: "/c/:competition/leaderboard/teams/:team", tag: "agon-history", load: () => import("./views/history"), title: "pages.history" },
  { at: "/c/:competition/submissions", tag: "agon-submissions", load: () => import("./views/submissions"), title: "pages.submissions", signIn: INSIDE, within: "competition", tab: (one, phase) => isInside(one) && phase !== undefined, ofPhase: true },
  { at: "/c/:competition/submissions/all", tag: "agon-own-submissions", load: () => import("./views/submissions/all"), title: "compare.all", signIn: INSIDE, within: "competition" },
  { at: "/c/:competition/submissions/compare", tag: "agon-compare", load: () => import("./views/submission/compare"), title: "compare.title", signIn: INSIDE, within: "competition" },
  { at: "/c/:competition/code", tag: "agon-shared", load: () => import("./views/shared"), title: "pages.code", within: "competition", tab: (_, phase) => phase !== undefined, ofPhase: true },
  { at: "/c/:competition/discussion", tag: "agon-forum", load: () => import("./views/forum/forum"), title: "pages.discussion", within: "competition", tab: ({ forum }) => forum },
  { at: "/c/:competition/discussion/:thread", tag: "agon-thread", load: () => import("./views/forum/thread"), title: "pages.discussion", within: "competition" },
  { at: "/c/:competition/team", tag: "agon-team", load: () => import("./views/team"), title: "pages.team", signIn: INSIDE, within: "competition", tab: ({ teams, my_status }) => teams && my_status === "approved" },
  { at: "/c/:competition/judge", tag: "agon-judge", load: () => import("./views/judge"), title: "pages.judge", signIn: JURY, tab: ({ is_juror }, phase) => is_juror && phase?.judged === true, ofPhase: true },
  { at: "/c/:competition/pages/:index", tag: "agon-page", load: () => import("./views/page"), title: "pages.pages", within: "competition" },

  // A competition's organizers: `tab` says who sees a line in the list at the side, `section` where it stands there
  { at: "/c/:competition/manage", tag: "agon-manage-state", load: () => import("./views/manage/state"), title: "manage.state", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/details", tag: "agon-manage-sheet", load: () => import("./views/manage/sheets"), title: "settings.details", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/registration", tag: "agon-manage-sheet", load: () => import("./views/manage/sheets"), title: "settings.registration", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/texts", tag: "agon-manage-parts", load: () => import("./views/manage/parts"), title: "settings.texts", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/phases", tag: "agon-manage-parts", load: () => import("./views/manage/parts"), title: "settings.phases", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/tasks", tag: "agon-manage-parts", load: () => import("./views/manage/parts"), title: "settings.tasks", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/boards", tag: "agon-manage-parts", load: () => import("./views/manage/parts"), title: "settings.boards", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/running", tag: "agon-manage-sheet", load: () => import("./views/manage/sheets"), title: "settings.running", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/shown", tag: "agon-manage-sheet", load: () => import("./views/manage/sheets"), title: "settings.shown", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/questions", tag: "agon-manage-sheet", load: () => import("./views/manage/sheets"), title: "settings.questions", signIn: ORGANIZERS, within: "manage", section: "manage.competition", tab: isOrganizer },
  { at: "/c/:competition/manage/solutions", tag: "agon-solutions", load: () => import("./views/manage/solutions"), title: "settings.solutions", signIn: ORGANIZERS, within: "manage", section: "manage.work", tab: isOrganizer },

  { at: "/c/:competition/manage/participants", tag: "agon-participants", load: () => import("./views/people/participants"), title: "participants.title", signIn: ORGANIZERS, within: "manage", section: "manage.people", tab: isOrganizer, ofPhase: true },
  { at: "/c/:competition/manage/invitations", tag: "agon-guests", load: () => import("./views/people/guests"), title: "guests.title", signIn: ORGANIZERS, within: "manage", section: "manage.people", tab: isOrganizer },
  { at: "/c/:competition/manage/groups", tag: "agon-groups", load: () => import("./views/people/groups"), title: "groups.title", signIn: ORGANIZERS, within: "manage", section: "manage.people", tab: isOrganizer },
  { at: "/c/:competition/manage/teams", tag: "agon-teams", load: () => import("./views/teams"), title: "teams.title", signIn: ORGANIZERS, within: "manage", section: "manage.people", tab: (one) => isOrganizer(one) && one.teams },
  { at: "/c/:competition/manage/organizers", tag: "agon-organizers", load: () => import("./views/people/organizers"), title: "organizers.title", signIn: ORGANIZERS, within: "manage", section: "manage.people", tab: isOrganizer },
  { at: "/c/:competition/manage/jury", tag: "agon-jury", load: () => import("./views/jury"), title: "pages.jury", signIn: JURY, within: "manage", section: "manage.people", tab: (one, phase) => isOrganizer(one) && phase?.judged === true, ofPhase: true },
  { at: "/c/:competition/manage/dashboard", tag: "agon-dashboard", load: () => import("./views/dashboard/dashboard"), title: "dashboard.title", signIn: ORGANIZERS, within: "manage", section: "manage.work", tab: isOrganizer, ofPhase: true },
  { at: "/c/:competition/manage/submissions", tag: "agon-all-submissions", load: () => import("./views/organizing/submissions"), title: "all.title", signIn: ORGANIZERS, within: "manage", section: "manage.work", tab: isOrganizer, ofPhase: true },
  { at: "/c/:competition/manage/phase", tag: "agon-phase-work", load: () => import("./views/organizing/phase-work"), title: "work.title", signIn: ORGANIZERS, within: "manage", section: "manage.work", tab: isOrganizer, ofPhase: true },
  { at: "/c/:competition/manage/packs", tag: "agon-packs", load: () => import("./views/organizing/packs"), title: "packs.title", signIn: ORGANIZERS, within: "manage", section: "manage.work", tab: isOrganizer, ofPhase: true },
  { at: "/c/:competition/manage/announcements", tag: "agon-manage-announcements", load: () => import("./views/news/announcements"), title: "announcements.title", signIn: ORGANIZERS, within: "manage", section: "manage.news", tab: isOrganizer },
  { at: "/c/:competition/manage/mail", tag: "agon-mailings", load: () => import("./views/news/mailings"), title: "mailings.title", signIn: ORGANIZERS, within: "manage", section: "manage.news", tab: isOrganizer },
  { at: "/c/:competition/manage/webhooks", tag: "agon-webhooks", load: () => import("./views/news/webhooks"), title: "webhooks.title", signIn: ORGANIZERS, within: "manage", section: "manage.news", tab: isOrganizer },
  { at: "/c/:competition/manage/reports", tag: "agon-post-reports", load: () => import("./views/forum/reports"), title: "forum.reports", signIn: ORGANIZERS, within: "manage", section: "manage.news", tab: (one) => isOrganizer(one) && one.forum },
  { at: "/c/:competition/manage/dumps", tag: "agon-dumps", load: () => import("./views/organizing/dumps"), title: "dumps.title", signIn: ORGANIZERS, within: "manage", section: "manage.more", tab: isOrganizer },
  { at: "/c/:competition/manage/log", tag: "agon-log", load: () => import("./views/organizing/log"), title: "log.title", signIn: ORGANIZERS, within: "manage", section: "manage.more", tab: isOrganizer, ofPhase: true },

  // Submissions
  { at: "/s/:submission", tag: "agon-submission", load: () => import("./views/submission"), title: "pages.submission", signIn: INSIDE },
  { at: "/s/:submission/results", tag: "agon-results", load: () => import("./views/results"), title: "pages.results" },

  // Queues
  { at: "/queues", tag: "agon-queues", load: () => import("./views/queues/queues"), title: "queues.title", signIn: "queues.why" },
  { at: "/queues/:queue", tag: "agon-queue", load: () => import("./views/queues/queue"), title: "queues.title", signIn: "queues.why" },

  // The library
  { at: "/library", tag: "agon-datasets", load: () => import("./views/library/datasets"), title: "library.title", signIn: "library.why" },
  { at: "/library/tasks", tag: "agon-tasks", load: () => import("./views/library/tasks"), title: "library.tasks", signIn: "library.why" },

  // Juries
  { at: "/juries", tag: "agon-juries", load: () => import("./views/juries"), title: "pages.juries", signIn: JURY },
];

function everyone(): boolean {
  return true;
}

function isOrganizer({ my_status }: Competition): boolean {
  return my_status === "organizer";
}

function isInside({ my_status }: Competition): boolean {
  return my_status === "organizer" || my_status === "approved";
}
