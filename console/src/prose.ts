/** An organizer's page, which is a stranger's text, as an element that can run nothing. */
import DOMPurify from "dompurify";
import { marked } from "marked";
import type { Page } from "./api/shapes";

const FORBIDDEN_TAGS = ["style", "form", "input", "button", "textarea", "select", "option", "dialog", "audio", "video"];
// ids and names could stand in for the console's own; styles could cover it.
const FORBIDDEN_ATTRIBUTES = ["style", "id", "name", "class", "srcset"];

export function prose(page: Pick<Page, "format" | "content">): HTMLElement {
  const dirty = page.format === "markdown" ? marked.parse(page.content, { async: false }) : page.content;
  const element = document.createElement("div");
  element.className = "prose";
  element.append(
    DOMPurify.sanitize(dirty, {
      USE_PROFILES: { html: true },
      FORBID_TAGS: FORBIDDEN_TAGS,
      FORBID_ATTR: FORBIDDEN_ATTRIBUTES,
      RETURN_DOM_FRAGMENT: true,
    }),
  );
  nestHeadings(element);
  element.querySelectorAll("table, pre").forEach(letItScroll);
  element.querySelectorAll("img:not([alt])").forEach((image) => image.setAttribute("alt", ""));
  element.querySelectorAll("a[href]").forEach((link) => link.setAttribute("rel", "noopener noreferrer nofollow"));
  return element;
}

/** The view's own title is the h1, so the page's levels, whichever it uses, become h2, h3, … without a gap. */
function nestHeadings(element: HTMLElement): void {
  const headings = [...element.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const levels = [...new Set(headings.map((heading) => heading.tagName))].sort();
  for (const heading of headings) {
    const nested = document.createElement(`h${Math.min(levels.indexOf(heading.tagName) + 2, 6)}`);
    nested.append(...heading.childNodes);
    heading.replaceWith(nested);
  }
}

/** Wide tables and code scroll by themselves, also by keyboard, and never the page. */
function letItScroll(wide: Element): void {
  const frame = document.createElement("div");
  frame.className = "scrolls";
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", wide.tagName === "TABLE" ? "Table" : "Code");
  wide.replaceWith(frame);
  frame.append(wide);
}
