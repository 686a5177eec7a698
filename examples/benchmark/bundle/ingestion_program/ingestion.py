"""Runs the methods on a data set: `python3 ingestion.py SUBMISSION OUTPUT`, with SUBMISSION/points.csv."""

import csv
import json
import sys
from pathlib import Path

from methods import METHODS

KEPT_BACK_EVERY = 3


def main(submission: Path, output: Path) -> None:
    if not (submission / "points.csv").is_file():
        sys.exit("There is no points.csv at the root of the submission.")
    points, kinds = read(submission / "points.csv")
    asked = [at for at in range(len(points)) if at % KEPT_BACK_EVERY == KEPT_BACK_EVERY - 1]
    learnt = [at for at in range(len(points)) if at not in set(asked)]
    answers = {}
    for name, method in METHODS.items():
        taught = method()
        taught.fit([points[at] for at in learnt], [kinds[at] for at in learnt])
        answers[name] = [taught.predict(points[at]) for at in asked]
        print(f"{name} answered about {len(asked)} points.")
    result = {"points": points, "kinds": kinds, "asked": asked, "answers": answers}
    (output / "answers.json").write_text(json.dumps(result))


def read(path: Path) -> tuple:
    """Points and their kinds."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return [(float(row["x"]), float(row["y"])) for row in rows], [int(row["kind"]) for row in rows]
    except (KeyError, TypeError, ValueError):
        sys.exit("points.csv needs the columns x, y and kind, with numbers in each row.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
