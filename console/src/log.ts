/** A log as lines, and which of them tells why a run failed. Pure. */
import { printed, type Run } from "./printed";

/** The pieces of each line. A last line without its end is one, too. */
export function lines(log: string): Run[][] {
  const found: Run[][] = [[]];
  for (const { text, look } of printed(log)) {
    const [first = "", ...others] = text.split("\n");
    if (first) found.at(-1)?.push({ text: first, look });
    for (const line of others) found.push(line ? [{ text: line, look }] : []);
  }
  if (found.at(-1)?.length === 0) found.pop();
  return found;
}

/** Whether words stand in a line, whatever their case. */
export function has(line: readonly Run[], words: string): boolean {
  return line
    .map(({ text }) => text)
    .join("")
    .toLowerCase()
    .includes(words.toLowerCase());
}

/** `ValueError: bad shape`, `Error: no such file`: how programs of several languages end when they fail. */
const ERROR =
  /^(?:[\w.]*(?:Error|Exception|Interrupt|Exit)\b|error\b|fatal\b|Traceback|panic|terminate called|Killed|Segmentation)/i;
const MOST_LETTERS = 300;

export interface Cause {
  /** The log that says it. */
  log: string;
  text: string;
}

/** Errors of programs that failed, those of the program nearest to the participant first. */
const LOGS = [
  "submission_stderr",
  "ingestion_stderr",
  "scoring_stderr",
  "submission_stdout",
  "ingestion_stdout",
  "scoring_stdout",
];

/** The line that tells why a run failed: the last that looks like an error, else the last of an error log; null for none. */
export function cause(logs: Readonly<Record<string, string>>): Cause | null {
  const known = LOGS.map((log) => ({ log, texts: textsOf(logs[log] ?? "") }));
  for (const { log, texts } of known) {
    const text = texts.findLast((line) => ERROR.test(line) && !line.startsWith("Traceback"));
    if (text) return { log, text: text.slice(0, MOST_LETTERS) };
  }
  for (const { log, texts } of known) {
    const text = log.endsWith("stderr") ? texts.at(-1) : undefined;
    if (text) return { log, text: text.slice(0, MOST_LETTERS) };
  }
  return null;
}

function textsOf(log: string): string[] {
  const all = lines(log).map((line) =>
    line
      .map(({ text }) => text)
      .join("")
      .trim(),
  );
  return all.filter(Boolean);
}
