"""Trains and tests a submission on the kit's points: `python3 try_it.py SUBMISSION`."""

import csv
import sys
from pathlib import Path

TRAIN = 70


def main(submission: Path) -> None:
    sys.path.insert(0, str(submission))
    from model import Model

    with (Path(__file__).parent / "points.csv").open(newline="") as file:
        rows = [(float(row["x"]), float(row["y"]), int(row["label"])) for row in csv.DictReader(file)]
    points, labels = [row[:2] for row in rows], [row[2] for row in rows]
    model = Model()
    model.fit(points[:TRAIN], labels[:TRAIN])
    predicted = model.predict(points[TRAIN:])
    right = sum(int(mine) == yours for mine, yours in zip(predicted, labels[TRAIN:], strict=True))
    print(f"{right} of {len(labels) - TRAIN} points are right.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
