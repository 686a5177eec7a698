"""Makes the data: `python3 make_data.py`. The same files come out each time."""

import json
import math
import random
from pathlib import Path

BUNDLE = Path(__file__).parent / "bundle"
YEAR = 12
KNOWN = 5 * YEAR


def main() -> None:
    dice = random.Random(2026)
    for phase in ("development", "final"):
        all_series = {f"series {number}": series(dice) for number in range(1, 9)}
        histories = {name: values[:KNOWN] for name, values in all_series.items()}
        write(f"{phase}/input_data/series.json", {"months": YEAR, "histories": histories})
        truth = {name: {"scale": scale(values), "future": values[KNOWN:]} for name, values in all_series.items()}
        write(f"{phase}/reference_data/future.json", truth)
    write("starting_kit/series.json", {f"series {name}": series(dice)[:KNOWN] for name in "ABC"})


def series(dice: random.Random) -> list:
    """Six years of months: a trend, one wave a year with an overtone, and noise."""
    start, slope = 50 + 100 * dice.random(), 2 * dice.random() - 0.7
    wave, overtone, shift = 10 + 20 * dice.random(), 8 * dice.random(), YEAR * dice.random()
    values = []
    for month in range(KNOWN + YEAR):
        angle = 2 * math.pi * (month + shift) / YEAR
        noise = 12 * (dice.random() + dice.random() - 1)
        values.append(round(start + slope * month + wave * math.sin(angle) + overtone * math.sin(2 * angle) + noise, 2))
    return values


def scale(values: list) -> float:
    """The mean error of the rule "as twelve months ago" in the last year."""
    return round(sum(abs(values[at] - values[at - YEAR]) for at in range(KNOWN, KNOWN + YEAR)) / YEAR, 6)


def write(name: str, content: dict) -> None:
    (BUNDLE / name).write_text(json.dumps(content, indent=1) + "\n")


if __name__ == "__main__":
    main()
