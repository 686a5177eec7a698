"""Scores heights: `python3 score.py INPUT OUTPUT`, with INPUT/res/predictions.csv and INPUT/ref/heights.csv.

A mistake in a submission costs points and is told, but it never stops this program: that would be the organizer's fault.
"""

import csv
import json
import math
import sys
from pathlib import Path

PENALTY_M = 10.0


def main(given: Path, output: Path) -> None:
    truth = read(given / "ref/heights.csv")
    predicted = read(given / "res/predictions.csv")
    missing = [hour for hour in truth if hour not in predicted]
    errors = [min(abs(predicted[hour] - height), PENALTY_M) for hour, height in truth.items() if hour in predicted]
    errors += [PENALTY_M] * len(missing)
    scores = {"mean_error": round(sum(errors) / len(errors), 6), "worst_error": round(max(errors), 6)}
    (output / "scores.json").write_text(json.dumps(scores))
    print(f"{len(truth) - len(missing)} of {len(truth)} hours have a height. Scores: {scores}")
    if missing:
        print(f"Without a height: hour {', '.join(missing[:20])}{' …' if len(missing) > 20 else ''}", file=sys.stderr)


def read(path: Path) -> dict:
    """Heights by hour; what is no number is left out."""
    if not path.is_file():
        print(f"There is no {path.name} at the root of the submission.", file=sys.stderr)
        return {}
    heights = {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        for row in csv.reader(file):
            height = number(row[1]) if len(row) == 2 else None
            if height is not None:
                heights[row[0].strip()] = height
    return heights


def number(text: str) -> "float | None":
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
