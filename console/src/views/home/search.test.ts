import { expect, test } from "vitest";
import { asked, isEverything, soughtIn, toggled } from "./search";

const sought = (query: string) => soughtIn({ query: new URLSearchParams(query) });

test("what an address asks for is what the API is asked", () => {
  const query = { search: "iris flowers", open: "true", reward: "true", sort: "ending", cursor: "3" };
  expect(asked(sought(new URLSearchParams(query).toString()))).toEqual(query);
  expect(isEverything(sought("sort=popular"))).toBe(true);
  expect(isEverything(sought("open=true"))).toBe(false);
});

test("what is no order, and no flag, is passed over", () => {
  expect(asked(sought("sort=evil&open=1&search=%20"))).toEqual({});
});

test("a filter is put and taken away, and begins at the first page", () => {
  const first = toggled(sought("cursor=3"), "open");
  expect([first.cursor, [...first.filters]]).toEqual([null, ["open"]]);
  expect([...toggled(first, "open").filters]).toEqual([]);
});

test("one's own and those that one takes part in are two lists", () => {
  expect([...toggled(sought("joined=true&open=true"), "mine").filters].sort()).toEqual(["mine", "open"]);
  expect([...sought("joined=true&mine=true").filters]).toEqual(["mine"]);
});
