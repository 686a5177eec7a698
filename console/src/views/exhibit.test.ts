import { expect, test } from "vitest";
import { heightOf } from "./exhibit";

test("a frame is as high as what it shows is long, within bounds", () => {
  expect(heightOf("text", 40)).toBe(4.5);
  expect(heightOf("text", 800)).toBeCloseTo(25.5);
  expect(heightOf("text", 1_000_000)).toBe(34);
  expect(heightOf("html", 100)).toBe(12);
  expect(heightOf("html", 1_000_000)).toBe(40);
});
