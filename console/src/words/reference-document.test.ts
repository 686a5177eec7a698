// @vitest-environment jsdom
import { expect, test } from "vitest";
import document from "../../openapi.json";
import { operationsOf, sentencesOf, type ApiDocument } from "../reference";
import french from "./fr/reference-document";

const SENTENCES = sentencesOf(operationsOf(document as unknown as ApiDocument));

test("each sentence that the reference shows is there in French, and no other", () => {
  expect(Object.keys(french).sort()).toEqual([...SENTENCES].sort());
});

test("what is said in French is another sentence, with the same signs of code in it", () => {
  const code = (text: string): string[] => [...text.matchAll(/`[^`]+`/g)].map(String).sort();
  for (const [english, said] of Object.entries(french)) {
    expect([said === english, said.trim() === said, code(said)]).toEqual([false, true, code(english)]);
  }
});

test("who reads in French reads it so, and finds it by words of both languages", () => {
  const [found] = operationsOf(document as unknown as ApiDocument, (english) => french[english] ?? english).filter(
    ({ id }) => id === "tokens_list_all",
  );
  expect(found?.summary).toBe("Lister vos jetons avec leur dernière utilisation, sans leurs secrets.");
  expect([found?.words.includes("jetons"), found?.words.includes("your tokens")]).toEqual([true, true]);
});
