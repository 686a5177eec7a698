"""Scores days: `python3 score.py INPUT OUTPUT`, with INPUT/res/submission.csv and INPUT/ref/days.csv.

What is wrong with a submission is written to OUTPUT/submission_error.txt, for its participant to read. Nothing of the truth
stands there.
"""

import csv
import html
import json
import math
import sys
from pathlib import Path


class Wrong(Exception):
    """A fault of the submission, in a sentence for its participant."""


def main(given: Path, output: Path) -> None:
    truth = {row["bed"]: float(row["days"]) for row in rows(given / "ref/days.csv")}
    try:
        predicted = read(given / "res/submission.csv", truth)
    except Wrong as wrong:
        (output / "submission_error.txt").write_text(f"{wrong}\n", encoding="utf-8")
        page = f"<h1>Not scored</h1><p>{html.escape(str(wrong))}</p>"
        (output / "detailed_results.html").write_text(page, encoding="utf-8")
        return
    error = sum(abs(predicted[bed] - days) for bed, days in truth.items()) / len(truth)
    (output / "scores.json").write_text(json.dumps({"mean_error": round(error, 6)}))
    (output / "detailed_results.html").write_text(f"<h1>Scored</h1><p>{len(truth)} beds.</p>", encoding="utf-8")


def read(path: Path, truth: dict) -> dict:
    """Days by bed. Raises Wrong."""
    found = {}
    for line, row in enumerate(rows(path), 2):
        bed, days = row.get("bed"), number(row.get("days"))
        if bed not in truth:
            raise Wrong(f"Line {line}: there is no bed {bed!r:.40} in test.csv.")
        if bed in found:
            raise Wrong(f"Line {line}: bed {bed} was there before.")
        if days is None:
            raise Wrong(f"Line {line}: bed {bed} has no number of days.")
        found[bed] = days
    missing = [bed for bed in truth if bed not in found]
    if missing:
        raise Wrong(f"{len(missing)} of {len(truth)} beds have no prediction, such as bed {missing[0]}.")
    return found


def rows(path: Path) -> list:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        table = csv.DictReader(file)
        if not {"bed", "days"} <= set(table.fieldnames or ()):
            raise Wrong("The first line must name the columns bed and days.")
        return list(table)


def number(text: "str | None") -> "float | None":
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
