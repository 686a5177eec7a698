export default {
  project_url: "Page du projet",
  publication_url: "Publication",
  code_url: "Code",
  sheet: "Fiche descriptive",
  needed: "réponse obligatoire",
  method: "Méthode",
  how: "Son principe",
} as const;
