export default {
  approval_not_awaited:
    "Cette compétition n’attend pas d’approbation. La liste de celles qui en attendent une est à l’administration.",
  both_accounts_go:
    "Le compte {account} n’existe plus, ou est lui-même en cours de suppression. Fusionnez celui-ci avec un autre compte, ou supprimez-le aussi.",
  data_above_zips: "Il y a plus que ce que contiennent {most} zips. Adressez-vous à un administrateur du site.",
  data_being_packed:
    "Vos données sont en cours d’assemblage, ou l’ont été il y a moins d’une heure. Consultez l’export existant.",
  data_by_token:
    "Un jeton d’accès personnel n’obtient pas tout ce qu’a son propriétaire. Connectez-vous pour cela avec votre mot de passe.",
  delete_published:
    "Cette compétition est publiée. Retirez-la d’abord de la publication, pour que personne ne la trouve ; puis supprimez-la.",
  delete_unnamed: "Une compétition supprimée ne revient pas. Dites laquelle par son nom court.",
  merge_of_ones_own: "C’est votre propre compte. Demandez à un autre administrateur de le fusionner.",
  merger_in_the_way: "{what} : {advice} L’aperçu montre tout ce qui fait obstacle.",
  month_shape: "Écrivez-le comme 2026-11.",
  no_competition_stored: "Cette compétition n’existe pas.",
  no_month: "Ce mois n’existe pas.",
  obstacle_banned: "il est banni. Rétablissez-le d’abord.",
  obstacle_going: "il est lui-même en cours de suppression.",
  obstacle_members: "elle a d’autres membres : proposez-la à l’un d’eux, qui accepte, ou supprimez-la.",
  obstacle_owned: "elle doit d’abord être transférée : proposez-la à un autre compte, qui accepte.",
  obstacle_same: "c’est un seul et même compte. Nommez aussi l’autre.",
  owns_competition: "Le compte possède la compétition « {title} » ({id}). Transférez-la d’abord.",
  owns_organization: "Le compte possède l’organisation « {name} ». Transférez-la d’abord, ou supprimez-la.",
  place_in_the_way: "Dans la compétition {competition} : {why}",
  removal_in_the_way: "{what} : {advice}",
  removal_in_the_ways: "{why} Et {more} de plus.",
  remove_of_ones_own: "C’est votre propre compte. Supprimez-le en tant que propriétaire, avec votre mot de passe.",
  schema_just_begun: "Quelqu’un d’autre vient de le commencer.",
  site_report_decided: "Quelqu’un d’autre a tranché ce signalement. Rechargez les signalements.",
  site_report_twice: "Vous l’avez déjà signalé. Les administrateurs l’examinent.",
  storage_in_review: "Le stockage est en cours de révision. Attendez qu’elle soit terminée.",
  table_being_walked: "La table est en cours de parcours. L’administration montre où il en est.",
  team_changes: "Cette équipe change sans cesse. Réessayez dans un instant.",
  type_the_slug: "Tapez {slug} pour supprimer « {title} ».",
  username_needed: "Donnez son nom d’utilisateur.",
  which_account_stays: "Quel compte continue ?",
} as const;
