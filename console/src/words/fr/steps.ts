export default {
  "sign-in": "Se connecter pour participer",
  join: "Participer",
  waiting: "En attente d’approbation",
  denied: "Non admis : lire pourquoi",
  terms: "Accepter les nouvelles conditions",
  submit: "Soumettre",
  upcoming: "Pas encore ouvert : voir les données",
  over: "Terminé : voir les résultats",
} as const;
