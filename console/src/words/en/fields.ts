export default {
  project_url: "Project’s page",
  publication_url: "Paper",
  code_url: "Code",
  sheet: "Fact sheet",
  needed: "needs an answer",
  method: "Method",
  how: "How it works",
} as const;
