import { afterEach, expect, test, vi } from "vitest";
import { copy } from "./clipboard";

afterEach(() => void vi.unstubAllGlobals());

test("what a browser does not let be copied is told", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  await copy("text");
  expect(writeText).toHaveBeenCalledWith("text");
  vi.stubGlobal("navigator", {});
  await expect(copy("text")).rejects.toMatchObject({
    detail: "Your browser does not let pages copy. Select it and copy it by hand.",
  });
});
