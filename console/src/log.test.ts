import { expect, test } from "vitest";
import { BLOCK, cause, Growing, has, lines, together } from "./log";

const TRACE = 'Traceback (most recent call last):\n  File "model.py", line 3\nRuntimeError: my bug\n';

test("a log is its lines, of which each keeps its colours", () => {
  expect(lines("a\n\n\x1b[31mb\x1b[0mc\n")).toEqual([
    [{ text: "a", look: "" }],
    [],
    [
      { text: "b", look: "ink-red" },
      { text: "c", look: "" },
    ],
  ]);
  expect(lines("")).toEqual([]);
  expect(lines("fold 1\rfold 2")).toEqual([[{ text: "fold 2", look: "" }]]);
});

test("a log that grows is read on from where it was, with the colours of before", () => {
  const line = (number: number): string => `line \x1b[3${number % 8}m${number}\n`;
  const log = Array.from({ length: 2.5 * BLOCK }, (_, at) => line(at)).join("");
  const growing = new Growing();
  const pieces = [0.1, 0.45, 0.71, 1].map((part) => growing.of(log.slice(0, Math.floor(log.length * part))));
  const [, , before = [], after = []] = pieces;
  expect(after.flatMap((block) => block.lines)).toEqual(lines(log));
  expect(after.map((block) => block.lines.length)).toEqual([BLOCK, BLOCK, BLOCK / 2]);
  // What was whole is the same object: it is not drawn again.
  expect(after[0]).toBe(before[0]);
});

test("a log that does not go on from what was read is read anew", () => {
  const growing = new Growing();
  growing.of("\x1b[31ma\nb\n");
  expect(growing.of("b\nc")).toEqual([{ number: 0, lines: [[{ text: "b", look: "" }], [{ text: "c", look: "" }]] }]);
  expect(growing.of("")).toEqual([]);
});

test("lines are drawn with their ends, in as few pieces as there are colours", () => {
  expect(together(lines("a\nb\n\x1b[31mc"))).toEqual([
    { text: "a\nb\n", look: "" },
    { text: "c", look: "ink-red" },
    { text: "\n", look: "" },
  ]);
});

test("words are found over colours and in any case", () => {
  const [line = []] = lines("Not \x1b[31mBad\x1b[0m at all");
  expect([has(line, "not bad"), has(line, "good")]).toEqual([true, false]);
});

test("the error of the participant's own program tells why, before what came of it", () => {
  expect(cause({ scoring_stderr: "FileNotFoundError: predictions.csv", submission_stderr: TRACE })).toEqual({
    log: "submission_stderr",
    text: "RuntimeError: my bug",
  });
});

test.each([
  ["warning: slow\nThere is no model.py at the root", "There is no model.py at the root"],
  ["error: no such command\nsee --help", "error: no such command"],
  ["numpy.linalg.LinAlgError: Singular matrix\n\n", "numpy.linalg.LinAlgError: Singular matrix"],
])("of %j the line is %j", (log, text) =>
  expect(cause({ ingestion_stderr: log })).toEqual({ log: "ingestion_stderr", text }),
);

test("what only talks tells no cause", () => {
  expect(cause({ scoring_stdout: "compared with the truth", scoring_stderr: "" })).toBeNull();
  expect(cause({})).toBeNull();
});
