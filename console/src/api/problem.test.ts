// @vitest-environment jsdom
import { afterEach, describe, expect, test } from "vitest";
import { choose } from "../words/words";
import { refusal } from "./problem";

const SHORT = { place: "password", message: "String should have at least 10 characters", code: "string_too_short", params: { min_length: 10 } }; // prettier-ignore
const BODY = { title: "What was sent is wrong", detail: "The body does not fit.", code: "body", errors: [SHORT] };

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
    const own = { place: "team", message: "That team is full.", code: "invalid", params: {} };
    const { detail, errors } = refusal(409, { title: "x", detail: "The phase is over.", code: "conflict", errors: [own] });
    expect([detail, errors[0]?.message]).toEqual(["The phase is over.", "That team is full."]);
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
