/**
 * Formulas in TeX, `$…$` and `$$…$$`, in pages of HTML `\\(…\\)` and `\\[…\\]` too, set as MathML. What makes it is loaded by
 * the first page that has one.
 */
import DOMPurify from "dompurify";
import type { MarkedExtension, Tokens } from "marked";
import { t } from "./words/words";

/** Formulas that are longer are none, so that a lone sign does not have the whole page searched. */
const MAX_LETTERS = 5000;
/** A block of its own, which may have lines that would mean something else, such as `= x`. */
const BLOCK = new RegExp(`^\\$\\$([^$]{1,${MAX_LETTERS}})\\$\\$[ \\t]*(?:\\n+|$)`);
const DISPLAYED = new RegExp(`^\\$\\$([^$]{1,${MAX_LETTERS}})\\$\\$`);
/** As pandoc tells formulas from prices: no space inside the signs, and no digit behind them. */
const INLINE = new RegExp(`^\\$(?!\\s)((?:\\\\[^\\n]|[^$\\\\\\n]){1,${MAX_LETTERS}})(?<!\\s)\\$(?!\\d)`);
/** What begins a formula in HTML, and the two ways to write one there that Markdown takes for escaped brackets. */
const BEGINNING = /\$|\\[([]/g;
const IN_BRACKETS = bracketed("\\(", "\\)");
const IN_SQUARE_BRACKETS = bracketed("\\[", "\\]");
/** Where signs are what somebody has to type. */
const LITERAL = "code, pre, kbd, samp, [data-formula]";
/** Macros that call themselves and rules as large as the page end here. */
const LIMITS = { strict: false, trust: false, throwOnError: true, maxExpand: 500, maxSize: [20, 200] as [number, number] };

const DELIMITERS = /^(?:\$+|\\[([])|(?:\$+|\\[)\]])$/g;

/** The page's policy takes no styles, and tells of each that is read. Attributes that matter stand beside them. */
const STYLES = / style="[^"]*"/g;

/** Markdown in which formulas are kept as they are written, each in an element that says so. */
export const formulas: MarkedExtension = {
  extensions: [
    {
      name: "formulaBlock",
      level: "block",
      tokenizer: (text) => token("formulaBlock", BLOCK.exec(text), true),
      renderer: kept,
    },
    {
      name: "formula",
      level: "inline",
      start: (text) => positionIn(text),
      tokenizer: (text) => token("formula", DISPLAYED.exec(text), true) ?? token("formula", INLINE.exec(text), false),
      renderer: kept,
    },
  ],
};

/** Has each formula in the text of an HTML page in an element that says so, as `formulas` does in Markdown. */
export function keepFormulas(element: Element): void {
  element.normalize();
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (texts.nextNode()) found.push(texts.currentNode as Text);
  for (const text of found) {
    if (text.data.search(BEGINNING) >= 0 && !text.parentElement?.closest(LITERAL)) text.replaceWith(...parted(text));
  }
}

/** Sets what `formulas` kept below an element. What cannot be read stays as it is written. */
export async function setFormulas(element: Element): Promise<void> {
  const found = [...element.querySelectorAll<HTMLElement>("[data-formula]")];
  if (found.length === 0) return;
  const { default: temml } = await import("temml");
  for (const one of found) {
    const written = one.textContent.replace(DELIMITERS, "");
    const displayMode = one.dataset.formula === "block";
    try {
      one.replaceChildren(clean(temml.renderToString(written, { ...LIMITS, displayMode }).replace(STYLES, "")));
    } catch {
      one.title = t("prose.unreadable");
    }
  }
}

/** A text's words and formulas, in their order. */
function parted(text: Text): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = [];
  let [done, at] = [0, 0];
  for (const { index } of text.data.matchAll(BEGINNING)) {
    if (index < at) continue;
    const rest = text.data.slice(index, index + MAX_LETTERS + 4);
    const displayed = DISPLAYED.exec(rest) ?? IN_SQUARE_BRACKETS.exec(rest);
    const found = displayed ?? INLINE.exec(rest) ?? IN_BRACKETS.exec(rest);
    if (!found) {
      // The second of two signs begins nothing that the first did not.
      at = index + (rest.startsWith("$$") ? 2 : 1);
      continue;
    }
    const isAlone = text.parentElement?.textContent.trim() === found[0];
    parts.push(text.data.slice(done, index), holder(found[0], displayed !== null, isAlone));
    done = at = index + found[0].length;
  }
  return [...parts, text.data.slice(done)];
}

/** One that stands alone is a block, which scrolls where it is wide. */
function holder(written: string, isDisplayed: boolean, isAlone: boolean): HTMLElement {
  const kept = document.createElement(isDisplayed && isAlone ? "div" : "span");
  kept.dataset.formula = isDisplayed ? "block" : "line";
  kept.append(written);
  return kept;
}

/** One in `\\(…\\)` or the like. It ends the search for itself where another begins. */
function bracketed(open: string, close: string): RegExp {
  const [begin, end] = [`\\${open[0]}\\${open[1]}`, `\\${close[0]}\\${close[1]}`];
  return new RegExp(`^${begin}((?:(?!${begin}|${end})[\\s\\S]){1,${MAX_LETTERS}})${end}`);
}

function clean(mathml: string): DocumentFragment {
  return DOMPurify.sanitize(mathml, {
    USE_PROFILES: { mathMl: true },
    FORBID_ATTR: ["class", "style", "id", "href"],
    RETURN_DOM_FRAGMENT: true,
  });
}

function positionIn(text: string): number | undefined {
  const at = text.indexOf("$");
  return at < 0 ? undefined : at;
}

function token(type: string, match: RegExpExecArray | null, isBlock: boolean): Tokens.Generic | undefined {
  return match ? { type, raw: match[0], text: match[1], isBlock } : undefined;
}

function kept({ text, isBlock, type }: Tokens.Generic): string {
  const sign = isBlock ? "$$" : "$";
  const tag = type === "formulaBlock" ? "div" : "span";
  return `<${tag} data-formula="${isBlock ? "block" : "line"}">${sign}${escaped(String(text))}${sign}</${tag}>`;
}

function escaped(text: string): string {
  const holder = document.createElement("span");
  holder.textContent = text;
  return holder.innerHTML;
}
