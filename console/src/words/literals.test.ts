// @vitest-environment node
/** What the console says stands in the catalogue: no module has words of its own. */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = new URL("..", import.meta.url).pathname;
/** Attributes whose values are read. */
const READ = /\b(?:aria-label|aria-description|title|placeholder|alt|label)="([^"]*)"/g;
/** What is the same in every language, and no word: a unit, a name. */
const NAMES = new Set(["Agon", "CSV", "JSON", "API", "UTC", "LaTeX", "TeX", "SHA", "MIT"]);

/** What stands in place of an expression or a tag. */
const HOLE = "\u0000";

const FILES = readdirSync(ROOT, { recursive: true, encoding: "utf-8" }).filter(
  (file) => file.endsWith(".ts") && !/\.(?:test|test-d|d)\.ts$/.test(file) && !/^words\/(?:en|fr)\//.test(file),
);

test.each(FILES)("%s says nothing by itself", (file) => {
  expect(literals(readFileSync(ROOT + file, "utf-8")), "Put these into words/en and words/fr.").toEqual([]);
});

test("words are found in text, in attributes and in code", () => {
  expect(literals('html`<p class="is quiet">Say ${x} more</p>`')).toEqual(["Say", "more"]);
  expect(literals('html`<input aria-label="Your name" />`')).toEqual(["Your name"]);
  expect(literals('empty("No scores yet", "later")')).toEqual(["No scores yet"]);
  expect(literals('import "./Some words here"; html`<b>${t("a.b")}</b>`; throw new Error("A wrong call.")')).toEqual([]);
});

/** The words of a module that somebody would read. */
function literals(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isForProgrammers(node)) return;
    if (ts.isTaggedTemplateExpression(node) && /^(?:html|svg)$/.test(node.tag.getText()))
      found.push(...inTemplate(node.template));
    else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(...sentence(node.text));
    else if (ts.isTemplateExpression(node)) found.push(...sentence(joined(node)));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("module.ts", source, ts.ScriptTarget.ES2022, true));
  return found;
}

/** `new Error("…")` is read by programmers alone. */
function isForProgrammers(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.expression.getText().endsWith("Error");
}

function inTemplate(template: ts.TemplateLiteral): string[] {
  const markup = joined(template);
  const read = [...markup.matchAll(READ)].map((match) => match[1] ?? "");
  const texts = markup
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/<[a-z/!](?:[^>"]|"[^"]*")*>/g, HOLE)
    .split(HOLE);
  return [...texts, ...read.flatMap((value) => value.split(HOLE))]
    .map((text) => text.replace(/&\w+;/g, "").trim())
    .filter((text) => /\p{L}{2}/u.test(text) && !NAMES.has(text));
}

/** Its text, with a mark in place of each expression. */
function joined(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  return template.head.text + template.templateSpans.map(({ literal }) => HOLE + literal.text).join("");
}

/** A text of code that begins as a sentence does, and has more than one word or an end. */
function sentence(text: string): string[] {
  const words = text.replaceAll(HOLE, "").trim();
  return /^\p{Lu}[\p{Ll}’']+(?: \p{L}|[^.]*[.?!…]$)/u.test(words) && !NAMES.has(words) ? [words] : [];
}
