export default {
  none: "There is no file in it.",
  large: "Too large to be shown.",
  download: "Download {name}",
} as const;
