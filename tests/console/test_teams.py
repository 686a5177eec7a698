"""A participant's team, and an organizer's view of all."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

from .conftest import DESK, PHONE
from .looking import judge, look, portray, stay
from .reading import measured, text

SCORING = """
import json, sys
json.dump({"accuracy": 0.75, "seconds": 3}, open(sys.argv[1] + "/scores.json", "w"))
"""


@pytest.fixture
def team_path(stack: Any, tmp_path: Path) -> str:
    """Of a competition whose organizer approves teams, in which ada and grace take part."""
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(builders.bundle(extra="agon: {enable_teams: true}", title="Teams"))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
    for name in ("ada", "grace"):
        with stack.client(name) as participant:
            participant.join(done["competition"])
    return f"/c/{done['competition']}/team"


def test_a_team_is_made_joined_approved_and_left(enter: Callable[..., Page], team_path: str) -> None:
    ada = enter("ada", team_path)
    ada.get_by_label("Name").fill("Night Owls")
    ada.get_by_role("button", name="Make the team").click()
    ada.get_by_role("heading", name="Night Owls").wait_for()
    expect(ada.get_by_text("Waits for approval")).to_be_visible()
    code = text(ada.locator(".team-code code"))
    ada.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ada.get_by_role("button", name="Copy the invitation link").click()
    expect(ada.get_by_text("It is copied.")).to_be_visible()
    link = measured(ada, "navigator.clipboard.readText()")

    grace = enter("grace", team_path, viewport=PHONE, color_scheme="dark")
    grace.get_by_label("Code").fill("not it")
    assert judge(grace).violations_count == 0
    grace.get_by_role("button", name="Join").click()
    expect(grace.get_by_role("alert")).to_contain_text("Ask the team's leader")
    grace.goto(link)
    expect(grace.get_by_label("Code")).to_have_value(code)
    grace.get_by_role("button", name="Join").click()
    expect(grace.get_by_role("listitem").filter(has_text="ada")).to_contain_text("Leads")
    expect(grace).to_have_url(re.compile("/team$"))
    expect(grace.locator(".team-code")).to_have_count(0)

    organizer = enter(ORGANIZER, team_path.replace("/team", "/manage/teams"))
    expect(organizer.get_by_role("row", name="Night Owls")).to_contain_text("ada, grace")
    organizer.get_by_role("button", name="Approve Night Owls").click()
    expect(organizer.locator(".told")).to_have_text("Night Owls may submit.")

    ada.reload()
    expect(ada.get_by_text("Approved")).to_be_visible()
    for page in (ada, grace, organizer):
        result = judge(page)
        assert result.violations_count == 0, result.generate_report()
    ada.get_by_label("User name").fill("organizer")
    ada.get_by_role("button", name="Invite").click()
    asked = ada.get_by_role("row", name="organizer")
    expect(asked).to_contain_text("A place in the team")
    ada.get_by_role("button", name="Take back organizer").click()
    expect(ada.get_by_text("organizer is not asked any more.")).to_be_visible()
    expect(asked).to_have_count(0)
    grace.get_by_role("button", name="Leave the team").click()
    grace.get_by_role("heading", name="Join a team").wait_for()
    expect(grace.get_by_role("status")).to_have_text("You have left Night Owls.")


def test_who_is_invited_into_a_team_before_they_take_part_joins_the_competition_on_the_way(
    enter: Callable[..., Page], stack: Any, team_path: str
) -> None:
    with stack.client("hedy"):
        pass
    page = enter("hedy", f"{team_path}?code=a-code%26more")
    page.get_by_role("link", name="Take part").click()
    page.get_by_label("I have read the terms above and accept them.").check()
    page.get_by_role("button", name="Join").click()
    page.get_by_role("link", name="Go on to the team").click()
    expect(page.get_by_label("Code")).to_have_value("a-code&more")
    look(page, "team-invited")


def test_a_merger_is_offered_to_another_team_which_goes_into_this_one_when_its_leader_accepts(
    enter: Callable[..., Page], stack: Any, team_path: str
) -> None:
    competition = team_path.split("/")[2]
    with stack.client("ada") as ada_, stack.client("grace") as grace_, stack.client(ORGANIZER, "organizer") as organizer:
        owls, larks = ada_.make_team(competition, "Owls"), grace_.make_team(competition, "Larks")
        for team in (owls, larks):
            organizer.change_team(competition, team["id"], status="approved")
    ada = enter("ada", team_path)
    merger = ada.get_by_role("region", name="Merge with another team")
    merger.get_by_label("The other team’s name").fill("Lark")
    merger.get_by_role("button", name="Offer it").click()
    expect(merger.get_by_text("No team of this competition has this name.")).to_be_visible()
    merger.get_by_label("The other team’s name").fill("larks")
    merger.get_by_role("button", name="Offer it").click()
    expect(ada.get_by_role("row", name="Larks")).to_contain_text("Merger")
    look(ada, "team-merger")

    grace = enter("grace", team_path)
    expect(grace.get_by_text("Your team is asked to go into Owls, by ada.")).to_be_visible()
    look(grace, "team-merger-asked")
    grace.get_by_role("button", name="Accept Owls").click()
    expect(grace.get_by_text("You have accepted.")).to_be_visible()
    ada.reload()
    expect(ada.get_by_role("heading", name="Owls")).to_be_visible()
    expect(ada.get_by_role("listitem").filter(has_text="grace")).to_be_visible()


def test_a_teams_name_on_the_board_leads_to_its_scores_over_time(
    visit: Callable[..., Page], runner: Any, tmp_path: Path
) -> None:
    bundle, submission = tmp_path / "bundle.zip", tmp_path / "mine.zip"
    program: dict[str, str | bytes] = {
        "scoring_program/metadata.yaml": "command: python3 score.py $output",
        "scoring_program/score.py": SCORING,
    }
    bundle.write_bytes(builders.bundle(program, extra="agon: {enable_teams: true}", title="Scored teams"))
    submission.write_bytes(builders.submission())
    with runner.client(ORGANIZER, "organizer") as organizer, runner.client("ada") as ada:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        competition, phase = done["competition"], f"{done['competition']}-0"
        organizer.publish(competition)
        ada.join(competition)
        team = ada.make_team(competition, "Night Owls")["id"]
        organizer.change_team(competition, team, status="approved")
        ada.submit(phase, ada.upload(submission, "submission")["id"])
        eventually(lambda: ada.leaderboard(phase)["rows"], bool)
    page = visit(f"/c/{competition}/leaderboard?phase={phase}")
    page.get_by_role("link", name="Night Owls", exact=True).click()
    expect(page.get_by_role("heading", name="Night Owls", level=1)).to_be_visible()
    expect(page).to_have_url(re.compile(f"/c/[^/]+/leaderboard/teams/{team}"))
    expect(page.get_by_role("img", name="Accuracy of Night Owls").locator("circle")).to_have_count(1)
    expect(page.get_by_role("table").locator("tbody td:nth-child(2)")).to_have_text(["0.75"])
    portray(page, "/c/:competition/leaderboard/teams/:team")
    look(page, "team-history")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    first = "[...document.querySelectorAll('.history tr > :first-child')]"
    edges = measured(page, f"{first}.map((one) => getComputedStyle(one).paddingLeft)")
    assert len(edges) == 2 and len(set(edges)) == 1, "Titles stand above what they are of."
    stay(page)


def test_where_everybody_competes_alone_there_is_no_tab_for_teams(
    enter: Callable[..., Page], stack: Any, tmp_path: Path
) -> None:
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(builders.bundle(title="Alone"))
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
    page = enter(ORGANIZER, f"/c/{done['competition']}/manage/teams", viewport=DESK)
    page.get_by_role("heading", name="Alone").wait_for()
    expect(page.get_by_role("link", name="Teams")).to_have_count(0)
