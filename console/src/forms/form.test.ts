// @vitest-environment jsdom
import { become } from "../testing/people";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { operations, schemas } from "virtual:bodies";
import { Problem } from "../api/problem";
import { choose } from "../words/words";
import { draftAt, draftKey, dropAllDrafts } from "./draft";
import "./form";
import type { AgonForm, Submitted } from "./form";
import { isoOf, textOf } from "./instant";
import { fieldsOf, type Field, type Schemas } from "./kinds";
import { bodyOf, judge, numberIn, treeOf } from "./values";

const SCHEMAS: Schemas = {
  AllBody: {
    properties: {
      title: { type: "string", minLength: 1, maxLength: 100, title: "Title" },
      text: { type: "string", maxLength: 10_000 },
      email: { type: "string", maxLength: 200 },
      project_url: { type: "string", maxLength: 200 },
      count: { type: "integer", minimum: 1, maximum: 5 },
      weight: { anyOf: [{ type: "number" }, { type: "null" }] },
      ready: { type: "boolean", default: true },
      maybe: { anyOf: [{ type: "boolean" }, { type: "null" }] },
      colour: { type: "string", enum: ["red", "green"] },
      events: { type: "array", items: { enum: ["one", "two"], type: "string" } },
      start: { type: "string", format: "date-time" },
      names: { type: "array", items: { type: "string", minLength: 1 }, minItems: 1 },
      people: { type: "array", items: { $ref: "#/components/schemas/PersonBody" } },
      files: { type: "object", propertyNames: { enum: ["a", "b"] }, additionalProperties: { type: "string" } },
      scores: { type: "object", additionalProperties: { type: "number" } },
      logo: { type: "string", format: "base64", maxLength: 4 },
      extra: { type: "object", additionalProperties: true },
      inner: { $ref: "#/components/schemas/PersonBody" },
    },
    required: ["title", "names"],
  },
  PersonBody: { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, required: ["name"] },
};
const FIELDS = fieldsOf("AllBody", SCHEMAS);

function named(name: string): Field {
  const found = FIELDS.find((field) => field.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe("the fields of a body", () => {
  test("are asked for by what their values are", () => {
    expect(Object.fromEntries(FIELDS.map(({ name, kind }) => [name, kind]))).toEqual({
      title: "text", text: "markdown", email: "email", project_url: "link", count: "whole", weight: "number", ready: "switch",
      maybe: "choice", colour: "choice", events: "choices", start: "instant", names: "rows", people: "rows", files: "group",
      scores: "map", logo: "file", extra: "json", inner: "group",
    }); // prettier-ignore
  });
  test("inside others are found by their reference", () => {
    expect(named("people").item?.fields.map(({ name, required }) => [name, required])).toEqual([
      ["name", true],
      ["age", false],
    ]);
    expect(named("files").fields.map(({ name }) => name)).toEqual(["a", "b"]);
  });
  test("are what a page says beside the document", () => {
    const changed = fieldsOf("AllBody", SCHEMAS, { text: { kind: "lines", label: "Words" }, count: { hidden: true } });
    expect(changed.find(({ name }) => name === "text")).toMatchObject({ kind: "lines", label: "Words" });
    expect(changed.some(({ name }) => name === "count")).toBe(false);
  });
  test("of every operation that people call can be made", () => {
    const all = schemas as Schemas;
    for (const [id, operation] of Object.entries(operations)) {
      const parts = Object.keys(all[operation?.body ?? ""]?.["x-parts"] ?? {});
      for (const part of parts) expect(fieldsOf(operation?.body ?? "", all, {}, part).length, part).toBeGreaterThan(0);
      if (parts.length === 0) expect(fieldsOf(operation?.body ?? "", all).length, id).toBeGreaterThan(0);
    }
    expect(Object.keys(operations).length).toBeGreaterThan(80);
    expect(Object.keys(operations).filter((id) => id.startsWith("runner_"))).toEqual([]);
  });
});

describe("a body", () => {
  const empty = treeOf(FIELDS, {});
  test("leaves out what is empty and may be", async () => {
    expect(await bodyOf(FIELDS, { ...empty, title: " Iris ", names: ["x"], ready: false })).toEqual({
      title: "Iris", names: ["x"], ready: false,
    }); // prettier-ignore
  });
  test("has numbers, yes and no, choices and instants as such", async () => {
    const tree = { ...empty, title: "T", names: ["x"], count: "3", weight: "0,5", maybe: "false", colour: "red", events: ["two", "one"], start: "2026-12-01T00:00:00Z" }; // prettier-ignore
    expect(await bodyOf(FIELDS, tree)).toMatchObject({
      count: 3, weight: 0.5, maybe: false, colour: "red", events: ["one", "two"], start: "2026-12-01T00:00:00Z",
    }); // prettier-ignore
  });
  test("has rows, pairs and what is inside", async () => {
    const tree = {
      ...empty, title: "T", names: ["x", "y"], people: [{ name: "Ada", age: "36" }], scores: [{ key: "auc", value: "0.9" }, { key: "", value: "1" }],
      inner: { name: "Bob", age: "" }, extra: '{"a": [1]}',
    }; // prettier-ignore
    expect(await bodyOf(FIELDS, tree)).toMatchObject({
      names: ["x", "y"], people: [{ name: "Ada", age: 36 }], scores: { auc: 0.9 }, inner: { name: "Bob" }, extra: { a: [1] },
    }); // prettier-ignore
  });
  test("has a file as base64", async () => {
    const body = await bodyOf([named("logo")], { logo: new File(["abc"], "logo.png") });
    expect(body).toEqual({ logo: "YWJj" });
  });
  test("of a change has what is another value only, and null for what is emptied", async () => {
    const from = treeOf(FIELDS, { title: "T", weight: 2, names: ["x"], inner: { name: "Bob", age: 3 } });
    const tree = { ...from, weight: "", inner: { name: "Bob", age: "4" }, text: "new" };
    expect(await bodyOf(FIELDS, tree, { from, isMerged: false })).toEqual({
      weight: null,
      text: "new",
      inner: { name: "Bob", age: 4 },
    });
    expect(await bodyOf(FIELDS, tree, { from, isMerged: true })).toEqual({ weight: null, text: "new", inner: { age: 4 } });
    expect(await bodyOf(FIELDS, from, { from, isMerged: false })).toEqual({});
  });
  test("names the keys of a value that are gone, which merging would keep", async () => {
    const choices = ["board", "task"].map((key) => ({ value: `{"${key}":1}`, label: key }));
    const fields = fieldsOf("AllBody", SCHEMAS, { extra: { kind: "choice", choices } }).filter(
      ({ name }) => name === "extra",
    );
    const from = treeOf(fields, { extra: { board: 1 } });
    expect(from).toEqual({ extra: '{"board":1}' });
    const change = { from, isMerged: true };
    expect(await bodyOf(fields, { extra: '{"task":1}' }, change)).toEqual({ extra: { board: null, task: 1 } });
    expect(await bodyOf(fields, { extra: '{"task":1}' })).toEqual({ extra: { task: 1 } });
  });
});

describe("what the document does not let through", () => {
  const wrong = (values: object): Record<string, string> => {
    const tree = { ...treeOf(FIELDS, { title: "T", names: ["x"] }), ...values };
    return Object.fromEntries(judge(FIELDS, tree).map(({ place, message }) => [place, message]));
  };
  test("is nothing where all is well", () => expect(wrong({})).toEqual({}));
  test.each([
    ["title", { title: "" }, "This needs an answer."],
    ["title", { title: "x".repeat(101) }, "Write 100 characters at most."],
    ["count", { count: "x" }, "Write a number."],
    ["count", { count: "1.5" }, "Write a whole number."],
    ["count", { count: "6" }, "Write 5 or less."],
    ["weight", { weight: "1,000" }, "Write 1000 or 1.000: the comma could mean either."],
    ["email", { email: "nobody" }, "Write an address like name@example.org."],
    ["project_url", { project_url: "ftp://x" }, "Write an address that begins with https:// or http://."],
    ["names", { names: [] }, "Give at least 1 entry."],
    ["names.1", { names: ["x", ""] }, "This needs an answer."],
    ["people.0.age", { people: [{ name: "A", age: "x" }] }, "Write a number."],
    ["extra", { extra: "{" }, 'Write JSON, such as {"a": 1}.'],
    ["logo", { logo: new File(["abcdef"], "logo.png") }, "Choose a file of at most 3 bytes."],
  ])("is told at its place, %s", (place, values, message) => expect(wrong(values)).toEqual({ [place]: message }));
  test("counts letters as the API does", () => expect(wrong({ title: "😀".repeat(100) })).toEqual({}));
});

test.each([["1 234,5", 1234.5], ["\u22123", -3], ["0.25", 0.25], ["x", NaN], ["0,125", 0.125], ["1,000", NaN], ["-12,345", NaN], ["1,0000", 1]])("%s is a number", (text, value) => {
  expect(numberIn(text)).toBe(value);
}); // prettier-ignore

test("a moment is the same in another zone", () => {
  expect(isoOf("2026-12-01T08:00", "UTC")).toBe("2026-12-01T08:00:00Z");
  expect(textOf("2026-12-01T08:00:00Z", "UTC")).toBe("2026-12-01T08:00");
  expect(textOf("2026-12-01T08:00:59Z", "UTC")).toBe("2026-12-01T08:00:59");
  expect(isoOf(textOf("2026-12-01T08:00:00Z", "own"), "own")).toBe("2026-12-01T08:00:00Z");
  expect([isoOf("", "own"), textOf("", "own"), textOf("nothing", "UTC")]).toEqual(["", "", ""]);
});

describe("a form", () => {
  let form: AgonForm;
  const settled = async (): Promise<void> => {
    await vi.dynamicImportSettled();
    for (let turn = 0; turn < 5; turn += 1) await form.updateComplete;
  };
  const open = async (given: Partial<AgonForm>): Promise<void> => {
    form = Object.assign(document.createElement("agon-form"), given);
    document.body.append(form);
    await settled();
  };
  const at = (name: string): HTMLInputElement => {
    const found = form.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (!found) throw new Error(`There is no ${name}.`);
    return found;
  };
  const type = async (name: string, text: string): Promise<void> => {
    at(name).value = text;
    at(name).dispatchEvent(new Event("input", { bubbles: true }));
    await settled();
  };
  const send = async (): Promise<void> => {
    form.querySelector("form")?.requestSubmit();
    for (let turn = 0; turn < 10; turn += 1) await settled();
  };
  const answer = (comes: () => Promise<unknown>): Record<string, unknown>[] => {
    const bodies: Record<string, unknown>[] = [];
    form.addEventListener("submit", (event) => {
      const { body, until } = (event as unknown as Submitted<"queues_change">).detail;
      bodies.push(body);
      until(comes());
    });
    return bodies;
  };
  const QUEUE = { name: "Fast", description: "For all", visibility: "private", sealed: false, registries: ["docker.io"], max_time_limit_seconds: 60 }; // prettier-ignore

  beforeEach(() => sessionStorage.clear());
  afterEach(async () => {
    document.body.replaceChildren();
    await choose("en");
  });

  test("shows what is there, and sends what is another now", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    const bodies = answer(() => Promise.resolve({}));
    expect(at("name").value).toBe("Fast");
    await type("name", "Faster");
    await type("max_time_limit_seconds", "90");
    await send();
    expect(bodies).toEqual([{ name: "Faster", max_time_limit_seconds: 90 }]);
    expect(form.querySelector("[role=status]")?.textContent).toBe("Saved.");
  });

  test("sends nothing when nothing is another", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    const bodies = answer(() => Promise.resolve({}));
    await send();
    expect(bodies).toEqual([]);
    expect(form.querySelector("[role=status]")?.textContent).toBe("Nothing has changed.");
  });

  test("tells what is wrong at its field, which gets the cursor, before anything is sent", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    const bodies = answer(() => Promise.resolve({}));
    await type("max_time_limit_seconds", "many");
    await send();
    expect(bodies).toEqual([]);
    expect(document.activeElement).toBe(at("max_time_limit_seconds"));
    const told = at("max_time_limit_seconds").getAttribute("aria-describedby") ?? "";
    expect(form.querySelector(`#${told.split(" ").at(-1)}`)?.textContent).toBe("Write a number.");
    expect(form.querySelector("[role=alert]")?.textContent).toContain("One field needs a look.");
  });

  test("puts the API's complaints at their fields, in rows too, and what has none on top", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    const errors = [
      { place: "registries.0", message: "No such registry." },
      { place: "elsewhere", message: "Look there." },
    ];
    answer(() => Promise.reject(new Problem(422, "Wrong", "Correct the fields.", errors)));
    await type("name", "Other");
    await send();
    expect(document.activeElement).toBe(at("registries.0"));
    expect(form.querySelector('[data-place="registries.0"] .field-problem')?.textContent).toBe("No such registry.");
    expect(form.querySelector("[role=alert]")?.textContent).toMatch(/Correct the fields\.\s+elsewhere Look there\./);
    expect(at("name").value).toBe("Other");
  });

  test("keeps what is typed when what is there changes, and shows the rest anew", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    await type("name", "Mine");
    form.values = { ...QUEUE, name: "Theirs", description: "New" };
    await settled();
    expect([at("name").value, at("description").value]).toEqual(["Mine", "New"]);
  });

  test("keeps what is typed when the page is left, until it is sent", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    await type("name", "Mine");
    form.remove();
    await open({ operation: "queues_change", values: QUEUE });
    expect(at("name").value).toBe("Mine");
    expect(form.querySelector(".form-draft")?.textContent).toContain("What you had typed here is back.");
    answer(() => Promise.resolve({}));
    await send();
    form.remove();
    await open({ operation: "queues_change", values: { ...QUEUE, name: "Mine" } });
    expect(form.querySelector(".form-draft")).toBeNull();
  });

  test("that becomes another one shows that, and what was typed stays with the former", async () => {
    const other = { ...QUEUE, name: "Slow", sealed: true };
    await open({ operation: "queues_change", name: "a", values: QUEUE });
    const bodies = answer(() => Promise.resolve({}));
    await type("name", "Mine");
    Object.assign(form, { name: "b", values: other });
    await settled();
    expect([at("name").value, at("sealed").checked, form.querySelector(".form-draft")]).toEqual(["Slow", true, null]);
    await send();
    expect(bodies).toEqual([]);
    Object.assign(form, { name: "a", values: QUEUE });
    await settled();
    expect(at("name").value).toBe("Mine");
    expect(form.querySelector(".form-draft")).not.toBeNull();
  });

  test("of other fields shows what is there in these", async () => {
    const values = { ...QUEUE, sealed: true };
    await open({ operation: "queues_change", only: ["name"], values });
    form.only = ["sealed"];
    await settled();
    expect(at("sealed").checked).toBe(true);
  });

  test("keeps what is typed for what it was typed about, wherever one goes", async () => {
    await open({ operation: "tokens_create" });
    await type("name", "Mine");
    // As when a link is followed: the address is another one before the page is.
    history.replaceState(null, "", "/elsewhere");
    form.remove();
    history.replaceState(null, "", "/");
    await open({ operation: "tokens_create" });
    expect(at("name").value).toBe("Mine");
  });

  test("that is another one when the answer comes takes nothing of it", async () => {
    await open({ operation: "queues_change", name: "a", values: QUEUE });
    let come: (answer: object) => void = () => undefined;
    answer(() => new Promise((resolve) => (come = resolve)));
    await type("name", "Mine");
    await send();
    Object.assign(form, { name: "b", values: { ...QUEUE, name: "Slow" } });
    await settled();
    expect(form.querySelector("form")?.getAttribute("aria-busy")).toBe("false");
    await type("description", "Of b");
    come({});
    await settled();
    expect([at("name").value, at("description").value]).toEqual(["Slow", "Of b"]);
    expect(form.querySelector("[role=status]")?.textContent).toBe("");
  });

  test("keeps of one person what is another's to see nowhere, and shows it to that person alone", async () => {
    await become("ada");
    await open({ operation: "tokens_create" });
    await type("name", "Of Ada");
    form.remove();
    await become("bob");
    await open({ operation: "tokens_create" });
    expect([at("name").value, form.querySelector(".form-draft")]).toEqual(["", null]);
    await type("name", "Of Bob");
    dropAllDrafts();
    await become(null);
    form.remove();
    expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain("Of Bob");
  });

  test("keeps no password, and nothing of who signs out", async () => {
    await open({ operation: "accounts_sign_up" });
    await type("username", "ada");
    await type("password", "very secret");
    form.remove();
    expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain("very secret");
    const key = draftKey("accounts_sign_up", "", "", "");
    expect(draftAt(key)).toEqual({ username: "ada" });
    dropAllDrafts();
    expect(draftAt(key)).toEqual({});
  });

  test("keeps the cursor at its button while it is busy, and sends once", async () => {
    await open({ operation: "accounts_forgot" });
    const bodies = answer(() => new Promise(() => undefined));
    await type("username", "ada");
    const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
    button?.focus();
    await send();
    await send();
    expect(bodies).toEqual([{ username: "ada" }]);
    expect(document.activeElement).toBe(button);
    expect(button?.getAttribute("aria-disabled")).toBe("true");
  });

  test("adds, moves and removes rows, and the cursor follows", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    form.querySelector<HTMLButtonElement>('[data-add="registries"]')?.click();
    await settled();
    expect(document.activeElement).toBe(at("registries.1"));
    await type("registries.1", "ghcr.io");
    form.querySelector<HTMLButtonElement>('[data-row="registries.1"] button')?.click();
    await settled();
    expect([at("registries.0").value, at("registries.1").value]).toEqual(["ghcr.io", "docker.io"]);
    form.querySelector<HTMLButtonElement>('[data-row="registries.1"] button:last-child')?.click();
    await settled();
    expect(form.querySelectorAll("[data-row^='registries']")).toHaveLength(1);
    expect(document.activeElement?.getAttribute("data-add")).toBe("registries");
  });

  test("of a part of a competition's settings sends what differs, and puts complaints of the editor at their fields", async () => {
    const phase = { index: 0, name: "First", start: "2026-11-01T00:00:00Z", agon: { is_blind: false } };
    await open({ operation: "editor_change_part", settings: "phases", prefix: "phases.0", values: phase });
    const errors = [{ place: "phases[0].name", message: "Another one has this name." }];
    const bodies = answer(() => Promise.reject(new Problem(422, "Wrong", "The settings do not fit.", errors)));
    expect(at("max_submissions_per_day").value).toBe("5");
    await type("name", "Last");
    await type("max_submissions_per_day", "");
    at("agon.is_blind").click();
    await settled();
    await send();
    expect(bodies).toEqual([{ name: "Last", max_submissions_per_day: null, agon: { is_blind: true } }]);
    expect(form.querySelector('[data-place="name"] .field-problem')?.textContent).toBe("Another one has this name.");
  });

  test("keeps of a group what is typed, and shows of the rest what others have changed", async () => {
    const phase = { index: 0, name: "First", start: "2026-11-01T00:00:00Z", agon: { is_blind: false, paused: false } };
    await open({ operation: "editor_change_part", settings: "phases", name: "c 0", values: phase });
    at("agon.is_blind").click();
    await settled();
    form.values = { ...phase, agon: { is_blind: false, paused: true } };
    await settled();
    expect([at("agon.is_blind").checked, at("agon.paused").checked]).toEqual([true, true]);
    form.remove();
    await open({
      operation: "editor_change_part",
      settings: "phases",
      name: "c 0",
      values: { ...phase, agon: { paused: true } },
    });
    const bodies = answer(() => Promise.resolve({}));
    expect(at("agon.paused").checked).toBe(true);
    await send();
    expect(bodies).toEqual([{ agon: { is_blind: true } }]);
  });

  test("keeps what is typed while the rest is on its way, of a change and of something new", async () => {
    await open({ operation: "queues_change", name: "a", values: QUEUE });
    let come: (answer: object) => void = () => undefined;
    const bodies = answer(() => new Promise((resolve) => (come = resolve)));
    await type("name", "Mine");
    await send();
    await type("name", "Mine, too");
    await type("description", "Since");
    come({});
    await settled();
    expect([at("name").value, at("description").value]).toEqual(["Mine, too", "Since"]);
    form.values = { ...QUEUE, name: "Mine" };
    await settled();
    await send();
    expect(bodies).toEqual([{ name: "Mine" }, { name: "Mine, too", description: "Since" }]);
    form.remove();
    await open({ operation: "queues_make" });
    answer(() => new Promise((resolve) => (come = resolve)));
    await type("name", "New");
    await send();
    await type("description", "Of the next");
    come({});
    await settled();
    expect([at("name").value, at("description").value]).toEqual(["", "Of the next"]);
  });

  test("shows the name of a file no more once that was sent", async () => {
    await open({ operation: "editor_set_logo" });
    const bodies = answer(() => Promise.resolve({}));
    Object.defineProperty(at("content"), "files", { value: [new File(["abc"], "logo.png")] });
    const shown = vi.spyOn(at("content"), "value", "set");
    at("content").dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
    expect(shown).not.toHaveBeenCalled();
    await send();
    expect(bodies).toEqual([{ content: "YWJj", format: "png" }]);
    expect(shown).toHaveBeenCalledWith("");
  });

  test("speaks the language that is read", async () => {
    await open({ operation: "queues_change", values: QUEUE });
    await choose("fr");
    await settled();
    expect(form.querySelector("button[type=submit]")?.textContent).toBe("Enregistrer");
  });
});
