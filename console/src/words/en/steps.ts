export default {
  "sign-in": "Sign in to join",
  join: "Join",
  waiting: "Waiting for approval",
  denied: "Not admitted: read why",
  terms: "Accept the new terms",
  submit: "Submit",
  upcoming: "Not open yet: get the data",
  over: "Closed: see the results",
} as const;
