// @vitest-environment node
import { expect, test } from "vitest";
import { bundleOf, called, dated, ofTemplate, zipOf } from "./bundle";
import { textIn, withText } from "./zip/changing";
import { members } from "./zip/reading";
import { zip } from "./zip/writing";

const never = new AbortController().signal;
const quiet = (): void => undefined;
const TODAY = new Date("2026-11-29T15:00:00Z");

test("a manifest is called anew, whatever the title has in it", () => {
  expect(called("version: 2\ntitle: Tides # here\nimage: a", 'A "new" one: $1')).toBe(
    'version: 2\ntitle: "A \\"new\\" one: $1"\nimage: a',
  );
});

test("dates begin today and keep their distances, far ones are a quarter away", () => {
  const text = "phases:\n  - start: 2026-01-01\n    end: 2026-01-11 # ten days\n  - start: 2026-01-11\n    end: 2099-01-01";
  expect(dated(text, TODAY)).toBe(
    "phases:\n  - start: 2026-11-29\n    end: 2026-12-09 # ten days\n  - start: 2026-12-09\n    end: 2027-03-09",
  );
});

test("a text of a zip is read, and another put in its place", async () => {
  const made = await zip(
    [
      { path: "bundle/competition.yaml", file: new Blob(["title: one\n".repeat(100)]) },
      { path: "bundle/score.py", file: new Blob(["print(1)"]) },
    ],
    quiet,
    never,
  );
  expect(await textIn(made, "bundle/competition.yaml")).toBe("title: one\n".repeat(100));
  const changed = await withText(made, "bundle/competition.yaml", "title: é");
  expect(await textIn(changed, "bundle/competition.yaml")).toBe("title: é");
  expect(await textIn(changed, "bundle/score.py")).toBe("print(1)");
  expect((await members(changed))?.map(({ path }) => path).sort()).toEqual(["bundle/competition.yaml", "bundle/score.py"]);
  expect(await textIn(changed, "elsewhere")).toBeNull();
  expect(await textIn(new Blob(["no zip"]), "a")).toBeNull();
});

test("a bundle in a folder of its zip has the names beside its manifest", async () => {
  const files = ["b/competition.yaml", "b/data/x.csv", "other.txt"];
  const made = await zip(
    files.map((path) => ({ path, file: new Blob(["title: x"]) })),
    quiet,
    never,
  );
  const bundle = await bundleOf({
    name: "b.zip",
    size: made.size,
    zip: new File([made], "b.zip"),
    entries: [],
    alone: null,
  });
  expect(bundle.manifest).toBe("title: x");
  expect([...bundle.names].sort()).toEqual(["competition.yaml", "data/x.csv"]);
});

test("a template becomes a zip that is called so", async () => {
  const files = { "competition.yaml": btoa("title: Tides"), "a.csv": btoa("1,2") };
  const made = await zipOf(ofTemplate("tides", files, "Mine", TODAY), quiet, never);
  expect(made.name).toBe("tides.zip");
  expect(await textIn(made, "competition.yaml")).toBe('title: "Mine"');
  expect(await textIn(made, "a.csv")).toBe("1,2");
});

test("a template of another platform becomes what that has, called and dated anew, and is read by the site", async () => {
  const files = {
    "challenge_config.yaml": btoa("title: Birds\nstart_date: 2026-01-01 00:00:00\nend_date: 2026-01-03 23:59:59"),
    "main.py": btoa("1"),
  };
  const bundle = ofTemplate("evalai", files, "Mine", TODAY);
  expect(bundle.manifest).toBeNull();
  const made = await zipOf(bundle, quiet, never);
  expect(await textIn(made, "challenge_config.yaml")).toBe(
    'title: "Mine"\nstart_date: 2026-11-29 00:00:00\nend_date: 2026-12-01 23:59:59',
  );
  expect(await textIn(made, "main.py")).toBe("1");
});
