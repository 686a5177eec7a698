export default {
  title: "Private images",
  about: "The sign-in by which runners pull images from a registry. The password is kept encrypted and shown to nobody.",
  is: "{username} at {server}, since",
  none: "There is none: images are pulled without a sign-in.",
  store: "Keep it",
  remove: "Forget it",
  removed: "It is forgotten.",
} as const;
