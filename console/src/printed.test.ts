import { describe, expect, test } from "vitest";
import vectors from "../../tests/vectors/printed.json";
import { printed } from "./printed";

const text = (log: string): string =>
  printed(log)
    .map((run) => run.text)
    .join("");
const looks = (log: string): [string, string][] => printed(log).map((run) => [run.text, run.look]);

describe("what a program printed", () => {
  test.each(vectors)("$why", ({ log, text: wanted }) => expect(text(log)).toBe(wanted));

  test("keeps its colours as styles", () => {
    expect(looks("done \x1b[31mred\x1b[0m and \x1b[1;92mbold green\x1b[m.")).toEqual([
      ["done ", ""],
      ["red", "ink-red"],
      [" and ", ""],
      ["bold green", "ink-green bold"],
      [".", ""],
    ]);
  });

  test.each([
    ["38;5;196", "ink-red"],
    ["38;2;0;128;255", "ink-cyan"],
    ["38;2;120;120;130", ""],
    ["38;5;244", ""],
    ["48;5;196", ""],
    ["2;3;4", "faint italic underlined"],
    ["31;39", ""],
    ["7", ""],
  ])("\\e[%sm looks as %s", (codes, look) => {
    expect(looks(`\x1b[${codes}mx`)).toEqual([["x", look]]);
  });

  test("has its colour where a line was begun again", () => {
    expect(looks("\x1b[34m1%\r2%\x1b[39m\n")).toEqual([
      ["2%", "ink-blue"],
      ["\n", ""],
    ]);
  });

  test("is read in time that grows with it", () => {
    const log = `${"a".repeat(200_000)}${"\b\x1b[m".repeat(100_000)}${"\x1b]".repeat(100_000)}${"\r".repeat(100_000)}`;
    const began = performance.now();
    printed(log);
    expect(performance.now() - began).toBeLessThan(3000);
  });
});
