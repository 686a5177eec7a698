/** Keys of entries, made of what people call them. Pure. */

const MOST_LETTERS = 40;
/** For what has no letter of ours, and what begins with a digit: browsers put keys of digits before all others. */
const PLAIN = "q";

/** `Data used?` as `data_used`, and as none of those that are `taken`. Empty for nothing. */
export function keyOf(title: string, taken: readonly string[]): string {
  if (title.trim() === "") return "";
  const letters = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .slice(0, MOST_LETTERS)
    .replace(/^_+|_+$/g, "");
  const key = /^[a-z]/.test(letters) ? letters : [PLAIN, letters].filter(Boolean).join("_");
  return taken.includes(key) ? numbered(key, taken) : key;
}

function numbered(key: string, taken: readonly string[], number = 2): string {
  const other = `${key}_${number}`;
  return taken.includes(other) ? numbered(key, taken, number + 1) : other;
}
