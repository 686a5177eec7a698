export default {
  it: "Organisation",
  competitions: "Compétitions",
  members: "Membres",
  role: "Rôle",
  owner: "Propriétaire",
  manager: "Gestionnaire",
  member: "Membre",
};
