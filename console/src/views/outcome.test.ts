// @vitest-environment jsdom
import { answers, settled } from "../testing/site";
import { expect, test } from "vitest";
import type { Submission } from "../api/shapes";
import { AgonOutcome } from "./outcome";

const RUN = { id: "s1", status: "Running", attempt: 1, tasks: [] } as unknown as Submission;

test("the end of a run leaves its logs in place, and they are followed to their last line", async () => {
  let log = "epoch 1\n";
  let ended: (answer: object) => void = () => undefined;
  answers["GET /v1/submissions/s1/logs"] = () => Promise.resolve({ logs: { scoring_stdout: log } });
  answers["GET /v1/submissions/s1/attempts"] = { attempts: [] };
  answers["GET /v1/submissions/s1/files"] = { results: {} };
  const outcome = new AgonOutcome();
  outcome.submission = RUN;
  document.body.append(outcome);
  await settled();
  const shown = outcome.querySelector("pre");
  expect(shown?.textContent).toBe("epoch 1\n");

  answers["GET /v1/submissions/s1/logs"] = () => new Promise((resolve) => (ended = resolve));
  outcome.submission = { ...RUN, status: "Finished" };
  await settled();
  // What is read once more is not there yet.
  expect(outcome.querySelector("pre")).toBe(shown);

  let top = 0;
  if (shown) Object.defineProperty(shown, "scrollTop", { get: () => top, set: (to: number) => (top = to) });
  if (shown) Object.defineProperty(shown, "scrollHeight", { value: 900 });
  ended({ logs: { scoring_stdout: (log += "accuracy 1.0\n") } });
  await settled();
  expect(outcome.querySelector("pre")).toBe(shown);
  expect(shown?.textContent).toBe("epoch 1\naccuracy 1.0\n");
  expect(top).toBe(900);
});
