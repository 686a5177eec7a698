export default {
  done: { one: "{count} fait.", other: "{count} faits." },
  refused: "Sauf {names} : {reason}",
  reason: "Motif",
} as const;
