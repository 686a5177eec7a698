"""Makes the data sets: `python3 make_data.py`. The same files come out each time."""

import math
import random
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    dice = random.Random(2026)
    clouds = [
        (round(dice.gauss(-2 if kind else 2, 0.5), 3), round(dice.gauss(0, 0.5), 3), kind)
        for kind in (0, 1)
        for _ in range(24)
    ]
    rings = [
        (round((1 + 2 * kind) * math.cos(turn), 3), round((1 + 2 * kind) * math.sin(turn), 3), kind)
        for kind in (0, 1)
        for turn in (2 * math.pi * step / 24 for step in range(24))
    ]
    for name, points in (("bundle/starting_kit/submission", clouds), ("sample_submission", rings)):
        dice.shuffle(points)
        lines = ["x,y,kind", *(",".join(map(str, point)) for point in points)]
        (HERE / name / "points.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
