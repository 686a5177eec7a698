// @vitest-environment jsdom
import { afterEach, expect, test } from "vitest";
import { describe } from "./card";

afterEach(() => describe(undefined));

const blocks = (): NodeListOf<HTMLScriptElement> => document.head.querySelectorAll("script[type='application/ld+json']");

test("the card of the data stands in the head, once and as it is now", () => {
  describe({ "@type": "sc:Dataset", name: "Iris" });
  describe({ "@type": "sc:Dataset", name: "Irises" });
  expect(blocks()).toHaveLength(1);
  expect(JSON.parse(blocks()[0]?.textContent ?? "")).toEqual({ "@type": "sc:Dataset", name: "Irises" });
  describe(undefined);
  expect(blocks()).toHaveLength(0);
});

test("no word in it ends the block or begins a comment", () => {
  const name = "</script><script>steal()</script><!--";
  describe({ name });
  const written = document.head.innerHTML;
  expect(written.match(/<\/script/g)).toHaveLength(1);
  expect(written).not.toContain("<!--");
  expect(JSON.parse(blocks()[0]?.textContent ?? "")).toEqual({ name });
});
