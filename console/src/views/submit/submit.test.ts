// @vitest-environment jsdom
import { answers, asked, settled } from "../../testing/site";
import { File as Bytes } from "node:buffer";
import { ReadableStream, type ReadableStreamDefaultController } from "node:stream/web";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Competition, Phase, Submission } from "../../api/shapes";
import { AgonSubmit } from "./submit";

const QUOTA = {
  ...{ today: null, this_month: null, in_all: null, at_once: null, bytes: null, submission_bytes: null },
  ...{ interval_seconds: null, extra: 0, timezone: "UTC", opens_at: "2020-01-01T00:00:00Z", reason: "" },
};

function phase(id: string): Phase {
  return { id, name: id, tasks: [], results_only: false } as unknown as Phase;
}

let form: AgonSubmit;

beforeEach(async () => {
  answers["GET /v1/phases/a/quota"] = answers["GET /v1/phases/b/quota"] = QUOTA;
  answers["GET /v1/organizations"] = { organizations: [] };
  asked.length = 0;
  form = new AgonSubmit();
  form.competition = { fact_sheet: [] } as unknown as Competition;
  form.phase = phase("a");
  document.body.append(form);
  await settled();
});
afterEach(() => document.body.replaceChildren());

test("what is on its way to a phase arrives there, whichever phase is looked at meanwhile", async () => {
  // That of jsdom cannot be read.
  const file = new Bytes(["PK, and nothing more"], "mine.zip");
  answers["POST /v1/uploads"] = async () => {
    form.phase = phase("b");
    await form.updateComplete;
    return { id: "u", method: "multipart", post: null, parts: [] };
  };
  answers["POST /v1/uploads/u/commit"] = { id: "u" };
  answers["POST /v1/phases/a/submissions"] = answers["POST /v1/phases/b/submissions"] = { id: "s" };
  const taken: Submission[] = [];
  form.taken = (submission) => taken.push(submission);
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(input, "files", { value: [file] });
  input?.dispatchEvent(new Event("change"));
  await settled();
  form.querySelector("form")?.requestSubmit();
  await expect.poll(() => taken.length).toBe(1);
  expect(asked.filter((one) => one.endsWith("/submissions"))).toEqual(["POST /v1/phases/a/submissions"]);
});

/** Puts a file where one chooses it, and waits for nothing. */
function take(file: object): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  input?.dispatchEvent(new Event("change"));
}

/** A zip that can be read once that is let, if at all. */
function slow(name: string, isLet: () => Promise<unknown>): Bytes {
  const start = async (part: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    await isLet();
    part.enqueue(new Uint8Array(8));
    part.close();
  };
  return Object.assign(new Bytes(["PK of a slow disk"], name), { slice: () => new ReadableStream({ start }) });
}

const named = () => form.querySelector(".drop b")?.textContent;

test("a file that is submitted while it is looked into is handed in", async () => {
  answers["POST /v1/uploads"] = { id: "u", method: "multipart", post: null, parts: [] };
  answers["POST /v1/uploads/u/commit"] = { id: "u" };
  answers["POST /v1/phases/a/submissions"] = { id: "s" };
  take(new Bytes(["PK, and nothing more"], "mine.zip"));
  form.querySelector("form")?.requestSubmit();
  await expect.poll(() => asked).toContain("POST /v1/phases/a/submissions");
  expect(form.querySelector("[role=alert]")).toBeNull();
});

test("what was chosen last counts, also where a former choice takes longer to look into", async () => {
  let read = (): void => undefined;
  const isLet = new Promise<undefined>((resolve) => (read = () => resolve(undefined)));
  take(slow("first.zip", () => isLet));
  take(new Bytes(["PK, and nothing more"], "second.zip"));
  await expect.poll(named).toBe("second.zip");
  read();
  await settled();
  expect(named()).toBe("second.zip");
});

test("where the last choice cannot be read, the one before it is not handed in in its place", async () => {
  take(new Bytes(["PK, and nothing more"], "first.zip"));
  await expect.poll(named).toBe("first.zip");
  take(slow("second.zip", () => Promise.reject(new DOMException("gone", "NotReadableError"))));
  form.querySelector("form")?.requestSubmit();
  await settled();
  expect(form.querySelector("[role=alert]")?.textContent).toContain("It may have changed since you chose it.");
  expect([named(), asked.filter((one) => one.startsWith("POST"))]).toEqual(["Drop a zip, a folder or files here", []]);
});

test("a folder that cannot be read is told", async () => {
  const folder = {
    isDirectory: true,
    name: "mine",
    createReader: () => ({
      readEntries: (_: unknown, fail: (why: Error) => void) => fail(new DOMException("gone", "NotFoundError")),
    }),
  };
  const dropped = Object.assign(new Event("drop"), {
    dataTransfer: { items: [{ webkitGetAsEntry: () => folder }], files: [] },
  });
  form.querySelector(".drop")?.dispatchEvent(dropped);
  await settled();
  expect(form.querySelector("[role=alert]")?.textContent).toContain("It may have changed since you chose it.");
});

const EXPECTS = {
  files: [
    {
      path: "predictions.csv",
      format: "csv",
      rows: 2,
      fields: [{ name: "id", type: "integer", constraints: { unique: true } }],
    },
    { path: "notes.md", required: false, max_bytes: 1000 },
  ],
  others: false,
};

async function choose(text: string): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const file = Object.assign(new Bytes([text], "predictions.csv"), { webkitRelativePath: "" });
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  input?.dispatchEvent(new Event("change"));
  await settled();
  await expect.poll(() => checked()).not.toContain("…");
}

const checked = () => form.querySelector(".checked")?.textContent.replace(/\s+/g, " ").trim() ?? "";
const isHeldBack = () => form.querySelector("form button:not([type])")?.getAttribute("aria-disabled") === "true";

test("what a phase expects is told, and looked for in what is chosen before it is sent", async () => {
  form.phase = { ...phase("a"), expects: EXPECTS } as unknown as Phase;
  await settled();
  const needs = [...form.querySelectorAll(".expected li")].map((one) => one.textContent.replace(/\s+/g, " ").trim());
  expect(needs).toEqual([
    "predictions.csv CSV table · 2 rows With this column, and others if you like: id whole number · each once",
    "id whole number · each once",
    "notes.md any file · at most 1.0 kB · may be left out",
  ]);
  await choose("id\n1\n1\n");
  expect(checked()).toBe(
    "Something is not as this phase expects. It would fail, and cost an attempt. " +
      "predictions.csv, line 3, id “1” was there before, and may be there once.",
  );
  expect(isHeldBack()).toBe(true);
  form.querySelector("form")?.requestSubmit();
  await settled();
  expect(asked.filter((one) => one.startsWith("POST"))).toEqual([]);
  await choose("id\n1\n2\n");
  expect([checked(), isHeldBack()]).toEqual(["It is what this phase expects.", false]);
});

test("what is chosen is looked into again when another phase is meant", async () => {
  await choose("x\n");
  expect(checked()).toBe("");
  form.phase = { ...phase("b"), expects: EXPECTS } as unknown as Phase;
  await expect.poll(() => checked()).toContain("predictions.csv, line 1, id There is no such column. There are: x.");
  form.phase = phase("a");
  await settled();
  expect([checked(), isHeldBack()]).toEqual(["", false]);
});

const PLAIN = { ...phase("a"), submission_extensions: ["csv", "json"] } as unknown as Phase;

/** What a person does: a folder has files with paths. */
async function pick(...names: string[]): Promise<void> {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const files = names.map((name) =>
    Object.assign(new Bytes(["id\n1\n"], name.split("/").at(-1) ?? ""), {
      webkitRelativePath: name.includes("/") ? name : "",
    }),
  );
  Object.defineProperty(input, "files", { value: files, configurable: true });
  input?.dispatchEvent(new Event("change"));
  await settled();
}

const looks = () => [...form.querySelectorAll(".concerns li")].map((one) => one.textContent);

test("where a phase takes one plain file, one is picked and sent as it is", async () => {
  form.phase = PLAIN;
  await settled();
  const inputs = [...form.querySelectorAll<HTMLInputElement>("input[type=file]")];
  expect(inputs.map(({ multiple, accept }) => [multiple, accept])).toEqual([[false, ".csv,.json"]]);
  expect(form.querySelector(".drop")?.textContent).toContain("One file, .csv or .json. It is sent as it is.");
  await pick("predictions.csv");
  const bodies: unknown[] = [];
  answers["POST /v1/uploads"] = async (request: Request) => {
    bodies.push(await request.json());
    return { id: "u", method: "multipart", post: null, parts: [] };
  };
  answers["POST /v1/uploads/u/commit"] = { id: "u" };
  answers["POST /v1/phases/a/submissions"] = { id: "s" };
  const taken: Submission[] = [];
  form.taken = (submission) => taken.push(submission);
  form.querySelector("form")?.requestSubmit();
  await expect.poll(() => taken.length).toBe(1);
  expect(bodies).toEqual([expect.objectContaining({ filename: "predictions.csv", size_bytes: 5, plain: true })]);
});

test("another file, or several, are told before anything is sent", async () => {
  form.phase = PLAIN;
  await settled();
  for (const [names, told] of [
    [["a.txt"], "This phase takes .csv or .json, and this file is called a.txt. Choose another one."],
    [["a.csv", "b.csv"], "This phase takes one file, .csv or .json, and no folder. Choose one."],
    [["f/a.csv"], "This phase takes one file, .csv or .json, and no folder. Choose one."],
  ] as const) {
    await pick(...names);
    expect([looks(), isHeldBack()]).toEqual([[told], true]);
  }
  form.querySelector("form")?.requestSubmit();
  await settled();
  expect(asked.filter((one) => one.startsWith("POST"))).toEqual([]);
});

test("what a phase expects of its one file goes by the name that programs find", async () => {
  const files = [{ path: "submission.csv", format: "csv", rows: 1, fields: [{ name: "id" }] }];
  form.phase = { ...PLAIN, expects: { files, others: false } } as unknown as Phase;
  await settled();
  await choose("id\n1\n");
  expect(checked()).toBe("It is what this phase expects.");
});
