"""Makes the annotations, the sample submission and the logo: run once, `python make_data.py`."""

import json
import random
import struct
import zlib
from pathlib import Path

HERE = Path(__file__).parent
BIRDS = ("robin", "wren", "blackbird")
#: How often each sings.
WEIGHTS = {"woods": (5, 3, 2), "gardens": (3, 1, 6)}


def truth(split: str, count: int, chance: random.Random) -> dict[str, str]:
    birds = chance.choices(BIRDS, WEIGHTS[split], k=count)
    return {f"{split[0]}{number:02}": bird for number, bird in enumerate(birds, 1)}


def guessed(true: dict[str, str], chance: random.Random) -> dict[str, str]:
    """Right four times in five."""
    return {one: bird if chance.random() < 0.8 else chance.choice(BIRDS) for one, bird in true.items()}


def write(path: str, value: object) -> None:
    (HERE / path).write_text(json.dumps(value, indent=0) + "\n")


def logo() -> bytes:
    """A sun above a dark line, 64 pixels wide."""

    def pixel(x: int, y: int) -> bytes:
        if y > 44:
            return b"\x1f\x3b\x2c"
        return b"\xf2\xb1\x34" if (x - 32) ** 2 + (y - 40) ** 2 < 300 else b"\xfb\xe6\xc8"

    rows = b"".join(b"\0" + b"".join(pixel(x, y) for x in range(64)) for y in range(64))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


chance = random.Random(11)
practice, woods, gardens = truth("woods", 40, chance), truth("woods", 40, chance), truth("gardens", 40, chance)
write("challenge/annotations/practice.json", {"woods": practice})
write("challenge/annotations/final.json", {"woods": woods, "gardens": gardens})
write("sample_submission/birds.json", guessed(practice, chance))
write("final_submission/birds.json", guessed({**woods, **gardens}, chance))
(HERE / "challenge/logo.png").write_bytes(logo())
