export default {
  it: "la page",
  person: "Personne",
  organizes: "Organise",
  is_in: "Fait partie de",
  shares: "Partage du code",
  unnamed: "Sans nom",
  nothing: "Rien ne nomme publiquement cette personne : ni compétition, ni code partagé, ni organisation.",
  change: "Modifier ce que dit votre page",
  yours: "Votre page",
  about_yours: "Tout le monde peut la voir. N’écrivez que ce que vous voulez dire.",
  look: "La voir",
  page_of: "La page de {name}",
};
