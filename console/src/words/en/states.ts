export default {
  draft: "Draft",
  upcoming: "Upcoming",
  open: "Open",
  closed: "Closed",
  archived: "Archived",
  loading: "Loading {what}…",
  again: "Try again",
  home: "All competitions",
} as const;
