export default {
  unknown: "It gave no further explanation.",
  unreadable: "It answered {status} without JSON. It may still be starting; try again in a moment.",
  unreachable: "Check your connection, then try again.",
  body: "Correct the marked fields.",
  sign_in_first: "Sign in first.",
  second_step: "This account asks for a code, too. Write the six digits that your authenticator shows.",
} as const;
