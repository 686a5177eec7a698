export default {
  draft: "Draft",
  upcoming: "Upcoming",
  open: "Open",
  closed: "Closed",
  loading: "Loading {what}…",
  again: "Try again",
  home: "All competitions",
} as const;
