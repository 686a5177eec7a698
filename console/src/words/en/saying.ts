export default {
  title: "What is said of it",
  hint: "Markdown, shown where it is shared",
  shared: "Shared code",
  about_shared: "Everybody may have what was handed in, under {licence}.",
  about_unshared: "Let everybody have what was handed in, under a licence of your choice.",
  unshare: "Share it no more",
  share: "Share it",
  saved: "It is saved.",
  is_unshared: "It is shared no more.",
  is_shared: "It is shared under {licence}.",
} as const;
