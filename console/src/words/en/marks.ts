export default {
  title: "{name}, by {participant}",
  baseline: "Baseline",
  verified: "Verified",
  disqualified: "Disqualified",
  give: "Mark",
  take: "Unmark",
  now: "Its marks now: {marks}.",
  none: "It has no mark.",
  scores: "Scores by hand",
  about_scores:
    "What the scoring program said is kept beside it; that you changed it stands in the log. An empty score is taken away.",
  set_scores: "Set the scores",
  scores_set: "The scores are set. The board follows in a moment.",
  sealed: "Sealed queues",
  about_sealed: "Of a sealed queue only scores leave the runner. Its owner may have the rest of this submission sent.",
  release: "Send its logs and outputs",
  released: "The runner sends them within some minutes.",
} as const;
