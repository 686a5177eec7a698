export default {
  title: "Second step",
  about:
    "With it a sign-in asks for a code of an authenticator on your phone beside the password. Who knows the password alone stays out.",
  begin: "Make a key",
  give: "Give this key to your authenticator, by its camera, by typing it or by the link. It is shown this once. Then write a code that it shows.",
  qr: "The key as a QR code, for the camera of your phone",
  open: "Open it in the authenticator of this device",
  code: "Code of your authenticator",
  hint: "The six digits that it shows now.",
  turn_on: "Turn it on",
  turn_off: "Turn it off",
  is_on: "Your sign-in asks for a code of your authenticator.",
  lost: "Lost it? An administrator of the site turns this off. Personal tokens ask for no code.",
  off_for: "Turn the second step off",
  about_off_for: "For who has lost the authenticator. Make sure first that it is they.",
  is_off_for: "{name} signs in with the password alone.",
} as const;
