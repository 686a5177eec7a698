// @vitest-environment jsdom
import "../testing/site";
import { become } from "../testing/people";
import { afterEach, expect, test } from "vitest";
import { AgonConsole } from "./console";

afterEach(() => document.body.replaceChildren());

test("who signs out leaves nothing of what they had typed", async () => {
  await become("ada");
  document.body.append(new AgonConsole());
  sessionStorage.setItem("agon.draft ada tokens_create", "{}");
  await become(null);
  expect(Object.keys(sessionStorage)).toEqual([]);
});
