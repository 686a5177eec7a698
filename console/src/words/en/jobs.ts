export default {
  work: "Work",
  status: "Status",
  done: "Done",
  at: "Ordered",
  reason: "Why it failed",
  Waiting: "Waits",
  Running: "Goes on",
  Finished: "Done",
  Failed: "Failed",
} as const;
