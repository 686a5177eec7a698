// @vitest-environment jsdom
import { html, type TemplateResult } from "lit";
import { expect, test, vi } from "vitest";
import type { Reading } from "../api/client";
import { unreachable } from "../api/problem";
import { Extra, Resource } from "../api/resource";
import { LightElement } from "./light";
import { PageElement } from "./page-element";

/** A reading that ends when it is told to. */
class Told implements Reading<string> {
  come!: () => void;
  fail!: () => void;
  private readonly told = new Promise<{ value: string; etag: null }>((resolve, reject) => {
    this.come = () => resolve({ value: this.path, etag: null });
    this.fail = () => reject(unreachable());
  });
  constructor(
    readonly path: string,
    readonly key = path,
  ) {}
  readonly read = (): Promise<{ value: string; etag: null }> => this.told;
}

const [first, second, inner, extra] = [new Told("/first"), new Told("/second"), new Told("/inner"), new Told("/extra")];

customElements.define(
  "a-part",
  class extends LightElement {
    private readonly read = new Resource(this, () => inner);
    protected override render(): TemplateResult {
      return html`${this.read.value}`;
    }
  },
);
customElements.define(
  "a-page",
  class extends PageElement {
    private readonly first = new Resource(this, () => first);
    private readonly second = new Resource(this, () => (this.first.value ? second : undefined));
    private readonly extra = new Extra(this, () => extra);
    protected override render(): TemplateResult {
      return html`${this.first.value} ${this.second.problem?.title} ${this.extra.value} ${this.second.problem ? html`<a-part></a-part>` : ""}`;
    }
  },
);

test("a page is seen once all that it reads has come or failed, in its parts too, and stays so", async () => {
  const page = document.body.appendChild(document.createElement("a-page"));
  const isArriving = async (): Promise<boolean> => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return page.hasAttribute("data-arriving");
  };
  expect(await isArriving()).toBe(true);
  first.come();
  expect(await isArriving()).toBe(true);
  second.fail();
  expect(await isArriving()).toBe(true);
  inner.come();
  await vi.waitFor(() => expect(page.hasAttribute("data-arriving")).toBe(false));
  extra.come();
  expect(await isArriving()).toBe(false);
  page.remove();
});

test("a page is there also where the browser draws no frames", async () => {
  vi.stubGlobal("requestAnimationFrame", () => 0);
  const page = document.body.appendChild(document.createElement("a-page"));
  for (const one of [first, inner]) one.come();
  second.fail();
  await vi.waitFor(() => expect(page.hasAttribute("data-arriving")).toBe(false));
  page.remove();
  vi.unstubAllGlobals();
});
