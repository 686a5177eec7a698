export default {
  draft: "Brouillon",
  upcoming: "À venir",
  open: "Ouverte",
  closed: "Terminée",
  loading: "Chargement : {what}…",
  again: "Réessayer",
  home: "Toutes les compétitions",
} as const;
