export default {
  none: "Elle ne contient aucun fichier.",
  large: "Trop grand pour être montré.",
  download: "Télécharger {name}",
} as const;
