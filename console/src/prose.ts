/** A stranger's text, such as an organizer's page, as an element that can run nothing. */
import DOMPurify from "dompurify";
import { Marked } from "marked";
import { anchor } from "./anchors";
import type { Page } from "./api/shapes";
import { formulas, keepFormulas, setFormulas } from "./formulas";
import { codesIn, highlight } from "./highlight";
import { t } from "./words/words";

const FORBIDDEN_TAGS = ["style", "form", "input", "button", "textarea", "select", "option", "dialog", "audio", "video"];
// What moves by itself cannot be stopped by who reads, and colours of a page's own are unreadable on one of the two grounds.
const FORBIDDEN_LOOKS = ["marquee", "blink", "font"];
// Styles could cover the console. Ids and names get other ones, and no class stays: it could be one of the console's.
const FORBIDDEN_ATTRIBUTES = ["style", "srcset", "color", "bgcolor", "background", "face"];

const markdown = new Marked(formulas);

/** Its headings begin at `level`. Formulas and colours of code come a moment later, when what makes them has been loaded. */
export function prose(page: Pick<Page, "format" | "content" | "assets">, level = 2): HTMLElement {
  const dirty = page.format === "markdown" ? markdown.parse(page.content, { async: false }) : page.content;
  const element = document.createElement("div");
  element.className = "prose";
  element.append(
    DOMPurify.sanitize(dirty, {
      USE_PROFILES: { html: true },
      FORBID_TAGS: [...FORBIDDEN_TAGS, ...FORBIDDEN_LOOKS],
      FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
      RETURN_DOM_FRAGMENT: true,
    }),
  );
  const codes = codesIn(element);
  element.querySelectorAll("[class]").forEach((one) => {
    one.removeAttribute("class");
  });
  anchor(element);
  nestHeadings(element, level);
  if (page.format === "html") keepFormulas(element);
  element.querySelectorAll("table, pre, div[data-formula]").forEach(letItScroll);
  void setFormulas(element);
  void highlight(codes);
  element.querySelectorAll("a[href]").forEach((link) => linkTo(link, page.assets));
  element.querySelectorAll("img").forEach((image) => draw(image, page.assets));
  return element;
}

/** The view's own title is the h1, so the page's levels, whichever it uses, become h2, h3, … without a gap. */
function nestHeadings(element: HTMLElement, level: number): void {
  const headings = [...element.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const levels = [...new Set(headings.map((heading) => heading.tagName))].sort();
  for (const heading of headings) {
    const nested = document.createElement(`h${Math.min(levels.indexOf(heading.tagName) + level, 6)}`);
    nested.append(...heading.childNodes);
    if (heading.id) nested.id = heading.id;
    heading.replaceWith(nested);
  }
}

/** Wide tables and code scroll by themselves, also by keyboard, and never the page. */
function letItScroll(wide: Element): void {
  const frame = document.createElement("div");
  frame.className = "scrolls";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", nameOf(wide));
  wide.replaceWith(frame);
  frame.append(wide);
}

function nameOf({ tagName }: Element): string {
  if (tagName === "TABLE") return t("prose.table");
  return tagName === "PRE" ? t("prose.code") : t("prose.formula");
}

function linkTo(link: Element, assets: Page["assets"]): void {
  link.setAttribute("href", asset(link.getAttribute("href"), assets) ?? link.getAttribute("href") ?? "");
  link.setAttribute("rel", "noopener noreferrer nofollow");
}

/** The bundle's own images are drawn. One of another site would tell that site who reads here: it becomes a link. */
function draw(image: HTMLImageElement, assets: Page["assets"]): void {
  const source = image.getAttribute("src") ?? "";
  const alt = image.getAttribute("alt") ?? "";
  image.setAttribute("alt", alt);
  const own = asset(source, assets);
  if (own) image.setAttribute("src", own);
  if (own || source.startsWith("data:")) return;
  if (!/^(https?:)?\/\//i.test(source) || image.closest("a")) {
    image.replaceWith(alt);
    return;
  }
  const link = document.createElement("a");
  link.setAttribute("href", source);
  link.setAttribute("rel", "noopener noreferrer nofollow");
  link.append(t("prose.image", { name: alt || link.host }));
  image.replaceWith(link);
}

/** Where a file of the bundle is that a page names: from its root, or from the folder that the page stands in. */
function asset(reference: string | null, assets: Page["assets"]): string | undefined {
  const path = /^(?:\.{0,2}\/)*(assets\/[^?#]*)/.exec(reference ?? "")?.[1];
  if (path === undefined) return undefined;
  return assets[path] ?? assets[decoded(path)];
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
