"""Runs a submission on 40 points and draws its groups: `python3 try_it.py SUBMISSION`."""

import random
import sys
from pathlib import Path

COLUMNS, ROWS = 60, 16


def main(submission: Path) -> None:
    sys.path.insert(0, str(submission))
    from clustering import cluster

    dice = random.Random(1)
    points = [(dice.random() + 1.5 * (number % 2), dice.random() + number % 2) for number in range(40)]
    canvas = [[" "] * COLUMNS for _ in range(ROWS)]
    for (x, y), group in zip(points, cluster(points, 2), strict=True):
        canvas[int((2 - y) / 2 * (ROWS - 1))][int(x / 2.5 * (COLUMNS - 1))] = "ox+*"[int(group) % 4]
    print("\n".join("".join(line).rstrip() for line in canvas))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
