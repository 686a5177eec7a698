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
  sealed: "Files scellées",
  about_sealed:
    "D’une file scellée, seuls les scores sortent. Son propriétaire peut faire envoyer le reste de cette soumission.",
  release: "Envoyer ses journaux et sorties",
  released: "La machine les envoie dans quelques minutes.",
} as const;
