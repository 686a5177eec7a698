// @vitest-environment jsdom
import { expect, test } from "vitest";
import { codesIn, highlight } from "./highlight";

function pageOf(...codes: readonly string[]): HTMLElement {
  const page = document.createElement("div");
  for (const text of codes) {
    const code = document.createElement("code");
    code.className = "language-js";
    code.textContent = text;
    page.append(code);
  }
  return page;
}

test.each(['"\\', "/*", '"""', "1", "<b onclick=alert(1)>", "&lt;script>", "`${"])(
  "code that is full of %s is all there, and runs nothing",
  async (sign) => {
    const text = sign.repeat(Math.floor(2_000 / sign.length));
    const page = pageOf(text);
    await highlight(codesIn(page));
    expect(page.textContent).toBe(text);
    expect(page.querySelector(":not(code, span), [onclick]")).toBeNull();
  },
);

test("a page full of code that is slow to read is left as it is after a while", async () => {
  const text = "_".repeat(7_999);
  const page = pageOf(...Array<string>(200).fill(text));
  const began = performance.now();
  await highlight(codesIn(page));
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(page.textContent.length).toBe(200 * text.length);
});
