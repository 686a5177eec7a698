export default {
  today: { one: "{left} of {count} submission left today", other: "{left} of {count} submissions left today" },
  this_month: {
    one: "{left} of {count} submission left this month",
    other: "{left} of {count} submissions left this month",
  },
  in_all: { one: "{left} of {count} submission left in all", other: "{left} of {count} submissions left in all" },
  extra: { one: "{count} attempt of these from the organizers", other: "{count} attempts of these from the organizers" },
  at_once: "{left} of {limit} at the same time",
  bytes: "{left} of {limit} left",
  each: "{size} at most each",
  interval: "one every {time}",
  closed: "Nothing can be handed in now.",
  opens: "The next attempt opens on {instant}, in {left}.",
} as const;
