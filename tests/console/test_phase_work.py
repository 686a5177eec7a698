"""Phases as a whole: their figures, their place in time, submissions taken along, those that score otherwise again, one
whose score is set by hand, and solutions that are tried."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

from .looking import look
from .reading import measured, texts

#: An answer of 7 is scored by chance, as a program that sets no seed does; one of 0 is no answer.
SCORING = """
import json, pathlib, random, sys
number = int(pathlib.Path(sys.argv[1], "res/answer.txt").read_text())
if number == 0:
    pathlib.Path(sys.argv[2], "submission_error.txt").write_text("The answer is a number above 0.")
    sys.exit(1)
accuracy = random.random() if number == 7 else number / 10
json.dump({"accuracy": accuracy, "seconds": number}, open(sys.argv[2] + "/scores.json", "w"))
"""
#: Where each bar of a picture is, and how wide.
BARS = """line => [...line.querySelectorAll("rect")]
  .map((one) => ({ x: +one.getAttribute("x"), width: +one.getAttribute("width") }))"""
SECOND = """
  - {index: 1, name: Final, start: 2090-01-01, end: 2090-02-01, tasks: [0], auto_migrate_to_this_phase: true}
"""


@pytest.fixture(scope="module")
def place(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A competition of two phases: in the first ada has 5 and 9, grace what chance gave her, and hedy failed."""
    folder = tmp_path_factory.mktemp("phases")
    program: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $input $output",
        "scoring_program/score.py": SCORING,
    }
    bundle = builders.bundle(program, title="Two phases", end="2090-01-01", more_phases=SECOND)
    (folder / "bundle.zip").write_bytes(bundle)
    with runner.client(ORGANIZER, "organizer") as organizer:
        uploaded = organizer.upload(folder / "bundle.zip", "bundle")["id"]
        done = organizer.wait_for_import(organizer.import_bundle(uploaded)["id"])
        assert done["status"] == "Finished", done["errors"]
        first, second = (one["id"] for one in organizer.publish(done["competition"])["phases"])
    for name, answers in (("ada", "59"), ("grace", "7"), ("hedy", "0")):
        with runner.client(name) as participant:
            participant.join(done["competition"])
            for answer in answers:
                (folder / f"{answer}.zip").write_bytes(builders.submission(answer))
                participant.submit(first, participant.upload(folder / f"{answer}.zip", "submission")["id"], f"Try {answer}")
            eventually(lambda who=participant: statuses(who, first), lambda found: found <= {"Finished", "Failed"})
    with runner.client(ORGANIZER, "organizer") as organizer:
        # A board is made anew behind what was scored.
        eventually(lambda: organizer.leaderboard(first)["rows"], lambda rows: len(rows) == 2)
    return {"competition": done["competition"], "first": first, "second": second}


def statuses(client: Client, phase: str) -> set[str]:
    return {one["status"] for one in client.submissions(phase)}


def managed(enter: Callable[..., Page], place: dict[str, str], name: str, phase: str = "first") -> Page:
    return enter(ORGANIZER, f"/c/{place['competition']}/manage/{name}?phase={place[phase]}")


def test_the_dashboard_counts_what_was_submitted_scored_and_failed(
    enter: Callable[..., Page], place: dict[str, str]
) -> None:
    page = managed(enter, place, "dashboard")
    figures = page.locator("dl.figures > div")
    expect(figures).to_have_text(["Submissions4", "Who submitted3", "Failed1", "In line0"])
    causes = page.get_by_role("listitem").filter(has_text="The answer is a number above 0.")
    expect(causes).to_contain_text("1")
    days = page.locator("section.bars").filter(has_text="Submissions a day (UTC)")
    assert sum(counts(days)) == 4
    scores = page.locator("section.bars").filter(has_text="Scores on the board: Accuracy")
    assert sum(counts(scores)) == 2, "the best of ada's, and grace's"
    look(page, "dashboard")


def counts(chart: Locator) -> list[int]:
    """What a chart says as a table."""
    chart.locator("summary").click()
    return [int(one) for one in texts(chart.locator("tbody td"))]


def test_phases_stand_on_a_line_of_time_which_follows_what_is_saved(
    enter: Callable[..., Page], place: dict[str, str]
) -> None:
    page = enter(ORGANIZER, f"/c/{place['competition']}/manage/phases?at=1")
    line = page.locator("figure.manage-timeline")
    expect(line.get_by_role("listitem")).to_have_text(
        [re.compile(r"Only\s*opened .*2026.*closes .*2090"), re.compile(r"Final\s*opens .*2090.*closes .*2090")]
    )
    before = bars(line)
    assert before[0]["x"] + before[0]["width"] <= before[1]["x"] + 2, "one begins where the other ends"
    look(page, "phases")
    page.get_by_label("End", exact=True).fill("2120-02-01T00:00")
    page.get_by_role("button", name="Save").click()
    expect(line.get_by_role("listitem").nth(1)).to_contain_text("2120")
    after = bars(line)
    assert after[1]["width"] > 3 * before[1]["width"] and after[0]["width"] < before[0]["width"]


def bars(line: Locator) -> list[dict[str, float]]:
    found: list[dict[str, float]] = measured(line, BARS)
    return found


def test_who_goes_along_is_shown_before_submissions_are_taken_along(
    enter: Callable[..., Page], runner: Any, place: dict[str, str]
) -> None:
    page = managed(enter, place, "phase", "second")
    part = page.locator("section").filter(has=page.get_by_role("heading", name="Take submissions along into this phase"))
    expect(part.get_by_label("From")).to_have_value(place["first"])
    part.get_by_label("Which").select_option("best")
    part.get_by_role("button", name="Look at it").click()
    expect(told(page)).to_have_text("2 of those shown go along.")
    rows = part.locator("tbody")
    with runner.client("ada") as ada:
        best = next(one["id"] for one in ada.submissions(place["first"]) if one["name"] == "Try 9")
        assert not list(ada.submissions(place["second"])), "to look is not to do"
    expect(rows.get_by_role("row", name="ada").get_by_role("link", name="this submission")).to_have_attribute(
        "href", f"/s/{best}"
    )
    expect(rows.get_by_role("row", name="hedy")).to_contain_text("nothing")
    look(page, "migration")
    part.get_by_role("button", name="Take them along").click()
    expect(told(page)).to_contain_text("It has begun.")
    jobs = page.locator("section").filter(has=page.get_by_role("heading", name="What was ordered"))
    expect(jobs.get_by_role("row", name="Submissions taken along")).to_contain_text("Done", timeout=120_000)
    with runner.client("ada") as ada:
        made = eventually(
            lambda: list(ada.submissions(place["second"])), lambda found: [one["status"] for one in found] == ["Finished"]
        )
    assert made[0]["scores"] == {"accuracy": 0.9, "seconds": 9.0}
    part.get_by_role("button", name="Look at it").click()
    expect(rows.get_by_role("row", name="ada").get_by_role("link", name="the one here")).to_have_attribute(
        "href", f"/s/{made[0]['id']}"
    )
    # Who was taken along finds theirs of each phase in one place.
    page = enter("ada", f"/c/{place['competition']}/submissions/all")
    expect(page.get_by_role("region", name="Only").get_by_role("listitem")).to_contain_text(["Try 9", "Try 5"])
    expect(page.get_by_role("region", name="Final").get_by_role("link", name="Try 9")).to_have_attribute(
        "href", f"/s/{made[0]['id']}"
    )
    for phase in ("Only", "Final"):
        page.get_by_role("region", name=phase).get_by_role("checkbox", name="Choose Try 9 to compare").check()
    page.get_by_role("button", name="Compare the two").click()
    scores = page.get_by_role("row", name=re.compile("^Accuracy")).get_by_role("cell")
    expect(scores).to_have_text(["0.90", "0.90", "0.00"])


def test_what_scores_otherwise_when_it_is_repeated_is_told(enter: Callable[..., Page], place: dict[str, str]) -> None:
    page = managed(enter, place, "phase")
    part = page.locator("section").filter(has=page.get_by_role("heading", name="Is it deterministic?"))
    part.get_by_label("How many of the best").fill("2")
    part.get_by_role("button", name="Repeat them").click()
    expect(told(page)).to_contain_text("It has begun.")
    expect(part.get_by_role("row", name="ada")).to_contain_text("accuracy: 0.900000 → 0.900000", timeout=120_000)
    for name, same in (("ada", "Yes"), ("grace", "No")):
        cells = part.get_by_role("row", name=name).get_by_role("cell", name=same, exact=True)
        expect(cells.first).to_be_visible(timeout=120_000)
    look(page, "determinism")


def test_a_score_that_is_set_by_hand_stands_on_the_board(
    enter: Callable[..., Page], runner: Any, place: dict[str, str]
) -> None:
    page = managed(enter, place, "submissions")
    page.get_by_role("row", name="Try 9").get_by_role("checkbox").check()
    page.get_by_role("button", name="Marks and scores…").click()
    marks = page.locator("agon-marks")
    expect(marks.get_by_label("Accuracy")).to_have_value("0.9")
    marks.get_by_label("Accuracy").fill("0.95")
    marks.get_by_label("Reason").last.fill("Counted by hand.")
    marks.get_by_role("button", name="Set the scores").click()
    expect(marks.get_by_role("status")).to_have_text("The scores are set. The board follows in a moment.")
    expect(page.get_by_role("row", name="Try 9")).to_contain_text("0.95")
    with runner.client("ada") as ada:
        rows = eventually(lambda: ada.leaderboard(place["first"])["rows"], lambda found: 0.95 in accuracies(found))
    assert 0.9 not in accuracies(rows)


def accuracies(rows: list[dict[str, Any]]) -> set[float]:
    return {row["scores"]["accuracy"] for row in rows}


def test_a_solution_is_added_tried_given_another_file_and_taken_out(
    enter: Callable[..., Page], place: dict[str, str], tmp_path: Path
) -> None:
    page = enter(ORGANIZER, f"/c/{place['competition']}/manage/solutions")
    for answer in "36":
        (tmp_path / f"{answer}.zip").write_bytes(builders.submission(answer))
    page.get_by_label("Name").fill("Three")
    page.get_by_label("Guess").check()
    page.get_by_role("button", name="Add a solution").click()
    expect(page.get_by_text("Choose a file, or a solution of your library.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(tmp_path / "3.zip")
    page.get_by_role("button", name="Add a solution").click()
    part = page.locator("section").filter(has=page.get_by_role("heading", name="Three"))
    expect(part).to_contain_text("For: Guess")
    part.locator("summary").click()
    part.locator("input[type=file]").set_input_files(tmp_path / "6.zip")
    part.get_by_role("button", name="Save").click()
    expect(part.get_by_text("Saved")).to_be_visible()
    look(page, "solutions")
    part.get_by_role("button", name="Run it Three").click()
    run = page.get_by_role("link", name="Follow the run on “Guess”")
    follow = measured(run, "link => link.href")
    part.get_by_role("button", name="Remove “Three”").click()
    expect(page.get_by_text("There is no solution")).to_be_visible()
    page.goto(follow)
    expect(page.locator(".scores")).to_contain_text("0.60", timeout=120_000)


def told(page: Page) -> Locator:
    return page.locator(".managed-page .told")
