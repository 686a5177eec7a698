"""Makes the data and the sample submission: `python3 make_data.py`. The same files come out each time."""

import random
from pathlib import Path

HERE = Path(__file__).parent
BEDS = range(1, 61)
FIRST_TEST_BED = 41


def main() -> None:
    dice = random.Random(2026)
    depth_cm = {bed: dice.choice((8, 10, 12, 15)) for bed in BEDS}
    warmth = {bed: round(dice.uniform(4, 12), 1) for bed in BEDS}
    days = {bed: round(30 - 4 * warmth[bed] / 2 + 0.8 * depth_cm[bed] + dice.gauss(0, 1), 1) for bed in BEDS}
    train, test = BEDS[: FIRST_TEST_BED - 1], BEDS[FIRST_TEST_BED - 1 :]
    known = [f"{bed},{depth_cm[bed]},{warmth[bed]},{days[bed]}" for bed in train]
    write("bundle/public_data/train.csv", ["bed,depth_cm,warmth_c,days", *known])
    write(
        "bundle/public_data/test.csv", ["bed,depth_cm,warmth_c", *(f"{bed},{depth_cm[bed]},{warmth[bed]}" for bed in test)]
    )
    write("bundle/reference_data/days.csv", ["bed,days", *(f"{bed},{days[bed]}" for bed in test)])
    guesses = [f"{bed},{30 - 2 * warmth[bed] + 0.8 * depth_cm[bed]:.1f}" for bed in test]
    write("sample_submission/predictions.csv", ["bed,days", *guesses])


def write(name: str, lines: list) -> None:
    (HERE / name).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
