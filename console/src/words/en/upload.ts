export default {
  no_zip: "No zip",
  no_zip_hint: "{name} is no zip archive. Zip it, and choose the zip.",
  unreachable: "Storage cannot be reached",
  unreachable_hint: "The file did not arrive whole. Check your connection. {then}",
  refused: "Storage refused the file",
  refused_hint: "Storage refused the file: {code}. {then}",
  again: "Try again.",
  goes_on: "What has arrived stays for a day: hand in the same file, and it goes on.",
} as const;
