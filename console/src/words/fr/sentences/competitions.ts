export default {
  competition_moved: "Quelqu’un a publié ou modifié cette compétition au même moment. Regardez-la à nouveau.",
  competition_removed: "La compétition a été supprimée entre-temps.",
  denied: "Les organisateurs ne vous admettent pas. Écrivez-leur si c’est une erreur.",
  denied_because: "Les organisateurs ne vous admettent pas. Ils disent : « {reason} » Écrivez-leur si c’est une erreur.",
  no_competition:
    "Cette compétition n’existe pas. Consultez la liste des compétitions pour son identifiant ou son nom court.",
  no_page: "Cette compétition n’a pas cette page.",
  no_phase: "Cette phase n’existe pas. Consultez la compétition pour ses phases.",
  not_joined: "Vous ne participez pas à cette compétition. Inscrivez-vous d’abord.",
  organizers_await_approval: "Ses organisateurs attendent l’approbation. Approuvez-la, ou refusez-la.",
  organizers_only: "Seul un organisateur de cette compétition peut faire cela.",
  owner_only: "Seul le propriétaire de cette compétition peut faire cela. Adressez-vous à lui, ou aux administrateurs.",
  page_for_participants: "La page « {page} » est réservée aux participants. Inscrivez-vous à la compétition pour la lire.",
  page_numbers: "Les pages ont des numéros. La compétition les énumère.",
  phase_over: "La phase « {phase} » s’est terminée le {at} et ne prend plus de soumissions.",
  phase_to_come: "La phase « {phase} » n’a pas commencé. Elle prend des soumissions à partir du {at}.",
  publication_decided: "Quelqu’un a décidé de cette compétition au même moment. Regardez-la à nouveau.",
  registration_pending: "Un organisateur doit encore accepter votre inscription. Soumettez ensuite.",
  settings_outdated:
    "Quelqu’un a modifié cette compétition depuis que vous l’avez chargée. Rechargez ses réglages, puis refaites votre modification.",
  settings_outdated_or_slug_taken:
    "Quelqu’un a modifié cette compétition depuis que vous l’avez chargée, ou vient de prendre son nouveau nom court. Rechargez ses réglages, puis refaites votre modification.",
  slug_of_another: "« {slug} » est ou était le nom court d’une autre compétition. Choisissez-en un autre.",
  slugs_enough: "Elle a eu autant de noms courts qu’il se peut, qui mènent tous à elle. Reprenez l’un d’eux : {slugs}.",
  slugs_taken: "D’autres prennent des noms courts comme celui-ci en ce moment. Réessayez.",
} as const;
