"""Makes the data and the sample submission: `python3 make_data.py`. The same files come out each time."""

import math
import random
from pathlib import Path

HERE = Path(__file__).parent
HOURS = range(14 * 24)
FIRST_TEST_HOUR = 11 * 24
#: Two turns of the moon's tide take 24.84 hours.
SHIFT_HOURS = 25


def main() -> None:
    dice = random.Random(2026)
    heights = [round(tide(hour) + 0.2 * (dice.random() - 0.5), 3) for hour in HOURS]
    train, test = HOURS[:FIRST_TEST_HOUR], HOURS[FIRST_TEST_HOUR:]
    write("bundle/public_data/train.csv", ["hour,height_m", *(f"{hour},{heights[hour]}" for hour in train)])
    write("bundle/public_data/test.csv", ["hour", *map(str, test)])
    write("bundle/reference_data/heights.csv", ["hour,height_m", *(f"{hour},{heights[hour]}" for hour in test)])
    write("sample_submission/predictions.csv", ["hour,height_m", *(f"{hour},{heights[earlier(hour)]}" for hour in test)])


def tide(hour: int) -> float:
    moon = 1.2 * math.sin(2 * math.pi * hour / 12.42)
    sun = 0.4 * math.sin(2 * math.pi * hour / 12 + 1)
    return 2 + moon + sun


def earlier(hour: int) -> int:
    """The latest hour with a known height at which the moon stood as it does at `hour`."""
    while hour >= FIRST_TEST_HOUR:
        hour -= SHIFT_HOURS
    return hour


def write(name: str, lines: list) -> None:
    (HERE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
