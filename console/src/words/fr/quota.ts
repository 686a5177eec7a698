export default {
  today: {
    one: "Il reste {left} soumission sur {count} aujourd’hui",
    other: "Soumissions restantes aujourd’hui : {left} sur {count}",
  },
  this_month: {
    one: "Il reste {left} soumission sur {count} ce mois-ci",
    other: "Soumissions restantes ce mois-ci : {left} sur {count}",
  },
  in_all: {
    one: "Il reste {left} soumission sur {count} en tout",
    other: "Soumissions restantes en tout : {left} sur {count}",
  },
  extra: {
    one: "dont {count} essai donné par les organisateurs",
    other: "dont {count} essais donnés par les organisateurs",
  },
  at_once: "{left} sur {limit} à la fois",
  bytes: "il reste {left} sur {limit}",
  each: "{size} au plus chacune",
  interval: "une toutes les {time}",
  closed: "Rien ne peut être soumis pour l’instant.",
  opens: "Le prochain essai s’ouvre le {instant}, dans {left}.",
} as const;
