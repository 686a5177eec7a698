export default {
  no_zip: "Pas un zip",
  no_zip_hint: "{name} n’est pas une archive zip. Compressez-le, et choisissez le zip.",
  unreachable: "Le stockage est injoignable",
  unreachable_hint: "Le fichier n’est pas arrivé en entier. Vérifiez votre connexion. {then}",
  refused: "Le stockage a refusé le fichier",
  refused_hint: "Le stockage a refusé le fichier : {code}. {then}",
  again: "Réessayez.",
  goes_on: "Ce qui est arrivé reste un jour : envoyez le même fichier, et l’envoi reprend.",
} as const;
