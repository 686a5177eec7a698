/** Which settings are asked for where: each in one form. `asked.test.ts` finds those that none asks for. Pure. */
import type { PlainKey } from "../../words/words";
import { EXPECTS } from "./expected";

/** A page of settings of the competition itself: the fields of a form, and what is asked for beside it. */
export interface Sheet {
  title: PlainKey;
  only: readonly string[];
  beside?: "logo" | "terms" | "registry";
}

/** A list of settings whose entries each have a form: by the last part of the address. */
export interface Part {
  title: PlainKey;
  add: PlainKey;
  /** Where it stands in the document. */
  part: string;
  only: readonly string[];
}

export const SHEETS: Readonly<Record<string, Sheet>> = {
  details: {
    title: "settings.details",
    only: [
      ...["title", "description", "reward", "contact_email", "forum_enabled", "competition_type"],
      ...further("slug", "tags", "sponsors", "timezone", "start"),
    ],
    beside: "logo",
  },
  registration: {
    title: "settings.registration",
    only: [
      "registration_auto_approve",
      ...further("allowed_addresses", "refused_addresses", "registration_questions"),
      ...further("enable_teams", "require_team_approval", "allow_organizer_teams", "max_team_members"),
      ...further("team_merges", "team_merge_deadline"),
    ],
    beside: "terms",
  },
  running: {
    title: "settings.running",
    only: [
      ...["docker_image", "queue", "auto_run_submissions"],
      ...further("paused", "max_submission_bytes", "requires", "expects"),
    ],
    beside: "registry",
  },
  shown: {
    title: "settings.shown",
    only: [
      ...["make_programs_available", "make_input_data_available", "can_participants_make_submissions_public"],
      ...["enable_detailed_results", "show_detailed_results_in_submission_panel", "show_detailed_results_in_leaderboard"],
      ...further("show_downloads", "anonymous_leaderboard", "show_team_names"),
    ],
  },
  questions: { title: "settings.questions", only: ["fact_sheet"] },
};

export const PARTS: Readonly<Record<string, Part>> = {
  texts: {
    title: "settings.texts",
    add: "settings.add_page",
    part: "pages",
    only: ["title", "content", "format", ...further("participants_only")],
  },
  phases: {
    title: "settings.phases",
    add: "settings.add_phase",
    part: "phases",
    only: [
      ...["name", "description", "start", "end", "tasks"],
      ...["max_submissions_per_day", "max_submissions", "execution_time_limit", "accepts_only_result_submissions"],
      ...["starting_kit", "public_data", "hide_output", "hide_prediction_output", "hide_score_output"],
      "auto_migrate_to_this_phase",
      ...further("migrate", "downloads", "paused", "is_blind", "freeze_board_at", "final_board_from", "final_selection"),
      ...further("submission_rule", "max_submissions_per_month", "min_interval_seconds", "max_concurrent_submissions"),
      ...further("max_submission_bytes", "max_participant_bytes", "docker_image"),
      ...further("submission_extensions", "allowed_addresses"),
      EXPECTS,
      ...further("licence_at_end", "keeps_best_and_last_only", "never_ends", "judging_start", "judging_end", "color"),
    ],
  },
  tasks: {
    title: "settings.tasks",
    add: "settings.add_task",
    part: "tasks",
    only: [
      ...["key", "name", "description", "scoring_program", "reference_data", "ingestion_program", "input_data"],
      "ingestion_only_during_scoring",
      ...further("score_failed_predictions", "scoring_image", "ingestion_image", "contract"),
      ...further("network", "confidential_data", "requires", "judging"),
    ],
  },
  boards: {
    title: "settings.boards",
    add: "settings.add_board",
    part: "leaderboards",
    only: [
      ...["title", "key", "submission_rule", "primary_index", "hidden"],
      ...further("tie_break_indexes", "column_groups", "own_scores", "phases"),
    ],
  },
};

export const COLUMN: readonly string[] = [
  ...["title", "key", "sorting", "precision", "hidden", "computation", "computation_indexes"],
  ...further("computation_weights", "group", "error_of", "former_keys"),
];
/** Of a solution; `path` is a file that is sent with it. */
export const SOLUTION: readonly string[] = ["name", "tasks", "path", "key", "description"];
export const GROUPS: readonly string[] = further("groups");

/** Fields that the format of others lacks. */
function further(...names: string[]): string[] {
  return names.map((name) => `agon.${name}`);
}
