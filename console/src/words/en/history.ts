export default {
  of: "the scores of {name}",
  of_team: "the scores of the team",
  back: "← Leaderboard",
  over_time: "{column} over time",
  none_hint: "The first submission that is scored and shown begins the line.",
  people: "A team of {names}",
  submissions: { one: "{count} submission", other: "{count} submissions" },
  newest: { one: "The newest {count} submission", other: "The newest {count} submissions" },
  dot: "a submission",
  best: "the best until then",
  summary: {
    one: "{column} of {participant} in {count} submission: from {low} to {high}, the best {best}. The table below has every one.",
    other:
      "{column} of {participant} in {count} submissions: from {low} to {high}, the best {best}. The table below has every one.",
  },
  table: "Table of scores",
  caption: "{column} of each submission, the newest first",
  best_then: "Best until then",
} as const;
