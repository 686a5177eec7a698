// @vitest-environment jsdom
import "./testing/site";
import { afterEach, expect, test } from "vitest";
import { keepFocus } from "./focus";
import { settled } from "./testing/site";

keepFocus(document.body);
// Nothing of a page is held on to once somebody has clicked on nothing.
afterEach(() => {
  document.body.dispatchEvent(new MouseEvent("pointerdown", { bubbles: true }));
  document.body.replaceChildren();
});

/** A page of this markup, whose `#here` has the focus. */
function begin(markup: string): HTMLElement {
  document.body.innerHTML = markup;
  const here = document.querySelector<HTMLElement>("#here");
  if (!here) throw new Error("Nothing is here.");
  here.focus();
  expect(document.activeElement).toBe(here);
  return here;
}

test("where a button has gone, what was around it has the focus", async () => {
  begin('<main><form><p><button id="here">Delete</button></p></form></main>').remove();
  await settled();
  expect(document.activeElement).toBe(document.querySelector("p"));
});

test("where all around it has gone too, what is left of the page has it", async () => {
  begin('<main><agon-page><form><button id="here">Send</button></form></agon-page></main>').closest("form")?.remove();
  await settled();
  expect(document.activeElement).toBe(document.querySelector("main"));
});

test("where it stood in what was closed, the line that opens it has it", async () => {
  const link = begin('<details open><summary tabindex="0">Pages</summary><a id="here" href="/">State</a></details>');
  link.checkVisibility = () => false;
  link.closest("details")?.removeAttribute("open");
  await settled();
  expect(document.activeElement).toBe(document.querySelector("summary"));
});

test("a button that was busy has it again", async () => {
  const button = begin('<main><button id="here">Save</button></main>') as HTMLButtonElement;
  button.disabled = true;
  button.blur();
  await settled();
  button.disabled = false;
  await settled();
  expect(document.activeElement).toBe(button);
});

test("who goes elsewhere is left there", async () => {
  const gone = begin('<main><button id="here">One</button><button>Two</button></main>');
  document.querySelectorAll("button")[1]?.focus();
  gone.remove();
  await settled();
  expect(document.activeElement?.textContent).toBe("Two");
});
