export default {
  it: "the detailed results",
  about: "Detailed results, as the competition’s program wrote them. Scripts in them do not run here.",
  none: "No page",
  none_hint: "The program that scored this submission wrote no page of results.",
} as const;
