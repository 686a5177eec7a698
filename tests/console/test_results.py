"""What a board's rows tell and lead to: answers to the fact sheet, pages of detailed results, a team and its members."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack

from .conftest import DESK, PHONE
from .looking import judge
from .reading import fits

SETTINGS = """
enable_detailed_results: true
agon: {enable_teams: true, require_team_approval: false}
fact_sheet:
  model: {key: model, type: text, title: Model, selection: "", is_required: "true", is_on_leaderboard: "true"}
"""
SCORING = """
import json, sys
json.dump({"accuracy": 0.9, "seconds": 3}, open(sys.argv[1] + "/scores.json", "w"))
page = "<h1>Nine of ten</h1><script>document.querySelector('h1').textContent = 'It ran'</script>"
open(sys.argv[1] + "/detailed_results.html", "w").write(page)
away = '<meta http-equiv="refresh" content="0; url=https://elsewhere.example">'
open(sys.argv[1] + "/errors.html", "w").write(f"{away}<h2>One of ten</h2>")
"""


@pytest.fixture(scope="module")
def competition(runner: DeployedStack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """One in which ada's team was scored, by the stack's runner."""
    folder = tmp_path_factory.mktemp("results")
    files = {"scoring_program/metadata.yaml": "command: python3 score.py $output", "scoring_program/score.py": SCORING}
    with runner.client(ORGANIZER, "organizer") as organizer, runner.client("ada") as ada:
        sent = _send(organizer, folder, builders.bundle(files, title="Pages", extra=SETTINGS), "bundle")
        done = organizer.wait_for_import(organizer.import_bundle(sent)["id"])
        assert done["status"] == "Finished", done["errors"]
        phase = organizer.publish(done["competition"])["phases"][0]["id"]
        ada.join(done["competition"])
        ada.http.call("POST", f"/competitions/{done['competition']}/teams", {"name": "Night Owls"})
        upload = _send(ada, folder, builders.submission(), "submission")
        made = ada.submit(phase, upload, fact_sheet={"model": "trees & <b>shrubs</b>"})
        assert ada.wait_for_submission(made["id"])["status"] == "Finished"
    return str(done["competition"])


def _send(client: Any, folder: Path, content: bytes, purpose: str) -> str:
    path = folder / "sent.zip"
    path.write_bytes(content)
    return str(client.upload(path, purpose)["id"])


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)])
def test_a_row_tells_its_answers_and_leads_to_a_page_that_can_do_nothing(
    visit: Callable[..., Page], competition: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = visit(f"/c/{competition}/leaderboard", color_scheme=scheme, viewport=viewport)
    row = page.get_by_role("table").locator("tbody").get_by_role("row")
    expect(row).to_contain_text("trees & <b>shrubs</b>", timeout=60_000)
    assert judge(page).violations_count == 0
    fits(page)
    row.get_by_role("link", name="Details of Night Owls’s results").click()
    frame = page.locator("iframe")
    expect(frame).to_have_attribute("sandbox", "")
    shown = page.frame_locator("iframe").get_by_role("heading")
    expect(shown).to_have_text("Nine of ten")
    assert judge(page).violations_count == 0
    page.get_by_role("link", name="Leaderboard").click()
    expect(page).to_have_url(re.compile("/c/[a-z-]+/leaderboard"))


def test_pages_stand_below_ones_own_submission_in_frames_that_can_do_nothing(
    enter: Callable[..., Page], runner: DeployedStack, competition: str
) -> None:
    with runner.client("ada") as ada:
        phase = ada.competition(competition)["phases"][0]["id"]
        [made] = ada.submissions(phase)
        # A cold function that makes the copies may take longer than the gateway waits, on a machine that does much else.
        found = ada.http.call("GET", f"/submissions/{made['id']}/files?in_frames=true")
    assert found["detailed_results"] and list(found["results"]) == ["errors.html"]
    page = enter("ada", f"/s/{made['id']}")
    results = page.get_by_role("region", name="Detailed results")
    expect(results.locator("iframe")).to_have_count(2, timeout=60_000)
    for frame, heading in (("detailed_results.html", "Nine of ten"), ("errors.html", "One of ten")):
        shown = results.frame_locator(f"iframe[title$='{frame}']").get_by_role("heading")
        expect(shown).to_have_text(heading, timeout=60_000)


def test_a_teams_name_leads_to_its_scores_and_members(visit: Callable[..., Page], competition: str) -> None:
    page = visit(f"/c/{competition}/leaderboard")
    page.get_by_role("link", name="Night Owls", exact=True).click(timeout=60_000)
    expect(page.get_by_role("heading", name="Night Owls", level=1)).to_be_visible()
    expect(page.get_by_text("A team of ada")).to_be_visible()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(1)
