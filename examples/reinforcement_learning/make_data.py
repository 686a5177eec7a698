"""Makes the voyages: `python3 make_data.py`. The same files come out each time."""

import json
import random
from pathlib import Path

BUNDLE = Path(__file__).parent / "bundle"
MAP = ["........", "...#....", "...#..#.", "......#.", ".##.....", "....#...", "....#.H.", "........"]
PRACTICE, TEST = 300, 40


def main() -> None:
    dice = random.Random(2026)
    water = [(row, column) for row, fields in enumerate(MAP) for column, field in enumerate(fields) if field == "."]
    practice, test = ([voyage(water, dice) for _ in range(count)] for count in (PRACTICE, TEST))
    write("input_data/voyages.json", {"map": MAP, "practice": practice, "test": test})
    write("reference_data/voyages.json", {"map": MAP, "test": test})


def voyage(water: list, dice: random.Random) -> dict:
    return {"start": water[int(dice.random() * len(water))], "seed": int(dice.random() * 10**6)}


def write(name: str, content: dict) -> None:
    (BUNDLE / name).write_text(json.dumps(content) + "\n")


if __name__ == "__main__":
    main()
