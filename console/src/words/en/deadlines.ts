export default {
  utc: "{day}, {time} UTC",
  both: "{utc} ({day}, {time} your time)",
  opens: "opens {distance}",
  opened: "opened {distance}",
  closes: "closes {distance}",
  closed: "closed {distance}",
  endless: "never closes",
  timeline: "Phases on a line of time",
  phases: "Phases",
  now: "Now",
} as const;
