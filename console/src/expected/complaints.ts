/** What is wrong with a submission (chalicelib/contract/expected/complaints.py): codes with parameters, and sentences made of them. */
import { plain } from "../plain";
import { look, t } from "../words/words";
import type { Code } from "../words/en/expects";

export type { Code };
export type Params = Readonly<Record<string, string | number>>;

/** `path` "" is about the submission as a whole; of `more` rows the same is to be said. */
export interface Complaint {
  path: string;
  code: Code;
  line?: number | undefined;
  entry?: number | undefined;
  column?: string | undefined;
  params?: Params | undefined;
  more?: number | undefined;
}

export const MAX_COMPLAINTS = 20;
const [MOST_SHOWN, MOST_OF_A_PATH, MOST_LISTED] = [40, 100, 10];

/** What is wrong, without the file that it is about. */
export function sentence({ code, params = {}, more = 0 }: Complaint): string {
  return (look(`expects.${code}`, params) ?? code) + (more ? ` ${t("expects.more", { more })}` : "");
}

/** Where: the file, the line, the column. */
export function place({ path, line, entry, column }: Complaint): string {
  return [
    path || t("expects.submission"),
    line === undefined ? "" : t("expects.line", { line }),
    entry === undefined ? "" : t("expects.entry", { entry }),
    column ?? "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** A stranger's text as it stands in a sentence: one line, its first characters, and nothing that steers a screen. */
export function shown(text: string, most = MOST_SHOWN): string {
  // Of a text without end its first letters are enough, whatever halves they have.
  const letters = Array.from(text.slice(0, 2 * most + 2));
  const cut = plain(letters.slice(0, most).join("")).replace(/[\n\t]/g, " ");
  return letters.length > most ? `${cut}…` : cut;
}

export function quoted(text: string): string {
  return `“${shown(text)}”`;
}

export function pathShown(path: string): string {
  return shown(path, MOST_OF_A_PATH);
}

export function listed(names: readonly string[]): string {
  const more = names.length > MOST_LISTED ? ` (+${names.length - MOST_LISTED})` : "";
  return (
    names
      .slice(0, MOST_LISTED)
      .map((name) => shown(name))
      .join(", ") + more
  );
}
