"""Makes the data: `python3 make_data.py`. The same files come out each time."""

import math
import random
from pathlib import Path

HERE = Path(__file__).parent
BUNDLE = HERE / "bundle"
NOISE = 1.6


def main() -> None:
    dice = random.Random(2026)
    train, test, kit = (spirals(count, dice) for count in (300, 200, 100))
    write("input_data/train.csv", "x,y,label", train)
    write("input_data/test.csv", "x,y", [point[:2] for point in test])
    write("reference_data/labels.csv", "label", [point[2:] for point in test])
    write("starting_kit/points.csv", "x,y,label", kit)


def spirals(count: int, dice: random.Random) -> list:
    """Points (x, y, label), every other one of each spiral."""
    points = []
    for number in range(count):
        label = number % 2
        along = 0.5 + 2.5 * math.pi * math.sqrt(dice.random())
        angle = along + math.pi * label
        x, y = (along * turn(angle) + NOISE * (dice.random() + dice.random() - 1) for turn in (math.cos, math.sin))
        points.append((round(x, 3), round(y, 3), label))
    dice.shuffle(points)
    return points


def write(name: str, header: str, rows: list) -> None:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (BUNDLE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
