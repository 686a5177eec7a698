export default {
  by: "by {organizer}",
  participants: { one: "{count} participant", other: "{count} participants" },
  prize: "Prize: {prize}",
} as const;
