export default {
  draft: "Brouillon",
  upcoming: "À venir",
  open: "Ouverte",
  closed: "Terminée",
  archived: "Archivée",
  loading: "Chargement : {what}…",
  again: "Réessayer",
  home: "Toutes les compétitions",
} as const;
