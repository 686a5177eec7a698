"""A score with its error behind it, and the sponsors of a competition."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

from .looking import look


@pytest.fixture(scope="module")
def place(runner: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A competition with sponsors, on whose board the second column is the error of the first, and ada's row."""
    folder = tmp_path_factory.mktemp("errors")
    script = "import json, sys; json.dump({'accuracy': 0.9, 'seconds': 0.125}, open(sys.argv[2] + '/scores.json', 'w'))"
    (folder / "bundle.zip").write_bytes(builders.bundle({"scoring_program/score.py": script}, title="With errors"))
    (folder / "answer.zip").write_bytes(builders.submission("1"))
    with runner.client(ORGANIZER, "organizer") as organizer:
        uploaded = organizer.upload(folder / "bundle.zip", "bundle")["id"]
        done = organizer.wait_for_import(organizer.import_bundle(uploaded)["id"])
        assert done["status"] == "Finished", done["errors"]
        competition: str = done["competition"]
        organizer.publish(competition)
        sponsors = [{"name": "Acme", "url": "https://acme.example/prize"}, {"name": "A quiet friend"}]
        revision = organizer.settings(competition)["revision"]
        organizer.change_settings(competition, "", {"agon": {"sponsors": sponsors}}, revision)
        change = {"agon": {"error_of": 0}}
        organizer.change_settings(competition, "leaderboards/0/columns/1", change, revision + 1)
    with runner.client("ada") as ada:
        ada.join(competition)
        ada.submit(f"{competition}-0", ada.upload(folder / "answer.zip", "submission")["id"], "A try")
        eventually(
            lambda: [one["status"] for one in ada.submissions(f"{competition}-0")], lambda found: found == ["Finished"]
        )
        eventually(lambda: ada.leaderboard(f"{competition}-0")["rows"], bool)
    return competition


def test_an_error_stands_behind_its_score_and_in_no_column_of_its_own(visit: Callable[..., Page], place: str) -> None:
    page = visit(f"/c/{place}/leaderboard")
    table = page.get_by_role("table")
    expect(table.locator("tbody .score-cell > span").last).to_have_text("0.90\u00a0±\u00a00.13")
    expect(table.locator("thead .score-cell")).to_have_count(1)
    look(page, "leaderboard-errors")


def test_ones_own_submission_has_it_too(enter: Callable[..., Page], place: str) -> None:
    page = enter("ada", f"/c/{place}/submissions")
    expect(page.locator("td.score-cell > span").last).to_have_text("0.90\u00a0±\u00a00.13")
    page.get_by_role("link", name="A try").click()
    expect(page.locator(".scores dd").first).to_contain_text("0.90\u00a0±\u00a00.13")
    expect(page.locator(".scores dt")).to_have_count(1)


def test_sponsors_are_named_and_their_links_tell_nothing(visit: Callable[..., Page], place: str) -> None:
    page = visit(f"/c/{place}")
    named = page.locator(".sponsors li")
    expect(named).to_have_text(["Acme ↗", "A quiet friend"])
    link = named.first.get_by_role("link")
    expect(link).to_have_attribute("href", "https://acme.example/prize")
    expect(link).to_have_attribute("rel", "sponsored nofollow noopener noreferrer")
    expect(named.last.get_by_role("link")).to_have_count(0)
    french = visit(f"/c/{place}?language=fr", locale="fr-FR")
    expect(french.locator(".glance dt", has_text="Sponsors")).to_be_visible()
