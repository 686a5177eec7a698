export default {
  title: "Packs",
  about: "Zips of what was submitted to “{phase}”, with outputs, logs, result pages and a table. They lie ready for a week.",
  make: "Pack the whole phase",
  or_some: "Some of them you select under “Everybody’s submissions”.",
  begun: "They are being packed.",
  none: "Nothing was packed yet",
  about_none: "Packing goes on in the background.",
  at: "Ordered",
  submissions: "Submissions",
  zips: "Zips",
  zip: "Zip {number} ({size})",
  until: "Until",
} as const;
