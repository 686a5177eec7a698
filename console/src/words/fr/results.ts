export default {
  it: "les résultats détaillés",
  about: "Résultats détaillés, tels que le programme de la compétition les a écrits. Leurs scripts ne s’exécutent pas ici.",
  none: "Aucune page",
  none_hint: "Le programme qui a évalué cette soumission n’a écrit aucune page de résultats.",
} as const;
