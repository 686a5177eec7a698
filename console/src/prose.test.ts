import { expect, test } from "vitest";
import { prose } from "./prose";

const markdown = (content: string): HTMLElement => prose({ format: "markdown", content });

test("a page with a script shows it as no script", () => {
  const page = markdown('Before <script>alert(1)</script> <img src=x onerror="alert(1)"> [go](javascript:alert(1)) after');
  expect(page.querySelector("script, [onerror], a[href^=javascript]")).toBeNull();
  expect(page.textContent).toContain("Before");
  expect(page.textContent).toContain("after");
});

test.each(["<iframe src=https://x.test></iframe>", "<form action=https://x.test><input></form>", "<style>*{}</style>"])(
  "a page cannot bring %s",
  (content) => {
    expect(prose({ format: "html", content: `<p>kept</p>${content}` }).innerHTML).toBe("<p>kept</p>");
  },
);

test("a page cannot take an id or a class of the console", () => {
  expect(prose({ format: "html", content: '<p id="main" class="skip" style="top:0">x</p>' }).innerHTML).toBe("<p>x</p>");
});

test("its headings follow the view's own without a gap", () => {
  const page = markdown("# One\n\n#### Two\n\n# Three");
  expect([...page.children].map((heading) => heading.tagName)).toEqual(["H2", "H3", "H2"]);
});

test("a wide table scrolls by itself, also by keyboard", () => {
  const frame = markdown("| a | b |\n|---|---|\n| 1 | 2 |").querySelector("table")?.parentElement;
  expect(frame?.className).toBe("scrolls");
  expect(frame?.tabIndex).toBe(0);
});
