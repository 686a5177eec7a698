/** Code in colours. What its language is, its page says; what reads that language is loaded by the first page that has some. */
import DOMPurify from "dompurify";
import type { LanguageFn } from "highlight.js";

const LANGUAGES: Readonly<Record<string, () => Promise<{ default: LanguageFn }>>> = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  css: () => import("highlight.js/lib/languages/css"),
  diff: () => import("highlight.js/lib/languages/diff"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
  go: () => import("highlight.js/lib/languages/go"),
  ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  julia: () => import("highlight.js/lib/languages/julia"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  matlab: () => import("highlight.js/lib/languages/matlab"),
  python: () => import("highlight.js/lib/languages/python"),
  r: () => import("highlight.js/lib/languages/r"),
  rust: () => import("highlight.js/lib/languages/rust"),
  shell: () => import("highlight.js/lib/languages/shell"),
  sql: () => import("highlight.js/lib/languages/sql"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
};
const OTHER_NAMES: Readonly<Record<string, string>> = {
  ...{ "c++": "cpp", docker: "dockerfile", golang: "go", html: "xml", jl: "julia", js: "javascript", make: "makefile" },
  ...{ console: "shell", py: "python", python3: "python", rs: "rust", sh: "bash", toml: "ini", ts: "typescript" },
  ...{ yml: "yaml", zsh: "bash" },
};
const NAMED = /(?:^|\s)lang(?:uage)?-(\S+)/;
/** Some of what reads languages takes time that grows with the square of what was written to be slow. */
const MAX_LETTERS = 8000;
/** From then on the rest of a page stays as it is. Milliseconds. */
const MAX_TIME = 500;

/** The code below an element by the language that its class names, where that is one that can be read. */
export function codesIn(element: Element): Map<Element, string> {
  const found = new Map<Element, string>();
  for (const code of element.querySelectorAll("code[class]")) {
    const name = NAMED.exec(code.className)?.[1]?.toLowerCase() ?? "";
    const language = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : name;
    if (language && Object.hasOwn(LANGUAGES, language) && code.textContent.length <= MAX_LETTERS) found.set(code, language);
  }
  return found;
}

/** Puts the parts of each code in elements whose classes name their kinds, one code at a time. */
export async function highlight(codes: ReadonlyMap<Element, string>): Promise<void> {
  if (codes.size === 0) return;
  const { default: reader } = await import("highlight.js/lib/core");
  let spent = 0;
  for (const [code, language] of codes) {
    const loaded = await LANGUAGES[language]?.();
    if (!loaded || spent > MAX_TIME) return;
    const began = performance.now();
    reader.registerLanguage(language, loaded.default);
    code.replaceChildren(clean(reader.highlight(code.textContent, { language, ignoreIllegals: true }).value));
    spent += performance.now() - began;
  }
}

function clean(coloured: string): DocumentFragment {
  return DOMPurify.sanitize(coloured, { ALLOWED_TAGS: ["span"], ALLOWED_ATTR: ["class"], RETURN_DOM_FRAGMENT: true });
}
