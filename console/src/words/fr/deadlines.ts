export default {
  utc: "{day}, {time} UTC",
  both: "{utc} ({day}, {time} à votre heure)",
  opens: "ouvre {distance}",
  opened: "a ouvert {distance}",
  closes: "ferme {distance}",
  closed: "a fermé {distance}",
  endless: "ne ferme jamais",
  timeline: "Les phases sur une ligne de temps",
  phases: "Phases",
  now: "Maintenant",
} as const;
