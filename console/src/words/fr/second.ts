export default {
  title: "Deuxième étape",
  about:
    "La connexion demande alors, en plus du mot de passe, un code d’une application d’authentification de votre téléphone. Le mot de passe seul ne suffit plus.",
  begin: "Créer une clé",
  give: "Donnez cette clé à votre application, par l’appareil photo, en la tapant ou par le lien. Elle n’est affichée qu’une fois. Écrivez ensuite un code qu’elle affiche.",
  qr: "La clé en code QR, pour l’appareil photo de votre téléphone",
  open: "L’ouvrir dans l’application de cet appareil",
  code: "Code de votre application",
  hint: "Les six chiffres qu’elle affiche maintenant.",
  turn_on: "L’activer",
  turn_off: "La désactiver",
  is_on: "Votre connexion demande un code de votre application.",
  lost: "Perdue ? Un administrateur du site la désactive. Les jetons personnels ne demandent pas de code.",
  off_for: "Désactiver la deuxième étape",
  about_off_for: "Pour qui a perdu son application. Assurez-vous d’abord que c’est bien cette personne.",
  is_off_for: "{name} se connecte avec le seul mot de passe.",
};
