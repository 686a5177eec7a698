export default {
  search: "Search in: {log}",
  find: "Find in this log",
  found: { one: "{count} line", other: "{count} lines" },
  follow: "Follow the end",
  earlier: { one: "Show {count} earlier line", other: "Show {count} earlier lines" },
} as const;
