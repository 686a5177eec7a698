export default {
  unknown: "It gave no further explanation.",
  unreadable: "It answered {status} without JSON. It may still be starting; try again in a moment.",
  unreachable: "Check your connection, then try again.",
  body: "Correct the marked fields.",
  sign_in_first: "Sign in first.",
  session_over: "Your session is over. Sign in again.",
  second_step: "This account asks for a code, too. Write the six digits that your authenticator shows.",
  wrong_code: "The code is wrong, or was used. Wait for the next one.",
  wrong_password: "The user name or the password is wrong.",
  busy: "Nothing was done. Try again in a moment.",
  outdated: "Somebody else has changed this meanwhile. Look at what is there now, then change it again.",
  broken: "Something broke on our side and was logged. Try again; if it stays, tell the administrators.",
} as const;
