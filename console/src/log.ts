/** A log as lines, and which of them tells why a run failed. Pure. */
import { printed, Printer, type Run } from "./printed";

export type Line = readonly Run[];
/** Lines that follow each other. */
export interface Block {
  number: number;
  lines: readonly Line[];
}
/** So many lines has each block, but the last. */
export const BLOCK = 100;

/** The blocks of a log that grows. What is whole is read once, and stays the same object while more comes behind it. */
export class Growing {
  private read = "";
  private printer = new Printer();
  private whole: Block[] = [];
  private rest: Line[] = [];

  of(log: string): readonly Block[] {
    if (!log.startsWith(this.read)) [this.read, this.printer, this.whole, this.rest] = ["", new Printer(), [], []];
    const end = log.lastIndexOf("\n") + 1;
    this.take(inLines(this.printer.print(log.slice(this.read.length, end))));
    this.read = log.slice(0, end);
    const lines = [...this.rest, ...inLines(this.printer.copy().print(log.slice(end)))];
    return lines.length > 0 ? [...this.whole, { number: this.whole.length, lines }] : [...this.whole];
  }

  private take(more: readonly Line[]): void {
    const lines = [...this.rest, ...more];
    const blocks = Math.floor(lines.length / BLOCK);
    for (let at = 0; at < blocks; at += 1)
      this.whole.push({ number: this.whole.length, lines: lines.slice(at * BLOCK, (at + 1) * BLOCK) });
    this.rest = lines.slice(blocks * BLOCK);
  }
}

/** The pieces of each line. A last line without its end is one, too. */
export function lines(log: string): Run[][] {
  return inLines(printed(log));
}

/** Lines as they are drawn and copied: each with its end, and as few pieces as there are changes of colour. */
export function together(lines: readonly Line[]): Run[] {
  const found: Run[] = [];
  for (const { text, look } of lines.flatMap((line) => [...line, { text: "\n", look: "" }])) {
    const last = found.at(-1);
    if (last?.look === look) last.text += text;
    else found.push({ text, look });
  }
  return found;
}

function inLines(runs: readonly Run[]): Run[][] {
  const found: Run[][] = [[]];
  for (const { text, look } of runs) {
    const [first = "", ...others] = text.split("\n");
    if (first) found.at(-1)?.push({ text: first, look });
    for (const line of others) found.push(line ? [{ text: line, look }] : []);
  }
  if (found.at(-1)?.length === 0) found.pop();
  return found;
}

/** Whether words stand in a line, whatever their case. */
export function has(line: Line, words: string): boolean {
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
