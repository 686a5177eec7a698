export default {
  of: "les scores de {name}",
  of_team: "les scores de l’équipe",
  back: "← Classement",
  over_time: "{column} au fil du temps",
  none_hint: "La première soumission évaluée et montrée ouvrira la courbe.",
  people: "Une équipe de {names}",
  submissions: { one: "{count} soumission", other: "{count} soumissions" },
  newest: { one: "La dernière soumission", other: "Les {count} dernières soumissions" },
  dot: "une soumission",
  best: "la meilleure jusque-là",
  summary: {
    one: "{column} de {participant} en {count} soumission : de {low} à {high}, le meilleur {best}. Le tableau ci-dessous les donne tous.",
    other:
      "{column} de {participant} en {count} soumissions : de {low} à {high}, le meilleur {best}. Le tableau ci-dessous les donne tous.",
  },
  table: "Tableau des scores",
  caption: "{column} de chaque soumission, la plus récente d’abord",
  best_then: "Meilleur jusque-là",
} as const;
