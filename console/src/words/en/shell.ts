export default {
  lost: "No connection. What you see may be old; it is brought up to date as soon as the connection is back.",
  accountOf: "Account of",
  signOut: "Sign out",
  theme: "Colours",
  system: "As the system",
  light: "Light",
  dark: "Dark",
  again: "Sign in again",
  whyAgain: "Your sign-in is over. What you typed is still there; it goes on as soon as you have signed in.",
  asNobody: "Go on without signing in",
  copied: "It is copied.",
  no_copy: "Your browser does not let pages copy. Select it and copy it by hand.",
} as const;
