export default {
  done: { one: "{count} done.", other: "{count} done." },
  refused: "Not {names}: {reason}",
  reason: "Reason",
} as const;
