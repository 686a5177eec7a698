export default {
  enough_queues: "Vous avez {most} files d’attente, le maximum pour une personne. Retirez-en une, ou partagez-en une.",
  install_runner: "installez-y l’exécuteur d’Agon {version} ({command}) et redémarrez-le",
  no_queue: "Cette file d’attente n’existe pas. Consultez vos files pour son identifiant ; celle du site s’appelle default.",
  no_registry: "Aucune connexion à un registre n’est enregistrée ici.",
  queue_being_removed: "Cette file d’attente est en cours de suppression. Choisissez-en une autre.",
  queue_closed:
    "La file d’attente qui exécute les soumissions de cette compétition est fermée à ses organisateurs. Ils doivent en choisir une autre.",
  queue_has_waiting: "Des soumissions attendent dans cette file. Démarrez un exécuteur pour elles, ou annulez-les.",
  queue_in_use: "Des compétitions utilisent cette file d’attente, donc elle reste. Donnez-leur d’abord une autre.",
  queue_of_everybody: "La file d’attente du site est à la disposition de tous.",
  queue_of_others: "Seul son propriétaire peut faire cela d’une file d’attente.",
  queue_of_site_stays: "La file d’attente du site reste : les compétitions qui n’en nomment aucune l’utilisent.",
  runner_differs: "Cet exécuteur parle la version {version} du protocole des exécuteurs, et ce site les versions {spoken}.",
  runner_kept: "Les travaux qu’il a peuvent se terminer, et ce qu’il garde des travaux scellés reste.",
  runner_served_yet: "{differs} Il est servi, et une prochaine mise à jour du site peut y mettre fin : {install}.",
  runner_token_shape: "Les exécuteurs se connectent avec le jeton d’une file d’attente, qui commence par agonr_.",
  runner_token_unknown:
    "Ce jeton d’exécuteur est inconnu, expiré ou révoqué. Demandez-en un nouveau au propriétaire de la file d’attente.",
  runner_too_new: "{differs} Il ne reçoit pas de travaux : {install}, ou faites mettre le site à jour. {kept}",
  runner_too_old: "{differs} Il ne reçoit pas de travaux : {install}. {kept}",
} as const;
