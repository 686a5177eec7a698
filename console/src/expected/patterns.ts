/** Paths with `*`, `?` and `**`, as chalicelib/contract/expected/patterns.py has them. */

export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

export function matches(pattern: string, path: string): boolean {
  return goes(pattern.split("/"), path.split("/"), "**", isNamed);
}

function isNamed(pattern: string, name: string): boolean {
  return goes(Array.from(pattern), Array.from(name), "*", (letter, other) => letter === "?" || letter === other);
}

/** One after another; of the stars before, only the last is ever given more. */
function goes(
  wanted: readonly string[],
  given: readonly string[],
  star: string,
  isOne: (want: string, one: string) => boolean,
): boolean {
  let [at, backTo, taken, place] = [0, -1, 0, 0];
  while (place < given.length) {
    const [want, one] = [wanted[at], given[place] ?? ""];
    if (want !== undefined && want !== star && isOne(want, one)) {
      at++;
      place++;
    } else if (want === star) [backTo, taken, at] = [at, place, at + 1];
    else if (backTo >= 0) [at, taken, place] = [backTo + 1, taken + 1, taken + 1];
    else return false;
  }
  return wanted.slice(at).every((part) => part === star);
}
