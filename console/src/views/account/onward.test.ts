import { expect, test } from "vitest";
import { toSignIn } from "../../links";
import { nextIn } from "./onward";

const next = (address: string) => nextIn({ query: new URL(address, "https://agon.test").searchParams }, "https://agon.test");

test("one goes on where one was, with all that stood in the address", () => {
  expect(next(toSignIn("/c/01a?phase=0#top"))).toBe("/c/01a?phase=0#top");
  expect(next("/sign-in")).toBeNull();
});

test("nobody is led to another site", () => {
  for (const other of ["https://evil.test/", "//evil.test/", "/\\evil.test", "/\t/evil.test", "javascript:alert(1)", "evil"])
    expect(next(`/sign-in?${new URLSearchParams({ next: other })}`), other).toBeNull();
});
