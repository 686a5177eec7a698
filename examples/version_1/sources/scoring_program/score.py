"""Scores days: `python3 score.py INPUT OUTPUT`, with INPUT/res/predictions.csv and INPUT/ref/blossoms.csv."""

import csv
import math
import sys
from pathlib import Path

TOWNS = ("north", "south")
PENALTY_DAYS = 30.0


def main(given: Path, output: Path) -> None:
    truth = read(given / "ref/blossoms.csv")
    predicted = read(given / "res/predictions.csv")
    lines = []
    for place, town in enumerate(TOWNS):
        errors = [error(predicted.get(year), days, place) for year, days in truth.items()]
        lines.append(f"{town.upper()}: {sum(errors) / len(errors):.6f}")
    (output / "scores.txt").write_text("\n".join(lines) + "\n")
    print("\n".join(lines))
    missing = [year for year in truth if year not in predicted]
    if missing:
        print(f"Without two numbers: {', '.join(missing)}", file=sys.stderr)


def read(path: Path) -> dict:
    """The days of both towns by year; a row that is not two numbers is left out."""
    if not path.is_file():
        print(f"There is no {path.name} at the root of the submission.", file=sys.stderr)
        return {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [(row[0].strip(), numbers(row[1:])) for row in csv.reader(file) if len(row) == 1 + len(TOWNS)]
    return {year: days for year, days in rows if days}


def numbers(words: list) -> "list | None":
    try:
        values = [float(word) for word in words]
    except ValueError:
        return None
    return values if all(map(math.isfinite, values)) else None


def error(mine: "list | None", true: list, place: int) -> float:
    return min(abs(mine[place] - true[place]), PENALTY_DAYS) if mine else PENALTY_DAYS


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
