// @vitest-environment jsdom
import { html } from "lit";
import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";
import * as en from "./en";
import * as fr from "./fr";
import {
  begin,
  CHANGED,
  choose,
  language,
  list,
  look,
  number,
  pending,
  preferred,
  rich,
  t,
  type Catalogue,
  type Message,
} from "./words";

const CATALOGUES: [string, Catalogue][] = [
  ["en", en],
  ["fr", fr],
];

function keysOf(catalogue: Catalogue): string[] {
  return Object.entries(catalogue).flatMap(([noun, messages]) => Object.keys(messages).map((key) => `${noun}.${key}`));
}

function texts(message: Message | undefined): string[] {
  return typeof message === "string" ? [message] : Object.values(message ?? {});
}

function parametersOf(message: Message | undefined): string[] {
  const names = texts(message).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1])));
  return [...new Set(typeof message === "string" ? names : [...names, "count"])].sort();
}

afterEach(async () => {
  localStorage.clear();
  await choose("en");
  localStorage.clear();
});

describe("the catalogues", () => {
  // What the API says itself, in English: `document` has that for its keys, `sentences` their names (tests/house/test_sentences.py).
  const french = keysOf(fr).filter((key) => !/^(?:document|sentences|params)\./.test(key));
  test("have the same keys", () => expect(french.sort()).toEqual(keysOf(en).sort()));
  test.each(keysOf(en))("have the same parameters in %s", (key) => {
    const [noun = "", name = ""] = key.split(".");
    const [english, french] = CATALOGUES.map(([, catalogue]) => catalogue[noun]?.[name]);
    expect(parametersOf(french)).toEqual(parametersOf(english));
    expect(typeof french).toBe(typeof english);
  });
  test.each(CATALOGUES)("have no empty message and no stray brace in %s", (_, catalogue) => {
    const all = Object.values(catalogue).flatMap((messages) => Object.values(messages).flatMap(texts));
    expect(all.filter((text) => text.trim() === "" || /[{}]/.test(text.replace(/\{\w+\}/g, "")))).toEqual([]);
  });
  test("have no English sentence in French", () => {
    const same = keysOf(en).filter((key) => {
      const [noun = "", name = ""] = key.split(".");
      const [english, french] = [texts((en as Catalogue)[noun]?.[name]), texts((fr as Catalogue)[noun]?.[name])];
      return english.some((text, at) => text === french[at] && text.split(/\s+/).length > 3);
    });
    expect(same).toEqual([]);
  });
});

describe("a message", () => {
  test("takes its parameters", () => expect(t("time.in", { time: "2 h" })).toBe("in 2 h"));
  test("has the plural of its count", () => {
    expect(t("table.rows", { count: 1 })).toBe("1 row");
    expect(t("table.rows", { count: 1284 })).toBe("1,284 rows");
  });
  test("has templates in it", () => {
    const bold = html`<b>x</b>`;
    expect(rich("form.your_time", { zone: bold })).toEqual(["Your time (", bold, ")"]);
  });
  test("is not one of words inside what it is given", () => {
    expect(t("time.in", { time: "{time} {count}" })).toBe("in {time} {count}");
  });
  test("is looked up by a key that is made while running", () => {
    expect(look("time.in", { time: "2 h" })).toBe("in 2 h");
    expect(look("time.nowhere")).toBeUndefined();
    expect(look("nothing.here")).toBeUndefined();
    expect(look("time.toString")).toBeUndefined();
  });
  test("that lacks a parameter is not told half", () => expect(look("time.in")).toBeUndefined());
  test("asks for its parameters when it is compiled", () => {
    expectTypeOf(t<"time.in">).parameters.toEqualTypeOf<["time.in", params: { readonly time: string | number }]>();
    expectTypeOf(t<"table.search">).parameters.toEqualTypeOf<["table.search"]>();
    expectTypeOf(t<"table.rows">).parameters.toEqualTypeOf<["table.rows", params: { readonly count: number }]>();
  });
});

describe("another language", () => {
  test("is read from when it is chosen, everywhere and by whoever listens", async () => {
    const heard = vi.fn();
    addEventListener(CHANGED, heard, { once: true });
    await choose("fr");
    expect([language(), document.documentElement.lang]).toEqual(["fr", "fr"]);
    expect(t("table.rows", { count: 0 })).toBe("0 ligne");
    expect(t("table.rows", { count: 2 })).toBe("2 lignes");
    expect(t("board.stale", { why: "« x »" })).toBe("Pas d’actualisation\u00a0: « x »");
    expect(number(0.5)).toBe("0,5");
    expect(list(["a", "b"])).toBe("a et b");
    expect(heard).toHaveBeenCalledOnce();
  });
  test("lets what somebody wrote from right to left turn nothing around it", () => {
    expect(t("board.details_of", { participant: "\u05d0\u05d1" })).toContain("\u2068\u05d0\u05d1\u2069");
    expect(t("board.details_of", { participant: "Émile" })).not.toContain("\u2068");
  });
  test("is kept in this browser", async () => {
    await choose("fr");
    expect(preferred()).toBe("fr");
  });
  test("is the browser's first that there is", () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["de-CH", "fr-CH", "en"]);
    expect(preferred()).toBe("fr");
    localStorage.setItem("agon.language", "xx");
    expect(preferred()).toBe("fr");
    vi.restoreAllMocks();
  });
  test("is waited for by who draws", async () => {
    localStorage.setItem("agon.language", "fr");
    begin();
    expect(pending()).not.toBeNull();
    await pending();
    expect([language(), pending()]).toEqual(["fr", null]);
  });
});
