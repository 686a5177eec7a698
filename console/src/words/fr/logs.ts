export default {
  search: "Chercher dans : {log}",
  find: "Chercher dans ce journal",
  found: { one: "{count} ligne", other: "{count} lignes" },
  follow: "Suivre la fin",
  earlier: { one: "Montrer {count} ligne antérieure", other: "Montrer {count} lignes antérieures" },
} as const;
