export default {
  table: "Table",
  code: "Code",
  formula: "Formula",
  image: "Image: {name}",
  unreadable: "This formula cannot be read.",
} as const;
