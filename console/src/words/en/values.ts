export default {
  lower: "lower is better",
  higher: "higher is better",
  bytes: { one: "{count} byte", other: "{count} bytes" },
  kB: "{number} kB",
  MB: "{number} MB",
  GB: "{number} GB",
  yes: "Yes",
  no: "No",
} as const;
