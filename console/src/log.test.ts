import { expect, test } from "vitest";
import { cause, has, lines } from "./log";

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
