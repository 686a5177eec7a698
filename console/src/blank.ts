/** A bundle of a few answers: a competition with one task, one phase and one column, to be filled from there. */
import type { Bundle } from "./bundle";

export interface Answers {
  title: string;
  description: string;
  /** What its page of text and its phase are called. */
  page: string;
  phase: string;
  /** As ISO 8601; without an end the phase goes on. */
  start: string;
  end: string;
  column: string;
  sorting: "asc" | "desc";
}

const ANSWER = "answer.txt";

/** The answers as a bundle, which is a competition that works: its program compares lines, until one puts another in its place. */
export function ofAnswers(answers: Answers): Bundle {
  const files: Record<string, string> = {
    "competition.yaml": manifestOf(answers),
    "overview.md": `# ${answers.title}\n\n${answers.description}\n`,
    "scoring_program/metadata.yaml": "command: python3 $program/score.py $input $output\n",
    "scoring_program/score.py": programOf(keyOf(answers.column), answers.sorting),
    [`reference_data/${ANSWER}`]: "first\nsecond\nthird\n",
  };
  const entries = Object.entries(files).map(([path, text]) => ({ path, file: new Blob([text]) }));
  const manifest = files["competition.yaml"] ?? null;
  return { name: "competition", manifest, manifestPath: "competition.yaml", names: Object.keys(files), source: { entries } };
}

function manifestOf({ title, description, page, phase, start, end, column, sorting }: Answers): string {
  // JSON's strings are YAML's, too.
  const said = JSON.stringify;
  return `version: 2
title: ${said(title)}
description: ${said(description)}

pages:
  - title: ${said(page)}
    file: overview.md

tasks:
  - index: 0
    name: ${said(title)}
    scoring_program: scoring_program
    reference_data: reference_data

phases:
  - index: 0
    name: ${said(phase)}
    start: ${start}${end ? `\n    end: ${end}` : ""}
    accepts_only_result_submissions: true
    tasks: [0]

leaderboards:
  - title: ${said(column)}
    key: results
    submission_rule: Force_Best
    columns:
      - key: ${keyOf(column)}
        title: ${said(column)}
        index: 0
        sorting: ${sorting}
`;
}

/** What programs call a column of this title. */
export function keyOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const key = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(key) ? key.slice(0, 40) : "score";
}

function programOf(key: string, sorting: Answers["sorting"]): string {
  const isMore = sorting === "desc";
  return `"""Scores what was handed in: \`python3 score.py INPUT OUTPUT\`. INPUT/res has that, INPUT/ref the reference data.

It begins as the share of lines of ${ANSWER} that are ${isMore ? "" : "not "}those of the reference. Put your own measure in its place.
"""

import json
import sys
from pathlib import Path


def main(given: Path, output: Path) -> None:
    expected, found = (lines(given / folder / "${ANSWER}") for folder in ("ref", "res"))
    right = sum(one == other for one, other in zip(expected, found))
    score = ${isMore ? "right / len(expected)" : "1 - right / len(expected)"}
    (output / "scores.json").write_text(json.dumps({"${key}": score}))
    print(f"{right} of {len(expected)} lines are right.")


def lines(path: Path) -> list:
    return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
`;
}
