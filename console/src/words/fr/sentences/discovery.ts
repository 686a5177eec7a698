export default {
  calendar_moved: "L’adresse de votre calendrier a été changée au même moment. Demandez-en une autre.",
  catalogue_being_made: "Le catalogue est en train d’être refait.",
  enough_sites:
    "Le nombre de sites de confiance est de {most}, et il ne peut y en avoir plus. Retirez-en d’abord un de la liste.",
  feature_a_draft: "Cette compétition est un brouillon. Elle peut être mise en avant une fois publiée.",
  leave_one_out: "Omettez l’un des deux.",
  mine_or_joined: "Demandez celles que vous organisez ou celles auxquelles vous participez.",
  mine_signed_out: "Connectez-vous pour voir les compétitions que vous organisez ou auxquelles vous participez.",
  no_calendar: "Ce calendrier n’existe pas. Son propriétaire a repris l’adresse, ou en a demandé une autre.",
  no_site: "Ce site n’est pas dans la liste. Consultez-la.",
  site_answered: "Le site a répondu {status}, et non sa liste.",
  site_unfetchable: "Rien ne peut être lu à cette adresse.",
  sites_being_read: "Les listes d’autres sites sont en cours de lecture.",
} as const;
