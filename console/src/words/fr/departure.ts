export default {
  status: "C’est demandé : {status}.",
  Waiting: "en attente",
  Running: "en cours",
  Finished: "terminé",
  Failed: "échoué",
  known_as: "Connu ensuite sous",
  competitions: "Compétitions",
  teams: "Équipes",
  obstacles: "Il y a un obstacle :",
  stays: "Ce qui reste",
  goes: "Ce qui disparaît",
};
