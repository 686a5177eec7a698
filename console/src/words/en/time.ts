export default {
  own: "{day}, {time} your time ({utc} UTC)",
  utc: "{day}, {time} UTC",
  days: { one: "{count} day", other: "{count} days" },
  hours: "{hours} h",
  minutes: "{minutes} min",
  begins: "Begins",
  began: "Began",
  ends: "Ends",
  ended: "Ended",
  endless: "Without an end",
  in: "in {time}",
  left: "{time} left",
} as const;
