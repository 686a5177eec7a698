import { expect, test } from "vitest";
import { concerns, concernsOfPlain, isLitter, nameOf, wrapping } from "./handing";

const free = { submission_bytes: null, bytes: null };
const files = (...paths: string[]) => paths.map((path) => ({ path, size: 1 }));
const kinds = (members: ReturnType<typeof files> | null, isResultsOnly = false) =>
  concerns(10, members, free, isResultsOnly).map(({ kind }) => kind);

test("what operating systems leave is no content", () => {
  for (const path of ["__MACOSX/._a.py", ".DS_Store", "x/Thumbs.db", "._a"]) expect(isLitter(path), path).toBe(true);
  expect(isLitter(".gitignore")).toBe(false);
  expect(kinds(files("__MACOSX/._a.py", ".DS_Store"))).toEqual(["empty"]);
});

test("a zip of a folder is told from one of its files", () => {
  expect(wrapping(["a/b", "a/c/d"])).toBe("a");
  expect(wrapping(["a/b", "c"])).toBeNull();
  expect(wrapping(["ab/c", "a/b"])).toBeNull();
  expect(wrapping([])).toBeNull();
  expect(kinds(files("mine/model.py", "__MACOSX/x"))).toEqual(["wrapped"]);
});

test("what is larger than is taken stops it", () => {
  const [large, full] = concerns(10, null, { submission_bytes: 9, bytes: { limit: 100, left: 5 } }, false);
  expect(large).toEqual({ kind: "large", stops: true, size: 10, limit: 9 });
  expect(full).toEqual({ kind: "storage", stops: true, size: 10, limit: 5 });
});

test("code where predictions are wanted is worth a question", () => {
  expect(kinds(files("predictions.csv"), true)).toEqual([]);
  expect(kinds(files("predictions.csv", "model.py"), true)).toEqual(["code"]);
});

test("what cannot be read is not called empty", () => expect(kinds(null)).toEqual([]));

test("a submission is called like its file", () => {
  expect(nameOf("trees v2.zip")).toBe("trees v2");
  expect(nameOf("predictions.csv")).toBe("predictions.csv");
});

test("one plain file is taken by its extension, whatever its case", () => {
  const told = (file: { name: string; size: number } | null) =>
    concernsOfPlain(file, ["csv", "zip"], { submission_bytes: 9, bytes: null }).map(({ kind }) => kind);
  expect(told({ name: "My predictions.CSV", size: 5 })).toEqual([]);
  expect(told({ name: "a.zip", size: 5 })).toEqual([]);
  for (const name of ["a.json", "csv", "a.", "a.csv.txt"]) expect(told({ name, size: 5 }), name).toEqual(["extension"]);
  expect(told({ name: "a.csv", size: 10 })).toEqual(["large"]);
  expect(told({ name: "a.csv", size: 0 })).toEqual(["empty"]);
  expect(told(null)).toEqual(["several"]);
});
