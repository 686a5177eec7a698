/** Code in colours: comments, texts, numbers and words of its language. What the language is, its page says. */

interface Language {
  /** A comment, to the end of what it comments on. */
  comment: string;
  words: readonly string[];
}

const SHARP = "#[^\\n]*";
const SLASHES = "//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$)";
const words = (all: string): readonly string[] => all.split(" ");
const PYTHON: Language = {
  comment: SHARP,
  words: words(
    "and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield False None True",
  ),
};
const SHELL: Language = {
  comment: SHARP,
  words: words("case do done elif else esac export fi for function if in local return then until while"),
};
const SCRIPT: Language = {
  comment: SLASHES,
  words: words(
    "async await break case catch class const continue default delete do else export extends false finally for function if import in instanceof interface let new null of return static switch this throw true try type typeof undefined var void while yield",
  ),
};
const C: Language = {
  comment: SLASHES,
  words: words(
    "auto bool break case catch char class const continue default delete do double else enum extern false final float for fn if impl import include int let long match mut namespace new null nullptr private protected public return short signed sizeof static struct switch template this throw true try typedef unsigned use using virtual void while",
  ),
};
const DATA: Language = { comment: SHARP, words: words("false no null true yes") };
const R: Language = {
  comment: SHARP,
  words: words("break else FALSE for function if in library Inf NA NaN next NULL repeat return TRUE while"),
};
const SQL: Language = {
  comment: "--[^\\n]*",
  words: words(
    "AND AS ASC BY CREATE DELETE DESC FROM GROUP HAVING INSERT INTO JOIN LIMIT NOT NULL ON OR ORDER SELECT SET TABLE UPDATE VALUES WHERE",
  ),
};

const LANGUAGES: Readonly<Record<string, Language>> = {
  ...{ python: PYTHON, py: PYTHON, python3: PYTHON, julia: PYTHON, jl: PYTHON },
  ...{ bash: SHELL, sh: SHELL, shell: SHELL, console: SHELL, zsh: SHELL, dockerfile: SHELL, makefile: SHELL },
  ...{ javascript: SCRIPT, js: SCRIPT, typescript: SCRIPT, ts: SCRIPT },
  ...{ c: C, cpp: C, "c++": C, java: C, rust: C, rs: C, go: C },
  ...{ json: DATA, yaml: DATA, yml: DATA, toml: DATA, ini: DATA },
  ...{ r: R, sql: SQL },
};

// What is not closed goes on to its line's or the code's end: each sign is read once.
const TEXT = `"""[\\s\\S]*?(?:"""|$)|'''[\\s\\S]*?(?:'''|$)|"(?:[^"\\\\\\n]|\\\\.)*"?|'(?:[^'\\\\\\n]|\\\\.)*'?`;
const NUMBER = "\\b\\d[\\d_]*(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b";
const WORD = "[A-Za-z_]\\w*";
/** Longer code stays as it is: nobody reads that on a page. */
const MOST = 50_000;

/** Puts the parts of some code in elements of their kinds; code of a language that is not known stays as it is. */
export function highlight(code: Element, name: string): void {
  const language = LANGUAGES[name.toLowerCase()];
  const text = code.textContent;
  if (!language || text.length > MOST) return;
  const parts = new RegExp(`(?<comment>${language.comment})|(?<text>${TEXT})|(?<number>${NUMBER})|(?<word>${WORD})`, "g");
  const known = new Set(language.words);
  const drawn: (string | Element)[] = [];
  let at = 0;
  for (const found of text.matchAll(parts)) {
    const kind = kindOf(found.groups ?? {}, known);
    if (!kind) continue;
    drawn.push(text.slice(at, found.index), part(kind, found[0]));
    at = found.index + found[0].length;
  }
  code.replaceChildren(...drawn, text.slice(at));
}

function kindOf(found: Readonly<Record<string, string | undefined>>, known: ReadonlySet<string>): string | undefined {
  if (found.word !== undefined) return known.has(found.word) ? "word" : undefined;
  return ["comment", "text", "number"].find((kind) => found[kind] !== undefined);
}

function part(kind: string, text: string): Element {
  const element = document.createElement("span");
  element.className = `code-${kind}`;
  element.textContent = text;
  return element;
}
