/** The card of a competition's data, for engines: a block of JSON-LD in the page's head. */
import type { TrustedTypePolicy, TrustedTypesWindow } from "trusted-types/lib";

const CARD = "data-card";

/** Has the head hold this card in place of a former one, or none. */
export function describe(card: unknown): void {
  document.getElementById(CARD)?.remove();
  if (card === undefined) return;
  const block = Object.assign(document.createElement("script"), { id: CARD, type: "application/ld+json" });
  const text = JSON.stringify(card);
  block.textContent = (policy()?.createScript(text) ?? json(text)) as string;
  document.head.append(block);
}

/** A text that is JSON and nothing else: as a script it would do nothing, and no word in it ends the block. */
const json = (text: string): string => JSON.stringify(JSON.parse(text)).replaceAll("<", "\\u003c");

let made: Pick<TrustedTypePolicy, "createScript"> | undefined;

/** The page's policy asks of each script, also of one that never runs, by whom its text was made. */
function policy(): typeof made {
  return (made ??= (window as unknown as TrustedTypesWindow).trustedTypes?.createPolicy(CARD, { createScript: json }));
}
