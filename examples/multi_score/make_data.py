"""Makes the data and the sample submission: `python3 make_data.py`. The same files come out each time."""

import math
import random
from pathlib import Path

HERE = Path(__file__).parent
TRAIN, TEST = 400, 60


def main() -> None:
    dice = random.Random(2026)
    days = [(number, *weather(dice)) for number in range(1, TRAIN + TEST + 1)]
    rain = [int(dice.random() < chance(*day[1:])) for day in days]
    header = "day,pressure,humidity,wind"
    train = [(*day, wet) for day, wet in zip(days[:TRAIN], rain, strict=False)]
    write("bundle/public_data/train.csv", f"{header},rain_next_day", train)
    write("bundle/public_data/test.csv", header, days[TRAIN:])
    write("bundle/reference_data/rain.csv", "day,rain", [(day[0], wet) for day, wet in zip(days, rain, strict=True)][TRAIN:])
    sample = [(day[0], round(1 / (1 + math.exp((day[1] - 1010) / 6)), 3)) for day in days[TRAIN:]]
    write("sample_submission/predictions.csv", "day,probability", sample)


def weather(dice: random.Random) -> tuple:
    """Pressure, humidity, wind."""
    pressure = 1012 + 10 * (dice.random() + dice.random() + dice.random() - 1.5) * 2
    return round(pressure, 1), round(35 + 60 * dice.random()), round(12 * dice.random() * dice.random(), 1)


def chance(pressure: float, humidity: float, wind: float) -> float:
    """Of rain on the day after."""
    return 1 / (1 + math.exp((pressure - 1010) / 4 - (humidity - 65) / 12 - wind / 8 + 0.4))


def write(name: str, header: str, rows: list) -> None:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
