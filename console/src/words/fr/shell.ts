export default {
  lost: "Pas de connexion. Ce que vous voyez peut être ancien ; tout sera mis à jour dès que la connexion sera rétablie.",
  accountOf: "Compte de",
  signOut: "Se déconnecter",
  theme: "Couleurs",
  system: "Comme le système",
  light: "Clair",
  dark: "Sombre",
  again: "Reconnectez-vous",
  whyAgain:
    "Votre session est terminée. Ce que vous avez saisi est toujours là ; tout reprend dès que vous vous reconnectez.",
  asNobody: "Continuer sans se connecter",
  copied: "C’est copié.",
  no_copy: "Votre navigateur ne laisse pas les pages copier. Sélectionnez-le et copiez-le à la main.",
} as const;
