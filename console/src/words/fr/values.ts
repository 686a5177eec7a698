export default {
  lower: "le plus bas est le meilleur",
  higher: "le plus haut est le meilleur",
  bytes: { one: "{count} octet", other: "{count} octets" },
  kB: "{number} ko",
  MB: "{number} Mo",
  GB: "{number} Go",
  yes: "Oui",
  no: "Non",
} as const;
