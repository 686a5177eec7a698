export default {
  it: "the page",
  person: "Person",
  organizes: "Organizes",
  is_in: "Is in",
  nothing: "No competition and no organization names this person for all to see.",
  change: "Change what your page says",
  yours: "Your page",
  about_yours: "Everybody can see it. Leave out what you do not want to say.",
  look: "Look at it",
  page_of: "The page of {name}",
} as const;
