export default {
  work: "Travail",
  status: "Statut",
  done: "Fait",
  at: "Demandé",
  reason: "Cause de l’échec",
  Waiting: "En attente",
  Running: "En cours",
  Finished: "Terminé",
  Failed: "Échoué",
} as const;
