export default {
  title: "Organisateurs",
  about:
    "Les organisateurs font tout sauf céder la compétition et nommer ; les observateurs voient ce qu’ils voient et ne changent rien.",
  name: "Nom",
  role: "Rôle",
  by: "Proposé par",
  at: "Depuis",
  do: "Actions",
  owner: "Propriétaire",
  organizer: "Organisateur",
  viewer: "Observateur",
  offered: "proposé comme : {role}",
  withdraw: "Retirer la proposition",
  withdrawn: "{name} n’est plus sollicité.",
  dismiss: "Démettre",
  dismissed: "{name} n’organise plus cette compétition.",
  appoint: "Proposer un rôle",
  about_appoint:
    "La personne l’accepte sur ses propres pages. Un nouveau propriétaire prend votre place ; vous restez organisateur.",
  offer: "Proposer",
} as const;
