export default {
  title: "Images privées",
  about:
    "L’identification par laquelle les exécuteurs tirent les images d’un registre. Le mot de passe est chiffré et n’est montré à personne.",
  is: "{username} sur {server}, depuis",
  none: "Aucune : les images sont tirées sans identification.",
  store: "L’enregistrer",
  remove: "L’oublier",
  removed: "Elle est oubliée.",
} as const;
