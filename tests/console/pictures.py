"""The pictures of the README: the example competition in the console, in which people have handed in what they made.

    python -m tests.console.pictures

A stack of its own, a real runner, predictions of real methods: what the pictures show is true.
"""

import base64
import csv
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from agon import archive
from agon.client import Client
from agon.local.demo import EXAMPLE, Demo
from tests.stack import DeployedStack, eventually, standing

from .conftest import CHROMIUM, FLAGS
from .reading import arrived

FOLDER = Path(__file__).parents[2] / "docs/images"
#: As wide as a README is on GitHub, and twice as fine for screens that are.
WINDOW = {"width": 1100, "height": 960}
FINENESS, QUALITY, MOST_BYTES = 2, 82, 150_000
FEATURES = ("sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm")
#: Who hands in beside those of the demo: of how many neighbours, and by which features they tell a flower.
NEIGHBOURS: dict[str, tuple[str, int, Sequence[str]]] = {
    "ronald": ("3 neighbours, widths", 3, FEATURES[1::2]),
    "edgar": ("1 neighbour, lengths", 1, FEATURES[::2]),
    "emmy": ("5 neighbours", 5, FEATURES),
    "katherine": ("3 neighbours, sepals", 3, FEATURES[:2]),
    "alan": ("15 neighbours, sepal width", 15, FEATURES[1:2]),
    "sofia": ("25 neighbours, petal length", 25, FEATURES[2:3]),
}


def main() -> None:
    """Play, take the pictures, and say where they lie."""
    with tempfile.TemporaryDirectory(prefix="agon-pictures-") as folder, standing(Path(folder)) as stack:
        demo = Demo(stack.local, print)
        demo.play()
        competition, phase = demo.competition["id"], demo.competition["phases"][0]["id"]
        for name, (words, count, features) in NEIGHBOURS.items():
            with stack.client(name) as client, tempfile.TemporaryDirectory() as made:
                _predict(Path(made) / "predictions.csv", count, features)
                _hand_in(client, competition, phase, Path(made), words)
        with stack.client("ada") as ada:
            everybody = 2 + len(NEIGHBOURS)
            eventually(lambda: ada.leaderboard(phase)["rows"], lambda rows: len(rows) == everybody)
        _take(stack, competition)


def _predict(path: Path, count: int, features: Sequence[str]) -> None:
    """Write what most of the nearest flowers of the training data are, for each flower of the test."""
    train, test = _read("train"), _read("test")

    def species(flower: dict[str, str]) -> str:
        nearest = sorted(train, key=lambda one: sum((float(one[key]) - float(flower[key])) ** 2 for key in features))
        return Counter(one["species"] for one in nearest[:count]).most_common(1)[0][0]

    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("id", "species"), *((flower["id"], species(flower)) for flower in test)])


def _read(name: str) -> list[dict[str, str]]:
    with (EXAMPLE / f"public_data/{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def _hand_in(client: Client, competition: str, phase: str, folder: Path, words: str) -> None:
    client.join(competition)
    with archive.packed(folder) as predictions:
        upload = client.upload(predictions, "submission")
    submission = client.submit(phase, upload["id"], words)["id"]
    eventually(lambda: client.submission(submission)["status"], lambda status: status == "Finished")


def _take(stack: DeployedStack, competition: str) -> None:
    with _window(stack, "") as page:
        _shoot(page, f"/c/{competition}", "competition")
        _shoot(page, f"/c/{competition}/leaderboard", "leaderboard")
    with _window(stack, "organizer") as page:
        _shoot(page, f"/c/{competition}/manage/submissions", "manage")


@contextmanager
def _window(stack: DeployedStack, username: str) -> Iterator[Page]:
    """A window of the console; signed in, where a name is given."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        address = stack.console_url.rstrip("/")
        context = browser.new_context(
            base_url=address, viewport=WINDOW, device_scale_factor=FINENESS, color_scheme="light", locale="en-GB"
        )  # type: ignore[arg-type]
        page = context.new_page()
        if username:
            page.goto("/sign-in")
            page.get_by_label("User name").fill(username)
            page.get_by_label("Password").fill(stack.local.state.get("accounts")[username]["password"])
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("button", name=f"Account of {username}").wait_for()
        yield page
        browser.close()


def _shoot(page: Page, path: str, name: str) -> None:
    """A page as WebP, which Playwright does not write by itself."""
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    arrived(page)
    page.wait_for_load_state("networkidle")
    options = {"format": "webp", "quality": QUALITY}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", options)
    picture = base64.b64decode(taken["data"])
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"{name}: {len(picture)} bytes are more than {MOST_BYTES}")
    FOLDER.joinpath(f"{name}.webp").write_bytes(picture)
    print(f"docs/images/{name}.webp: {len(picture) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
