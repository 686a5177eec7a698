export default {
  title: "Ce qui en est dit",
  hint: "Markdown, montré là où elle est partagée",
  shared: "Code partagé",
  about_shared: "Tout le monde peut avoir ce qui a été soumis, sous {licence}.",
  about_unshared: "Donnez à tous ce qui a été soumis, sous une licence de votre choix.",
  unshare: "Ne plus la partager",
  share: "La partager",
  saved: "C’est enregistré.",
  is_unshared: "Elle n’est plus partagée.",
  is_shared: "Elle est partagée sous {licence}.",
} as const;
