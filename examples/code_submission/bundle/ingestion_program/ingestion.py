"""Runs a submission: `python3 ingestion.py DATA OUTPUT SUBMISSION`, with SUBMISSION/model.py.

What is written to OUTPUT is what the scoring program gets as its INPUT/res. When the submission raises an error this
program ends with it, and writes nothing: then there is nothing to score, and the participant reads the error in the log.
"""

import csv
import json
import sys
import time
from pathlib import Path


def main(data: Path, output: Path, submission: Path) -> None:
    sys.path.insert(0, str(submission))
    if not (submission / "model.py").is_file():
        sys.exit("There is no model.py at the root of the submission.")
    from model import Model

    train, labels = read(data / "train.csv")
    test, _ = read(data / "test.csv")
    began = time.monotonic()
    model = Model()
    model.fit(train, labels)
    predictions = [int(label) for label in model.predict(test)]
    if len(predictions) != len(test):
        sys.exit(f"predict() was asked about {len(test)} points and answered with {len(predictions)} labels.")
    (output / "predictions.json").write_text(json.dumps(predictions))
    print(f"Trained on {len(train)} points and asked about {len(test)} in {time.monotonic() - began:.2f} s.")


def read(path: Path) -> tuple:
    """Points, and their labels where the file has them."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    points = [(float(row["x"]), float(row["y"])) for row in rows]
    return points, [int(row["label"]) for row in rows if "label" in row]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
