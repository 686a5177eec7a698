// @vitest-environment node
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { expect, test } from "vitest";
import { qr } from "./qr";

const TEXT = "otpauth://totp/Agon%3Aada?secret=jbswy3dp" + "x".repeat(300);

/** Of texts of several lengths and masks, what another encoder (qrcode 8.2 of Python) drew. */
const DRAWN: readonly (readonly [length: number, mask: number, digest: string])[] = [
  [5, 0, "929ac128a6399324"],
  [53, 3, "8dc114e7eab90f36"],
  [134, 5, "094b90426468d49c"],
  [135, 7, "c2aacf2d0783770c"],
  [271, 2, "95bfc34cd66d7acd"],
];

test.each(DRAWN)("%i letters with the mask %i are drawn as others draw them", (length, mask, digest) => {
  const rows = qr(TEXT.slice(0, length), mask).map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
  expect(bytesToHex(sha256(new TextEncoder().encode(rows.join("\n")))).slice(0, 16)).toBe(digest);
});

test("the mask that is easiest to read is taken, and what is too long is refused", () => {
  const drawn = JSON.stringify(qr("agon"));
  expect([0, 1, 2, 3, 4, 5, 6, 7].map((mask) => JSON.stringify(qr("agon", mask)))).toContain(drawn);
  expect(() => qr(TEXT.slice(0, 272))).toThrow(RangeError);
});
