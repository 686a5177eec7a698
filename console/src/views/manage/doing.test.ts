// @vitest-environment jsdom
import { settled } from "../../testing/site";
import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LightElement } from "../light";
import { Doing } from "./doing";

const begun: string[] = [];
let end: () => void = () => undefined;

@customElement("agon-two-deeds")
class TwoDeeds extends LightElement {
  private readonly doing = new Doing(this);

  protected override render(): TemplateResult {
    return html`${this.doing.outcome()} ${["Publish", "Exclude"].map((words) => this.doing.button(words, () => void this.do(words)))}`;
  }

  private do(words: string): Promise<boolean> {
    return this.doing.act(async () => {
      begun.push(words);
      await new Promise<void>((resolve) => (end = resolve));
      return `${words}: done.`;
    });
  }
}

let page: TwoDeeds;
const told = (): string | undefined => page.querySelector("[role=status]")?.textContent;
const click = async (number: number): Promise<void> => {
  page.querySelectorAll("button")[number]?.click();
  await settled();
};

beforeEach(async () => {
  begun.length = 0;
  page = new TwoDeeds();
  document.body.append(page);
  await settled();
});
afterEach(() => document.body.replaceChildren());

test("a second click on a deed that is under way does it once, and one on another is told to wait", async () => {
  await click(0);
  expect([...page.querySelectorAll("button")].map((one) => one.getAttribute("aria-disabled"))).toEqual(["true", "true"]);
  await click(0);
  expect([begun, told()]).toEqual([["Publish"], "One moment: what you began is still on its way."]);
  end();
  await settled();
  expect(told()).toBe("Publish: done.");
  await click(1);
  expect(begun).toEqual(["Publish", "Exclude"]);
});
