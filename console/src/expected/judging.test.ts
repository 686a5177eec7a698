// @vitest-environment node
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import vectors from "../../../tests/vectors/expected.json";
import type { Expectations } from "../api/shapes";
import { zip } from "../zip/writing";
import { place, sentence, type Complaint } from "./complaints";
import { filesOf, filesOfZip, type Found } from "./files";
import { judge } from "./judging";

type Written = string | { base64: string } | { text: string; then: string; times: number };

const never = new AbortController().signal;

function bytes(written: Written): Buffer<ArrayBuffer> {
  if (typeof written === "string") return Buffer.from(written);
  if ("base64" in written) return Buffer.from(written.base64, "base64");
  return Buffer.from(written.text + written.then.repeat(written.times));
}

const entries = (files: Record<string, Written>) =>
  Object.entries(files).map(([path, written]) => ({ path, file: new Blob([bytes(written)]) }));
const told = (one: Complaint) => `${place(one)}: ${sentence(one)}`;

async function said(expects: unknown, files: readonly Found[] | null): Promise<string[]> {
  const { complaints } = await judge(expects as Expectations, files ?? [], never);
  return complaints.map(told);
}

test.each(vectors)("$why", async ({ expects, files, complaints }) => {
  const all = entries(files as unknown as Record<string, Written>);
  expect(await said(expects, filesOf(all))).toEqual(complaints);
  expect(await said(expects, await filesOfZip(await zip(all, () => undefined, never)))).toEqual(complaints);
});

const TABLE = { files: [{ path: "p.csv", format: "csv", fields: [{ name: "id", constraints: { unique: true } }] }] };

describe("a submission is judged as it will be unpacked", () => {
  test("without what operating systems leave in zips", async () => {
    const files = { "__MACOSX/._p.csv": "x", ".DS_Store": "x", "p.csv": "id\n1\n1\n" };
    expect(await said({ ...TABLE, others: false }, filesOf(entries(files)))).toEqual([
      "p.csv, line 3, id: “1” was there before, and may be there once.",
    ]);
  });

  test("and a program without the folder around it", async () => {
    const files = { "mine/metadata": "command: x", "mine/p.csv": "id\n" };
    const expects = { files: [...TABLE.files, { path: "metadata" }], others: false };
    expect(await said(expects, filesOf(entries(files)))).toEqual([]);
  });
});

/** A zip that another program makes, by a method of its own, and breaks. */
async function made(method: string, text: string, broken = ""): Promise<Found[] | null> {
  const path = join(mkdtempSync(join(tmpdir(), "agon-")), "made.zip");
  const script =
    "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w', getattr(zipfile, sys.argv[2])); z.writestr('p.csv', sys.argv[3]); z.close()";
  execFileSync("python3", ["-c", script, path, method, text]);
  const content = readFileSync(path);
  if (broken) content.write(broken, 60);
  return filesOfZip(new Blob([content]));
}

test("a zip is read that was made elsewhere, packed or not", async () => {
  for (const method of ["ZIP_DEFLATED", "ZIP_STORED"])
    expect(await said(TABLE, await made(method, `id\n${"1\n".repeat(99)}`))).toEqual([
      "p.csv, line 3, id: “1” was there before, and may be there once. 97 more like it.",
    ]);
});

test("what is packed in a way that only runners read is told, and nothing is said of what is in it", async () => {
  const files = await made("ZIP_BZIP2", "id\n1\n1\n");
  expect(await judge(TABLE as Expectations, files ?? [], never)).toEqual({ complaints: [], unread: ["p.csv"] });
});

test("a file that is damaged is told", async () => {
  const rows = Array.from({ length: 1000 }, (_, at) => String(at)).join("\n");
  expect(await said(TABLE, await made("ZIP_DEFLATED", `id\n${rows}`, "xxxxxxxxxx"))).toEqual([
    "p.csv: It cannot be read. Zip it again.",
  ]);
});

test("what is no zip cannot be told anything of", async () => {
  expect(await filesOfZip(new Blob(["PK, and nothing more"]))).toBeNull();
});

test("who goes away waits for nothing", async () => {
  const gone = AbortSignal.abort(new Error("gone"));
  await expect(judge(TABLE as Expectations, filesOf(entries({ "p.csv": "id\n" })), gone)).rejects.toThrow("gone");
});

test("files that have too much together are told once, and nothing more of them is read", async () => {
  const read: string[] = [];
  const file = (path: string, size: number): Found => ({
    ...{ path, size, isReadable: true },
    async *chunks() {
      read.push(path);
      yield await Promise.resolve(new Uint8Array([120]));
    },
  });
  const files = [file("a", 1024 ** 3 - 1), file("b", 2), file("c", 1)];
  expect(await said({ files: [{ path: "*", format: "text" }] }, files)).toEqual([
    "The submission: The files that are read to be checked may have 1,073,741,824 bytes together, and have more.",
  ]);
  expect(read).toEqual(["a"]);
});
