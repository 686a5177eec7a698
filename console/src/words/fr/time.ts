export default {
  own: "{day}, {time} à votre heure ({utc} UTC)",
  utc: "{day}, {time} UTC",
  days: { one: "{count} jour", other: "{count} jours" },
  hours: "{hours} h",
  minutes: "{minutes} min",
  begins: "Débute",
  began: "A débuté",
  ends: "Se termine",
  ended: "S’est terminé",
  endless: "Sans fin prévue",
  in: "dans {time}",
  left: "il reste {time}",
} as const;
