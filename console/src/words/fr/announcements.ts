export default {
  title: "Annonces",
  about:
    "Elles figurent sur la compétition et dans la boîte de chaque participant ; par courriel, elles vont une fois à qui en veut.",
  announce: "Annoncer",
  about_mail: {
    one: "Sur {count} participant, qui veut ce courriel le reçoit une fois.",
    other: "Sur {count} participants, qui veut ce courriel le reçoit une fois.",
  },
  list: "Annonces faites",
  none: "Rien n’est encore annoncé",
  about_none: "Les annonces apparaissent ici, la plus récente d’abord.",
  earlier: { one: "{count} annonce plus ancienne", other: "{count} annonces plus anciennes" },
  heading: "Titre",
  by: "Par",
  at: "Quand",
  edited: "Modifiée",
  do: "Actions",
  edit: "Modifier",
  about_edit:
    "Elle dira qu’elle a été modifiée et personne ne recevra d’autre courriel. L’ancien texte reste dans le journal.",
  leave: "La laisser telle quelle",
  withdraw: "Retirer",
  withdrawn: "Elle est retirée.",
} as const;
