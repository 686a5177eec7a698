export default {
  it: "Organization",
  competitions: "Competitions",
  members: "Members",
  role: "Role",
  owner: "Owner",
  manager: "Manager",
  member: "Member",
} as const;
