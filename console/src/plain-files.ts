/** Submissions of one plain file, which a phase takes by its extension (chalicelib/contract/plain_files.py). */
import { list } from "./words/words";

const EXTENSION = /^[a-z0-9][a-z0-9_-]{0,15}$/;

/** What stands behind the last dot of a name, in small letters; empty where there is none that can be named. */
export function extensionOf(name: string): string {
  const found = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return name.includes(".") && EXTENSION.test(found) ? found : "";
}

/** What programs find a file as. */
export function placeOf(name: string): string {
  return `submission.${extensionOf(name)}`;
}

/** `.csv or .json`. */
export function listed(extensions: readonly string[]): string {
  return list(extensions.map((one) => `.${one}`), "disjunction"); // prettier-ignore
}

/** What a picker of files is to offer. */
export function accepted(extensions: readonly string[]): string {
  return extensions.map((one) => `.${one}`).join(",");
}
