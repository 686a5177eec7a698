export default {
  status: "This is ordered: {status}.",
  Waiting: "waiting",
  Running: "in progress",
  Finished: "done",
  Failed: "failed",
  known_as: "Known afterwards as",
  competitions: "Competitions",
  teams: "Teams",
  obstacles: "Something is in the way:",
  stays: "What stays",
  goes: "What goes",
} as const;
