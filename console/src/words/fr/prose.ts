export default {
  table: "Tableau",
  code: "Code",
  formula: "Formule",
  image: "Image : {name}",
} as const;
