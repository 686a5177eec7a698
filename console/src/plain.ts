/** A stranger's text, of which nothing may steer a reader's screen (chalicelib/contract/texts.py). */
const STEERING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Persian, the languages of India and joined emoji are spelled with joiners; elsewhere they only hide. */
const SPELLED = /[^\p{ASCII}\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u;
const SPELLS = /^[\u200c\u200d][^\p{ASCII}\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A stranger's text with a sign in the place of each character that could steer a screen. Lines and tabs stay. */
export function plain(text: string): string {
  return text.replace(STEERING, (letter, at: number) => {
    const isSpelling = SPELLS.test(text.slice(at, at + 3)) && SPELLED.test(text.slice(Math.max(0, at - 2), at));
    return letter === "\n" || letter === "\t" || isSpelling ? letter : "\ufffd";
  });
}
