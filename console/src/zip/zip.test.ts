// @vitest-environment node
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { textIn, withText } from "./changing";
import { crc32 } from "./crc";
import { members } from "./reading";
import { zip } from "./writing";

const never = new AbortController().signal;
const made = (files: Record<string, string>) =>
  zip(
    Object.entries(files).map(([path, text]) => ({ path, file: new Blob([text]) })),
    () => undefined,
    never,
  );

test("a check sum is the one that everybody knows", () => {
  const bytes = new TextEncoder().encode("123456789");
  expect(crc32(bytes)).toBe(0xcbf43926);
  expect(crc32(bytes.slice(4), crc32(bytes.slice(0, 4)))).toBe(0xcbf43926);
});

test("another program unpacks what is zipped here, names beyond ASCII too", async () => {
  const files = { "model.py": "print('hello')\n".repeat(500), "données/é.csv": "1,2", empty: "" };
  const path = join(mkdtempSync(join(tmpdir(), "agon-")), "made.zip");
  writeFileSync(path, new Uint8Array(await (await made(files)).arrayBuffer()));
  const read =
    "import json, sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(json.dumps({n: z.read(n).decode() for n in z.namelist()}))";
  expect(JSON.parse(execFileSync("python3", ["-c", read, path], { encoding: "utf-8" }))).toEqual(files);
});

test("its directory tells what is in it", async () => {
  expect(await members(await made({ "a/b.txt": "four", "c.txt": "" }))).toEqual([
    { path: "a/b.txt", size: 4 },
    { path: "c.txt", size: 0 },
  ]);
  expect(await members(await made({}))).toEqual([]);
});

test("what is no zip has no directory, however it is cut", async () => {
  expect(await members(new Blob(["no zip"]))).toBeNull();
  const whole = await made({ "a.txt": "four" });
  for (let size = 0; size < whole.size; size++) expect(await members(whole.slice(0, size))).toBeNull();
});

test("the same files make the same zip, in whichever order they come", async () => {
  const bytes = async (files: Record<string, string>) => Buffer.from(await (await made(files)).arrayBuffer());
  expect((await bytes({ b: "2", a: "1" })).equals(await bytes({ a: "1", b: "2" }))).toBe(true);
});

test("how far it is is told, and it can be stopped", async () => {
  const told: number[] = [];
  const entries = [{ path: "a", file: new Blob(["x".repeat(100_000)]) }];
  await zip(entries, (done) => told.push(done), never);
  expect(told.at(-1)).toBe(1);
  await expect(zip(entries, () => undefined, AbortSignal.abort())).rejects.toThrow();
});

test("a comment that looks like the end of a zip is none", async () => {
  const whole = new Uint8Array(await (await made({ "competition.yaml": "title: a\n" })).arrayBuffer());
  const comment = new Uint8Array(30);
  comment.set([0x50, 0x4b, 5, 6]);
  whole[whole.length - 2] = comment.length;
  const zipped = new Blob([whole, comment]);
  expect(await members(zipped)).toEqual([{ path: "competition.yaml", size: 9 }]);
  expect(await textIn(zipped, "competition.yaml")).toBe("title: a\n");
  expect(await textIn(await withText(zipped, "competition.yaml", "title: b\n"), "competition.yaml")).toBe("title: b\n");
});
