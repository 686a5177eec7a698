export default {
  language: "Langue",
} as const;
