export default {
  by: "par {organizer}",
  participants: { one: "{count} participant", other: "{count} participants" },
  prize: "Prix : {prize}",
} as const;
