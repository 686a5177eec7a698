export default {
  table: "Tableau",
  code: "Code",
  formula: "Formule",
  image: "Image : {name}",
  unreadable: "Cette formule est illisible.",
} as const;
