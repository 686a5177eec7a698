export default {
  title: "Paquets",
  about:
    "Des zips de ce qui a été soumis à « {phase} », avec sorties, journaux, pages de résultats et un tableau. Ils restent une semaine.",
  make: "Empaqueter toute la phase",
  or_some: "Vous en sélectionnez certaines sous « Soumissions de tous ».",
  begun: "L’empaquetage est en cours.",
  none: "Rien n’est encore empaqueté",
  about_none: "L’empaquetage se fait en arrière-plan.",
  at: "Demandé",
  submissions: "Soumissions",
  zips: "Zips",
  zip: "Zip {number} ({size})",
  until: "Jusqu’au",
} as const;
