export default {
  it: "the page",
  person: "Person",
  organizes: "Organizes",
  is_in: "Is in",
  shares: "Shares code",
  unnamed: "Without a name",
  nothing: "Nothing names this person for all to see: no competition, no shared code and no organization.",
  change: "Change what your page says",
  yours: "Your page",
  about_yours: "Everybody can see it. Leave out what you do not want to say.",
  look: "Look at it",
  page_of: "The page of {name}",
} as const;
