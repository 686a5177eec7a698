/** What a program printed, as a terminal shows it in the end: of each line its last state, colours as the names of styles. */

import { plain } from "./plain";

export { plain };

/** Letters that look alike. `look` has names of styles, or is empty. */
export interface Run {
  text: string;
  look: string;
}
interface Style {
  colour: string;
  marks: Set<string>;
}

const COLOURS = ["", "red", "green", "yellow", "blue", "magenta", "cyan", ""];
const MARKS: Readonly<Record<number, string>> = { 1: "bold", 2: "faint", 3: "italic", 4: "underlined" };
const UNMARKS: Readonly<Record<number, string[]>> = { 22: ["bold", "faint"], 23: ["italic"], 24: ["underlined"] };
/** Differences of red, green and blue below this are a grey. */
const GREY = 48;

/** ECMA-48, as chalicelib/contract/texts.py reads it; the groups are the numbers and the end of a control sequence. */
const PIECES =
  // eslint-disable-next-line no-control-regex -- Control characters are what is looked for.
  /(?:\x1b\[|\x9b)([0-?]*)[ -/]*([@-~]?)|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b[ -/]*[0-~]?|\x08+|[\r\n]|[^\x1b\x90\x98\x9b\x9d-\x9f\x08\r\n]+/g;
export function printed(log: string): Run[] {
  return new Printer().print(log);
}

/** A terminal that is given a log piece by piece. */
export class Printer {
  constructor(private style: Style = { colour: "", marks: new Set() }) {}

  /** One that goes on from here by itself. */
  copy(): Printer {
    return new Printer(this.style);
  }

  /** What comes next: whole lines, but for the last piece of all. */
  print(log: string): Run[] {
    const done: Run[] = [];
    let line: Run[] = [];
    let isWrittenOver = false;
    for (const [piece, numbers, end] of log.matchAll(PIECES)) {
      if (piece === "\n") {
        done.push(...line, { text: "\n", look: "" });
        line = [];
        isWrittenOver = false;
      } else if (piece === "\r") isWrittenOver = true;
      else if (piece.startsWith("\b")) takeBack(isWrittenOver ? [] : line, piece.length);
      else if (end === "m") this.style = styled(this.style, numbers ?? "");
      else if (!isEscape(piece)) {
        if (isWrittenOver) line = [];
        isWrittenOver = false;
        line.push({ text: piece, look: look(this.style) });
      }
    }
    return joined([...done, ...line]);
  }
}

function isEscape(piece: string): boolean {
  return "\x1b\x90\x98\x9b\x9d\x9e\x9f".includes(piece.charAt(0));
}

function takeBack(line: Run[], count: number): void {
  for (let left = count, last = line.at(-1); left > 0 && last; left--, last = line.at(-1)) {
    last.text = last.text.slice(0, /[\udc00-\udfff]$/.test(last.text.slice(-1)) ? -2 : -1);
    if (last.text === "") line.pop();
  }
}

function styled({ colour, marks }: Style, numbers: string): Style {
  const codes = numbers.split(/[;:]/).map(Number);
  let next: Style = { colour, marks: new Set(marks) };
  for (let code = codes.shift(); code !== undefined; code = codes.shift()) {
    if (code === 0) next = { colour: "", marks: new Set() };
    else if (code >= 1 && code <= 4) next.marks.add(MARKS[code] ?? "");
    else if (code >= 22 && code <= 24) UNMARKS[code]?.forEach((mark) => next.marks.delete(mark));
    else if (code === 38) next.colour = ofLargerPalette(codes);
    else if (code === 48) ofLargerPalette(codes);
    else if (code === 39) next.colour = "";
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) next.colour = COLOURS[code % 10] ?? "";
  }
  return next;
}

/** A colour that a page cannot answer for in light and dark: the nearest of the six that it can. Takes its codes away. */
function ofLargerPalette(codes: number[]): string {
  if (codes.shift() === 2) {
    const [red = 0, green = 0, blue = 0] = codes.splice(0, 3);
    return nearest([red, green, blue]);
  }
  const index = codes.shift() ?? 0;
  if (index < 16) return COLOURS[index % 8] ?? "";
  if (index > 231) return "";
  const at = index - 16;
  return nearest([Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((level) => level * 51));
}

function nearest(channels: number[]): string {
  const [most, least] = [Math.max(...channels), Math.min(...channels)];
  if (most - least < GREY) return "";
  return COLOURS[channels.reduce((sum, channel, at) => sum + (channel > (most + least) / 2 ? 2 ** at : 0), 0)] ?? "";
}

function look({ colour, marks }: Style): string {
  return [colour && `ink-${colour}`, ...marks].filter(Boolean).join(" ");
}

function joined(runs: Run[]): Run[] {
  const found: Run[] = [];
  for (const { text, look: its } of runs) {
    const last = found.at(-1);
    if (last?.look === its) last.text += text;
    else found.push({ text, look: its });
  }
  return found.map((run) => ({ ...run, text: plain(run.text) }));
}
