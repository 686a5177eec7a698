"""Makes the data and the sample submission: `python3 make_data.py`. The same files come out each time. Then run pack.py."""

import random
from pathlib import Path

HERE = Path(__file__).parent
TRAIN, TEST = range(1961, 2001), range(2001, 2021)
#: The day of the blossom at 0 degrees, and how many days earlier it comes with each degree.
NORTH, SOUTH = (126.0, 4.0), (116.0, 3.5)


def main() -> None:
    dice = random.Random(2026)
    years = {year: weather(dice) for year in (*TRAIN, *TEST)}
    days = {year: [blossom(*pair, dice) for pair in zip((NORTH, SOUTH), years[year], strict=True)] for year in years}
    header = "year,march_north,march_south"
    train = [(year, *years[year], *days[year]) for year in TRAIN]
    write("sources/public_data/train.csv", f"{header},blossom_north,blossom_south", train)
    write("sources/public_data/test.csv", header, [(year, *years[year]) for year in TEST])
    for name, remainder in (("practice", 0), ("final", 1)):
        truth = [(year, *days[year]) for year in TEST if year % 2 == remainder]
        write(f"sources/reference_{name}/blossoms.csv", "year,north,south", truth)
    sample = [(year, *fitted(train, years[year])) for year in TEST]
    write("sample_submission/predictions.csv", "year,north,south", sample)


def weather(dice: random.Random) -> tuple:
    """March's mean temperatures in the north and in the south."""
    shared = 3 * (dice.random() + dice.random() - 1)
    return round(3.5 + shared + dice.random(), 1), round(6 + shared + dice.random(), 1)


def blossom(town: tuple, temperature: float, dice: random.Random) -> int:
    return round(town[0] - town[1] * temperature + 8 * (dice.random() + dice.random() - 1))


def fitted(train: list, temperatures: tuple) -> list:
    """Both towns' days, each from a straight line through the training years."""
    answers = []
    for place, temperature in enumerate(temperatures):
        xs, ys = [row[1 + place] for row in train], [row[3 + place] for row in train]
        x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
        covariance = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
        slope = covariance / sum((x - x_mean) ** 2 for x in xs)
        answers.append(round(y_mean + slope * (temperature - x_mean), 2))
    return answers


def write(name: str, header: str, rows: list) -> None:
    lines = [header, *(",".join(map(str, row)) for row in rows)]
    (HERE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
