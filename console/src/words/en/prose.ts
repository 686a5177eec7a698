export default {
  table: "Table",
  code: "Code",
  formula: "Formula",
  image: "Image: {name}",
} as const;
