import { expect, test } from "vitest";
import { challengeOf, solve } from "./challenge";

// The same stand in tests/unit/test_client_http.py.
const text = `1767225600.12.salt.${"0".repeat(64)}`;

test("a challenge is solved by the number that the API takes", async () => {
  expect(await solve({ text, bits: 12 })).toBe(`${text}:763`);
});

test("work that has no end is not begun", () => {
  expect(challengeOf({ challenge: { text, bits: 18 } })).toEqual({ text, bits: 18 });
  for (const body of [null, {}, { challenge: "x" }, { challenge: { text, bits: 60 } }, { challenge: { bits: 1 } }])
    expect(challengeOf(body)).toBeUndefined();
});
