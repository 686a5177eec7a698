// @vitest-environment jsdom
/** A mapping whose entries say their key themselves, such as questions: rows that are added, moved, renamed and removed. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { schemas } from "virtual:bodies";
import { Problem } from "../api/problem";
import "./form";
import type { AgonForm, Submitted } from "./form";
import { keyOf } from "./keys";
import { fieldsOf, type Changes, type Field, type Schemas } from "./kinds";
import { numbered } from "./places";
import { bodyOf, judge, treeOf, treesIn, type Tree } from "./values";

const CHANGES: Changes = {
  fact_sheet: { entry: "question" },
  "fact_sheet.selection": { kind: "lines", when: { name: "type", is: "select" } },
};
const METHOD = {
  key: "method",
  type: "text",
  title: "Method",
  selection: "",
  is_required: "true",
  is_on_leaderboard: "false",
};
const DATA = { ...METHOD, key: "data.used", type: "select", title: "Data used", selection: "all, some", placeholder: "?" };
const SHEET = { fact_sheet: { method: METHOD, "data.used": DATA } };
const FIELDS = fieldsOf("PatchBody", schemas as Schemas, CHANGES, "").filter(({ name }) => name === "fact_sheet");
const BASE = treeOf(FIELDS, SHEET);

function rowsOf(tree: Tree): readonly Tree[] {
  return treesIn(tree.fact_sheet ?? null);
}

/** The body of a change to these rows. */
async function changed(rows: readonly Tree[]): Promise<unknown> {
  return (await bodyOf(FIELDS, { fact_sheet: rows }, { from: BASE, isMerged: true })).fact_sheet;
}

function field(name: string): Field {
  const found = FIELDS[0]?.item?.fields.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe("questions of the real document", () => {
  test("are rows, each with its key and what else the format says of one", () => {
    expect(FIELDS.map(({ kind, entry }) => [kind, entry])).toEqual([["keyed", "question"]]);
    const kinds = Object.fromEntries(FIELDS[0]?.item?.fields.map(({ name, kind }) => [name, kind]) ?? []);
    expect(kinds).toEqual({
      title: "text", key: "text", type: "choice", selection: "lines", is_required: "switch", is_on_leaderboard: "switch",
    }); // prettier-ignore
    expect(field("type").choices.map(({ value }) => value)).toEqual(["checkbox", "text", "select"]);
  });
  test("are shown as they are written, choices one a line and also those of a text with commas", () => {
    expect(rowsOf(BASE)).toEqual([
      { key: "method", type: "text", title: "Method", selection: "", is_required: true, is_on_leaderboard: false },
      {
        key: "data.used",
        type: "select",
        title: "Data used",
        selection: "all\nsome",
        is_required: true,
        is_on_leaderboard: false,
      },
    ]);
  });
});

describe("what is sent of questions", () => {
  const [method = {}, data = {}] = rowsOf(BASE);
  test("is nothing where nothing has changed", async () => expect(await changed([method, data])).toBeUndefined());
  test("is what differs, and of the others their place alone, so that what the form does not know stays", async () => {
    expect(await changed([data, { ...method, is_required: false }])).toEqual({
      "data.used": {},
      method: { is_required: "false" },
    });
    expect(Object.keys((await changed([data, method])) as object)).toEqual(["data.used", "method"]);
  });
  test("is null for one that is gone, and the whole of one that is new or has another key", async () => {
    const fresh = {
      key: " gpu ",
      type: "checkbox",
      title: "GPU?",
      selection: "",
      is_required: false,
      is_on_leaderboard: true,
    };
    expect(await changed([{ ...method, key: "how" }, fresh])).toEqual({
      method: null,
      "data.used": null,
      how: { key: "how", type: "text", title: "Method", is_required: "true", is_on_leaderboard: "false" },
      gpu: { key: "gpu", type: "checkbox", title: "GPU?", is_required: "false", is_on_leaderboard: "true" },
    });
  });
  test("has choices where one chooses, and takes them out where one does not any more", async () => {
    expect(await changed([{ ...method, type: "select", selection: "CNN\n\n SVM, linear " }, data])).toEqual({
      method: { type: "select", selection: ["CNN", "SVM, linear"] },
      "data.used": {},
    });
    expect(await changed([method, { ...data, type: "text" }])).toEqual({
      method: {},
      "data.used": { type: "text", selection: null },
    });
  });
});

test("what questions lack is told at their places: choices, a title, a key of their own", () => {
  const rows = [
    { key: "a", type: "select", title: "A", selection: " " },
    { key: "a", type: "text", title: "", selection: "" },
    { key: "", type: "text", title: "C", selection: "" },
  ];
  const places = judge(FIELDS, { fact_sheet: rows }).map(({ place }) => place);
  expect(places).toEqual(["fact_sheet.0.selection", "fact_sheet.1.title", "fact_sheet.2.key", "fact_sheet.1.key"]);
});

test.each([
  ["fact_sheet.method.type", "fact_sheet.0.type"],
  ["fact_sheet.data.used", "fact_sheet.1"],
  ["fact_sheet.data.used.selection", "fact_sheet.1.selection"],
  ["fact_sheet.nothing.type", "fact_sheet"],
  ["fact_sheet", "fact_sheet"],
])("the API's place %s is the form's %s", (place, here) => expect(numbered(FIELDS, BASE, place)).toBe(here));

test.each([
  ["Which data do you use?", [], "which_data_do_you_use"],
  ["Équipe n° 1", [], "equipe_n_1"],
  ["3 words", [], "q_3_words"],
  ["数据", ["q"], "q_2"],
  ["Lab", ["lab", "lab_2"], "lab_3"],
  ["  ", [], ""],
])("a key is made of %s", (title, taken, key) => expect(keyOf(title, taken)).toBe(key));

describe("a form of questions", () => {
  let form: AgonForm;
  const settled = async (): Promise<void> => {
    await vi.dynamicImportSettled();
    for (let turn = 0; turn < 10; turn += 1) await form.updateComplete;
  };
  const at = (name: string): HTMLInputElement => {
    const found = form.querySelector<HTMLInputElement>(`[name="fact_sheet.${name}"]`);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const type = async (name: string, text: string): Promise<void> => {
    at(name).value = text;
    for (const what of ["input", "change"]) at(name).dispatchEvent(new Event(what, { bubbles: true }));
    await settled();
  };
  const press = async (selector: string): Promise<void> => {
    form.querySelector<HTMLButtonElement>(selector)?.click();
    await settled();
  };
  const send = async (comes: () => Promise<unknown>): Promise<unknown> => {
    let sent: unknown;
    const take = (event: Event): void => {
      const { body, until } = (event as unknown as Submitted<"editor_change">).detail;
      sent = body.fact_sheet;
      until(comes());
    };
    form.addEventListener("submit", take, { once: true });
    form.querySelector("form")?.requestSubmit();
    for (let turn = 0; turn < 10; turn += 1) await settled();
    return sent;
  };
  beforeEach(async () => {
    sessionStorage.clear();
    const given = { operation: "editor_change", settings: "", only: ["fact_sheet"], values: SHEET, changes: CHANGES };
    form = Object.assign(document.createElement("agon-form"), given);
    document.body.append(form);
    await settled();
  });
  afterEach(() => document.body.replaceChildren());

  test("makes a new one's key of its title until somebody writes one, and never another's", async () => {
    await press("[data-add=fact_sheet]");
    expect(document.activeElement).toBe(at("2.title"));
    await type("2.title", "Method");
    expect(at("2.key").value).toBe("method_2");
    await type("2.title", "Which GPU?");
    expect(at("2.key").value).toBe("which_gpu");
    await type("2.key", "gpu");
    await type("2.title", "Which GPUs?");
    expect(at("2.key").value).toBe("gpu");
    await type("0.title", "Methods");
    expect(at("0.key").value).toBe("method");
    const sent = await send(() => Promise.resolve({}));
    expect(sent).toMatchObject({ method: { title: "Methods" }, gpu: { title: "Which GPUs?", type: "text" } });
  });

  test("asks for choices where one of them is the answer", async () => {
    expect(form.querySelector("[name='fact_sheet.0.selection']")).toBeNull();
    await type("0.type", "select");
    expect(at("0.selection").value).toBe("");
    await send(() => Promise.resolve({}));
    expect(document.activeElement).toBe(at("0.selection"));
  });

  test("says of a key that goes what becomes of its answers", async () => {
    const told = (): string | undefined => form.querySelector(".form-group > [role=status]")?.textContent;
    expect(told()).toBe("");
    await type("0.key", "how");
    expect(told()).toMatch(/^Removed or renamed: method\./);
    await type("0.key", "method");
    await press("[data-row='fact_sheet.1'] button:last-child");
    expect(told()).toMatch(/data\.used/);
  });

  test("has the API’s complaints at their question, wherever that has moved, until it moves on", async () => {
    await press("[data-row='fact_sheet.0'] button:nth-child(2)");
    const errors = [{ place: "fact_sheet.method.title", message: "Not so." }];
    await send(() => Promise.reject(new Problem(422, "Wrong", "The settings do not fit.", errors)));
    expect(form.querySelector("[data-place='fact_sheet.1.title'] .field-problem")?.textContent).toBe("Not so.");
    expect(document.activeElement).toBe(at("1.title"));
    await press("[data-row='fact_sheet.1'] button");
    expect(form.querySelector(".field-problem")).toBeNull();
  });
});
