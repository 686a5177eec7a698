"""Makes the tables: run once, `python make_data.py`."""

import csv
import random
from pathlib import Path

HERE = Path(__file__).parent
ROWS, KNOWN = 120, 80
#: Kilojoules that a litre takes for each degree.
HEAT = 4.186


def kettle(chance: random.Random) -> tuple[float, int, int, float]:
    litres, degrees, watts = (
        round(chance.uniform(0.3, 1.7), 2),
        chance.randint(6, 25),
        chance.choice((1500, 2000, 2400, 3000)),
    )
    minutes = HEAT * litres * (100 - degrees) / watts * 1000 / 60 / chance.uniform(0.7, 0.95)
    return litres, degrees, watts, round(minutes, 2)


def write(path: str, header: list[str], rows: list[list[object]]) -> None:
    with (HERE / path).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


chance = random.Random(5)
kettles = [kettle(chance) for _ in range(KNOWN + ROWS)]
known, asked = kettles[:KNOWN], kettles[KNOWN:]
usages = ["Public"] * 60 + ["Private"] * 50 + ["Ignored"] * 10
chance.shuffle(usages)
facts = ["litres", "degrees", "watts"]
write("competition/train.csv", ["id", *facts, "minutes"], [[one, *row] for one, row in enumerate(known, 1)])
write("competition/test.csv", ["id", *facts], [[one, *row[:3]] for one, row in enumerate(asked, KNOWN + 1)])
write(
    "competition/solution.csv",
    ["id", "minutes", "Usage"],
    [[one, row[3], usage] for (one, row), usage in zip(enumerate(asked, KNOWN + 1), usages, strict=True)],
)
write("competition/sample_submission.csv", ["id", "minutes"], [[one, 3.0] for one in range(KNOWN + 1, KNOWN + ROWS + 1)])
#: Physics, and the mean age of a kettle.
write(
    "sample_submission/submission.csv",
    ["id", "minutes"],
    [
        [one, round(HEAT * row[0] * (100 - row[1]) / row[2] * 1000 / 60 / 0.82, 2)]
        for one, row in enumerate(asked, KNOWN + 1)
    ],
)
