export default {
  title: "{name}, par {participant}",
  baseline: "Référence",
  verified: "Vérifiée",
  disqualified: "Disqualifiée",
  give: "Marquer",
  take: "Enlever la marque",
  now: "Ses marques : {marks}.",
  none: "Elle n’a aucune marque.",
  scores: "Scores à la main",
  about_scores:
    "Ce qu’a dit le programme d’évaluation est gardé à côté ; le journal garde trace du changement. Un score vidé est retiré.",
  set_scores: "Fixer les scores",
  scores_set: "Les scores sont fixés. Le classement suit dans un instant.",
} as const;
