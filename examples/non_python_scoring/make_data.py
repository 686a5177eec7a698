"""Makes the data and the sample submission: `python3 make_data.py`. The same files come out each time."""

import random
from pathlib import Path

HERE = Path(__file__).parent
TRAIN, TEST = 120, 40


def main() -> None:
    dice = random.Random(2026)
    planes = [(number, *plane(dice)) for number in range(1, TRAIN + TEST + 1)]
    flown = [round(max(0.5, distance(*one[1:]) + 1.5 * (dice.random() + dice.random() - 1)), 2) for one in planes]
    train = [(*one, far) for one, far in zip(planes[:TRAIN], flown, strict=False)]
    header = "plane,weight_g,span_cm,angle_degrees"
    write("bundle/public_data/train.csv", f"{header},distance_m", train)
    write("bundle/public_data/test.csv", header, planes[TRAIN:])
    truth = [(one[0], far) for one, far in zip(planes, flown, strict=True)][TRAIN:]
    write("bundle/reference_data/distances.csv", "plane,distance_m", truth)
    nearest = [(one[0], min(train, key=lambda other, one=one: unlike(one, other))[4]) for one in planes[TRAIN:]]
    write("sample_submission/predictions.csv", "plane,distance_m", nearest)


def plane(dice: random.Random) -> tuple:
    """Weight, span and angle."""
    return round(3 + 7 * dice.random(), 1), round(8 + 14 * dice.random(), 1), round(-5 + 30 * dice.random())


def distance(weight: float, span: float, angle: float) -> float:
    return 3 + 0.45 * span - 0.05 * (weight - 5.5) ** 2 * 4 - 0.02 * (angle - 10) ** 2


def unlike(one: tuple, other: tuple) -> float:
    return ((one[1] - other[1]) / 7) ** 2 + ((one[2] - other[2]) / 14) ** 2 + ((one[3] - other[3]) / 30) ** 2


def write(name: str, header: str, rows: list) -> None:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
