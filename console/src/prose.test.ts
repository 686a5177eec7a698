// @vitest-environment jsdom
import { expect, test, vi } from "vitest";
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
  expect(ofHtml('<p id="main" class="skip" style="top:0">x</p>').innerHTML).toBe('<p id="page-main">x</p>');
  expect(ofHtml('<p><img name="body" alt="x"></p>').innerHTML).toBe("<p>x</p>");
  expect(ofHtml('<a name="main" class="button">x</a>').innerHTML).toBe('<a id="page-main">x</a>');
});

test("words of a page stay, and neither move nor have colours of their own", () => {
  const page = ofHtml(
    '<marquee>Moving</marquee> <font size="7" color="black">black</font> <table bgcolor="white"><tr><td background="x.png">cell</td></tr></table>',
  );
  expect(page.textContent.replace(/\s+/g, " ").trim()).toBe("Moving black cell");
  expect(page.querySelector("marquee, font, [color], [bgcolor], [background], [size]")).toBeNull();
});

test("links of a page lead to its headings by their words, and to what it names itself", () => {
  const page = markdown("[how](#how-its-scored) [again](#how-its-scored-1)\n\n# How it's scored!\n\n## How it’s scored");
  const ids = [...page.querySelectorAll("h2, h3")].map(({ id }) => id);
  expect(ids).toEqual(["page-how-its-scored", "page-how-its-scored-1"]);
  expect([...page.querySelectorAll("a")].map((link) => link.getAttribute("href"))).toEqual(ids.map((id) => `#${id}`));
  const own = ofHtml('<a href="#R%C3%A8gles">x</a><h1 id="Règles">Rules</h1>');
  expect(own.querySelector("a")?.getAttribute("href")).toBe(`#${own.querySelector("h2")?.id}`);
});

const inColours = async (page: HTMLElement): Promise<Element[]> => {
  await vi.waitFor(() => expect(page.querySelector("code span")).not.toBeNull(), 30_000);
  return [...page.querySelectorAll("code span")];
};

test("code of a language that its page names is in colours, and stays the code that it is", async () => {
  const code = 'def run(x):  # "twice"\n    return f"{x} if" + 1.5e3\n';
  const page = markdown(`\`\`\`python\n${code}\`\`\``);
  const kinds = (await inColours(page)).map((one) => `${one.className} ${one.textContent}`);
  expect(kinds).toEqual([
    "hljs-keyword def",
    "hljs-title function_ run",
    "hljs-params x",
    'hljs-comment # "twice"',
    "hljs-keyword return",
    'hljs-string f"{x} if"',
    "hljs-subst {x}",
    "hljs-number 1.5e3",
  ]);
  expect(page.querySelector("code")?.textContent).toBe(code);
});

test("a page in HTML names the language of code by a class, and brings no other class", async () => {
  const page = ofHtml(
    '<pre><code class="lang-json skip">{"a": "</code><b class=skip>"}</b></pre><p class="lang-json">1</p>',
  );
  await inColours(page);
  expect([...page.querySelectorAll("[class]")].filter((one) => /skip|lang/.test(one.className))).toEqual([]);
  expect(page.querySelector("p span")).toBeNull();
});

test("code in a language that is not known, or too long to be read, stays as it is", async () => {
  const long = "x = 1\n".repeat(2000);
  const page = markdown(
    `\`\`\`whatever\nif\n\`\`\`\n\n\`\`\`constructor\nif\n\`\`\`\n\n\`\`\`py\n${long}\`\`\`\n\n\`\`\`py\nif\n\`\`\``,
  );
  await inColours(page);
  expect([...page.querySelectorAll("code")].map((code) => code.querySelector("span") !== null)).toEqual([
    ...[false, false, false],
    true,
  ]);
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

const formulaIn = async (content: string): Promise<Element[]> => {
  const page = markdown(content);
  await vi.waitFor(() => expect(page.querySelector("math")).not.toBeNull(), 30_000);
  return [...page.querySelectorAll("math")];
};

test("formulas are set as mathematics, in a line and as a block", async () => {
  const found = await formulaIn(
    "The error is $E = \\frac{1}{n}\\sum_i |y_i - \\hat{y}_i|$, and\n\n$$\nx\n= \\sqrt{y_1 * z_1}\n$$\n",
  );
  expect(found.map((math) => math.getAttribute("display"))).toEqual([null, "block"]);
  expect(found[0]?.querySelector("mfrac")).not.toBeNull();
  expect(found[1]?.querySelector("msqrt")).not.toBeNull();
  expect(found[1]?.closest(".scrolls")?.getAttribute("aria-label")).toBe("Formula");
});

test("a formula between words in two signs is displayed, where it stands", async () => {
  const [math] = await formulaIn("so $$a_1 = b_1$$ holds");
  expect(math?.getAttribute("display")).toBe("block");
  expect(math?.closest("p")?.textContent).toMatch(/^so .* holds$/s);
});

test.each([
  "First prize is $500, second $200.",
  "It costs $5 to $10 a day",
  "Use `$x$` and x_1 * y_2 * z",
  "\\$a\\$ is no formula",
  "a lone $ and $x",
  "```\n$$\nx\n$$\n```",
])("%s is no formula", async (content) => {
  const page = markdown(`${content}\n\n$y$`);
  await vi.waitFor(() => expect(page.querySelector("math")).not.toBeNull(), 30_000);
  expect(page.querySelectorAll("math, [data-formula]").length).toBe(2);
});

test("what is no TeX stays as it is written", async () => {
  const page = markdown("$\\frac{1$ and $x$");
  await vi.waitFor(() => expect(page.querySelector("math")).not.toBeNull(), 30_000);
  expect(page.querySelector("[title]")?.textContent).toBe("$\\frac{1$");
});

test.each([
  "$\\href{javascript:alert(1)}{x}$ $y$",
  "$\\text{<img src=x onerror=alert(1)>}$ $y$",
  "$\\class{skip}{x}$ $\\style{position:fixed}{x}$ $y$",
  "$\\htmlId{main}{x}$ $\\includegraphics{https://elsewhere.test/x.png}$ $y$",
])("%s runs nothing, names nothing and leads nowhere", async (content) => {
  const page = markdown(content);
  await vi.waitFor(() => expect(page.querySelectorAll("math").length).toBeGreaterThan(0), 30_000);
  expect(page.querySelector("[href], [onerror], img, [class]:not(.prose):not(.scrolls), [style], [id]")).toBeNull();
});

test("a page full of signs is read in time that grows with it", () => {
  const began = performance.now();
  markdown(`${"$a ".repeat(20_000)}\n\n$$${"x ".repeat(20_000)}`);
  expect(performance.now() - began).toBeLessThan(4000);
});

test("macros that call themselves end", async () => {
  const page = markdown("$\\def\\a{\\a\\a}\\a$ and $x$");
  await vi.waitFor(() => expect(page.querySelector("math")).not.toBeNull(), 30_000);
});

const TEX = String.raw;

test("formulas of a page in HTML are set in each way that such pages write them", async () => {
  const page = ofHtml(
    TEX`<p>From $x_1 &lt; y$ and \(a_b\) follows $$\frac{1}{n}$$ here.</p><p>\[\sqrt{2}\]</p><p>$$\n x \n$$</p>`.replaceAll(
      "\\n",
      "\n",
    ),
  );
  await vi.waitFor(() => expect(page.querySelectorAll("math").length).toBe(5), 30_000);
  const displays = [...page.querySelectorAll("math")].map((math) => math.getAttribute("display"));
  expect(displays).toEqual([null, null, "block", "block", "block"]);
  expect(page.querySelectorAll(".scrolls[aria-label=Formula] math").length).toBe(2);
  expect(page.querySelector("p")?.textContent).toMatch(/^From .*follows .*here\.$/s);
});

test("prices, code and signs without a partner stay what they are in HTML", () => {
  const content = TEX`<p>From $500 to $200, or 5 $ each. \(never closed, $$ nor this</p><pre>$HOME and $PATH$</pre><code>\(x\)</code>`;
  const page = ofHtml(content);
  expect(page.querySelector("[data-formula]")).toBeNull();
  expect(page.textContent).toBe(TEX`From $500 to $200, or 5 $ each. \(never closed, $$ nor this$HOME and $PATH$\(x\)`);
});

test("a formula in HTML brings nothing that the page may not bring itself", async () => {
  const page = ofHtml(TEX`<p>$\href{javascript:alert(1)}{x}$ and \(\htmlId{main}{y}\) and $z$</p>`);
  await vi.waitFor(() => expect(page.querySelector("math")).not.toBeNull(), 30_000);
  expect(page.querySelector("[href], [id], script, [style]")).toBeNull();
});

test.each(["$", "$$", "$a ", "\\(", "\\[", "\\(\\["])("a page of nothing but %s is read at once", (sign) => {
  const began = performance.now();
  ofHtml(`<p>${sign.repeat(100_000 / sign.length)}</p>`);
  expect(performance.now() - began).toBeLessThan(2000);
});
