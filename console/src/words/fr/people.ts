export default {
  it: "la page",
  person: "Personne",
  organizes: "Organise",
  is_in: "Fait partie de",
  nothing: "Aucune compétition ni organisation ne nomme publiquement cette personne.",
  change: "Modifier ce que dit votre page",
  yours: "Votre page",
  about_yours: "Tout le monde peut la voir. N’écrivez que ce que vous voulez dire.",
  look: "La voir",
  page_of: "La page de {name}",
};
