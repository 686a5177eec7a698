/** The one way to the clipboard. */
import { Problem } from "./api/problem";
import { t } from "./words/words";

/** Throws Problem where the browser does not let pages copy. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Problem(400, "", t("shell.no_copy"));
  }
}
