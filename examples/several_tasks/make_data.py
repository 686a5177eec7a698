"""Makes the data: `python3 make_data.py`. The same files come out each time."""

import json
import math
import random
from pathlib import Path

BUNDLE = Path(__file__).parent / "bundle"
POINTS = 180


def main() -> None:
    dice = random.Random(2026)
    for name, place, groups in (("blobs", blob, 3), ("stripes", stripe, 3), ("rings", ring, 2)):
        labels = [number % groups for number in range(POINTS)]
        dice.shuffle(labels)
        points = [[round(axis, 3) for axis in place(label, dice)] for label in labels]
        write(f"{name}/input_data/points.json", {"groups": groups, "points": points})
        write(f"{name}/reference_data/groups.json", labels)


def blob(label: int, dice: random.Random) -> tuple:
    x, y = ((0, 0), (5, 1), (2, 5))[label]
    angle, radius = 2 * math.pi * dice.random(), 1.4 * dice.random()
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def stripe(label: int, dice: random.Random) -> tuple:
    return 2.2 * label + 0.9 * dice.random() + 0.3, 7 * dice.random()


def ring(label: int, dice: random.Random) -> tuple:
    angle = 2 * math.pi * dice.random()
    radius = 4 * label + 1 + 0.5 * dice.random()
    return radius * math.cos(angle), radius * math.sin(angle)


def write(name: str, content: object) -> None:
    (BUNDLE / name).write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
