// @vitest-environment jsdom
import { afterEach, describe, expect, test } from "vitest";
import { BLOCK } from "../../log";
import { AgonLog } from "./log";

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `line ${at}\n`).join("");
const drawn = (log: AgonLog): Element[] => [...log.querySelectorAll(".log-block")];

async function opened(text: string): Promise<AgonLog> {
  const log = new AgonLog();
  Object.assign(log, { text, words: "Scoring: output", isLive: true });
  document.body.append(log);
  await log.updateComplete;
  return log;
}

afterEach(() => document.body.replaceChildren());

describe("a long log", () => {
  test("has its end drawn, and all of it for who asks", async () => {
    const log = await opened(lines(20_000));
    expect(drawn(log)).toHaveLength(10);
    expect(log.querySelector("pre")?.textContent.startsWith("line 19000\n")).toBe(true);
    log.querySelector<HTMLElement>("button.link")?.click();
    await log.updateComplete;
    expect(log.querySelector("pre")?.textContent).toBe(lines(20_000));
  });

  test("of which more comes keeps what was drawn as it is", async () => {
    const log = await opened(lines(5 * BLOCK));
    const before = drawn(log).map((block) => block.firstChild?.nextSibling);
    log.text = lines(5 * BLOCK + 3);
    await log.updateComplete;
    expect(drawn(log)).toHaveLength(6);
    expect(
      drawn(log)
        .slice(0, 5)
        .map((block) => block.firstChild?.nextSibling),
    ).toEqual(before);
    expect(drawn(log)[5]?.textContent).toBe("line 500\nline 501\nline 502\n");
  });

  test("tells which of its lines have what is looked for", async () => {
    const log = await opened("epoch 1\n\x1b[31mError\x1b[0m: bad\nepoch 2\n");
    const search = log.querySelector("input");
    if (search) search.value = "error: b";
    search?.dispatchEvent(new InputEvent("input"));
    await log.updateComplete;
    expect([...log.querySelectorAll(".found")].map(({ textContent }) => textContent)).toEqual(["Error: bad\n"]);
    expect(log.querySelector(".found .ink-red")?.textContent).toBe("Error");
    expect(log.querySelectorAll(".off")).toHaveLength(2);
  });
});
