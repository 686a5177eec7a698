// @vitest-environment jsdom
import { afterEach, describe, expect, test } from "vitest";
import { choose } from "../words/words";
import { refusal } from "./problem";

const SHORT = { place: "password", message: "String should have at least 10 characters", code: "string_too_short", params: { min_length: 10 } }; // prettier-ignore
const BODY = { title: "What was sent is wrong", detail: "The body does not fit.", code: "body", errors: [SHORT] };
const OVER = {
  title: "Not possible now",
  detail: "The phase “Finale” ended on 2026-03-01 09:30 UTC and takes no more submissions.",
  code: "conflict",
  sentence: "phase_over",
  params: { phase: "Finale", at: "2026-03-01T09:30:00Z" },
};

/** Without the spaces at which no line ends. */
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("a refusal", () => {
  afterEach(async () => choose("en"));

  test("is told in the catalogue's words, with what they tell", () => {
    const { title, detail, errors, code } = refusal(422, BODY);
    expect([title, detail, code]).toEqual(["What was sent is wrong", "Correct the marked fields.", "body"]);
    expect(errors[0]?.message).toBe("Write at least 10 characters.");
  });
  test("is told in the language that is read", async () => {
    await choose("fr");
    const { title, detail, errors } = refusal(422, BODY);
    expect([title, detail]).toEqual(["L’envoi contient des erreurs", "Corrigez les champs signalés."]);
    expect(errors[0]?.message).toBe("Écrivez au moins 10 caractères.");
  });
  test("that the catalogue does not know keeps the API's words", async () => {
    await choose("fr");
    const own = { place: "team", message: "That team is full.", code: "of_another_build", params: {} };
    const { detail, errors } = refusal(409, { ...OVER, sentence: "of_another_build", errors: [own] });
    expect([detail, errors[0]?.message]).toEqual([OVER.detail, "That team is full."]);
  });
  test("keeps the API's words in English, which are those", () => expect(refusal(409, OVER).detail).toBe(OVER.detail));
  test("is told by its sentence, with its names and its instants as the reader has them", async () => {
    await choose("fr");
    expect(plain(refusal(409, OVER).detail)).toBe(
      "La phase « Finale » s’est terminée le 1 mars 2026, 09:30 UTC et ne prend plus de soumissions.",
    );
  });
  test("is told with the sentence that is in its sentence", async () => {
    await choose("fr");
    const number = { detail: "3 submissions", sentence: "submissions", params: { count: 3 } };
    const body = { title: "x", detail: "You have 3 …", code: "quota_exceeded", sentence: "in_progress", params: { number } };
    expect(refusal(429, body).detail).toBe(
      "Vous avez 3 soumissions en cours, ce qui est la limite. Attendez que l’une se termine, ou annulez-en une.",
    );
    const unknown = { ...number, sentence: "of_another_build" };
    expect(refusal(429, { ...body, params: { number: unknown } }).detail).toMatch(/^Vous avez 3 submissions en cours/);
  });
  test("names states as people do", async () => {
    await choose("fr");
    const body = { detail: "The submission is Running …", sentence: "status_final", params: { status: "Running" } };
    expect(plain(refusal(409, body).detail)).toBe("L’état de la soumission est « Exécution » et le reste.");
  });
  test("is told of each complaint, too", async () => {
    await choose("fr");
    const mark = { place: "marks.clarity", message: "Give a mark …", code: "mark_range", params: { lowest: 1, highest: 5 } };
    expect(refusal(422, { ...BODY, errors: [mark] }).errors[0]?.message).toBe("Donnez une note de 1 à 5.");
  });
  test("that lacks what its sentence tells keeps the API's words, too", () => {
    expect(refusal(422, { errors: [{ ...SHORT, params: {} }] }).errors[0]?.message).toBe(SHORT.message);
  });
  test("without words is told by its number", () => {
    expect(refusal(418, null)).toMatchObject({
      title: "The server answered 418",
      detail: "It gave no further explanation.",
    });
  });
});
