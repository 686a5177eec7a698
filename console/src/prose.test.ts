import { expect, test } from "vitest";
import { prose } from "./prose";

const ASSETS = { "assets/a b.png": "https://files.test/1?X-Amz-Signature=s", "assets/rules.pdf": "https://files.test/2" };
const markdown = (content: string): HTMLElement => prose({ format: "markdown", content, assets: ASSETS });
const ofHtml = (content: string): HTMLElement => prose({ format: "html", content, assets: ASSETS });

test("a page with a script shows it as no script", () => {
  const page = markdown('Before <script>alert(1)</script> <img src=x onerror="alert(1)"> [go](javascript:alert(1)) after');
  expect(page.querySelector("script, [onerror], a[href^=javascript]")).toBeNull();
  expect(page.textContent).toContain("Before");
  expect(page.textContent).toContain("after");
});

test.each(["<iframe src=https://x.test></iframe>", "<form action=https://x.test><input></form>", "<style>*{}</style>"])(
  "a page cannot bring %s",
  (content) => {
    expect(ofHtml(`<p>kept</p>${content}`).innerHTML).toBe("<p>kept</p>");
  },
);

test("a page cannot take an id or a class of the console", () => {
  expect(ofHtml('<p id="main" class="skip" style="top:0">x</p>').innerHTML).toBe("<p>x</p>");
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

test.each(["assets/a b.png", "./assets/a%20b.png", "/assets/a b.png", "../assets/a%20b.png#x"])(
  "%s is drawn from where it is kept",
  (path) => {
    expect(ofHtml(`<img src="${path}" alt="A">`).querySelector("img")?.src).toBe("https://files.test/1?X-Amz-Signature=s");
  },
);

test("a link to a file of the bundle leads to where it is kept", () => {
  expect(markdown("[rules](assets/rules.pdf)").querySelector("a")?.href).toBe("https://files.test/2");
});

test("an image of another site is a link, so that the site does not learn who reads", () => {
  const page = markdown("![A plot](https://elsewhere.test/plot.png) ![](https://elsewhere.test/x.png)");
  expect(page.querySelector("img")).toBeNull();
  expect([...page.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")])).toEqual([
    ["Image: A plot", "https://elsewhere.test/plot.png"],
    ["Image: elsewhere.test", "https://elsewhere.test/x.png"],
  ]);
});

test("an image that is missing leaves its description, and one inside a link no second link", () => {
  expect(ofHtml('<p><img src="assets/no.png" alt="A plot"></p>').innerHTML).toBe("<p>A plot</p>");
  const page = ofHtml('<a href="https://x.test"><img src="https://y.test/z.png" alt="Z"></a>');
  expect(page.querySelectorAll("a").length).toBe(1);
  expect(page.textContent).toBe("Z");
});
