// @vitest-environment jsdom
import { expect, test } from "vitest";
import { toSignIn } from "../../links";
import { PAGES } from "../../pages";
import { find } from "../../router";
import { nextIn, onwardFrom } from "./onward";

const next = (address: string) => nextIn({ query: new URL(address, "https://agon.test").searchParams }, "https://agon.test");

test("one goes on where one was, with all that stood in the address", () => {
  expect(next(toSignIn("/c/01a?phase=0#top"))).toBe("/c/01a?phase=0#top");
  expect(next("/sign-in")).toBeNull();
});

test.each([
  ["/c/01a/leaderboard?phase=0", "/c/01a/leaderboard?phase=0"],
  ["/nowhere", "/nowhere"],
  ["/sign-in?next=/c/01a/join", "/c/01a/join"],
  ["/sign-up?next=/c/01a/join", "/c/01a/join"],
  ["/forgot", null],
])("who signs in from %s goes on to %s", (address, onward) => {
  expect(onwardFrom(find(PAGES, new URL(address, "https://agon.test")))).toBe(onward);
});

test("nobody is led to another site", () => {
  for (const other of ["https://evil.test/", "//evil.test/", "/\\evil.test", "/\t/evil.test", "javascript:alert(1)", "evil"])
    expect(next(`/sign-in?${new URLSearchParams({ next: other })}`), other).toBeNull();
});
