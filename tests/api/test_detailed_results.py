"""GET /submissions/{submission}/detailed-results: the pages that a board's rows lead to."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib import settings
from chalicelib.actions.submissions import removal
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file, still_page
from chalicelib.domain.bundle.model import FinalBoard
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission
from tests import judged
from tests.api import phases
from tests.api.conftest import Answer, Person, Site, sender

PAGE = "<h1>0.5</h1><script>steal()</script>"
SHOWN = {"enable_detailed_results": True, "show_detailed_results_in_leaderboard": True}


def scored(person: Person, phase: str, **attributes: Any) -> str:
    """A submission on the board whose run left a page."""
    made = phases.score(person, phase, {"accuracy": 0.5}, task="0", uploaded=["detailed_results"], **attributes)
    objects.write(settings.get().runs_bucket, run_file(made, 1, "detailed_results.html"), PAGE.encode(), "text/html")
    return made


def read(caller: Site | Person, submission: str) -> Answer:
    return caller.call("GET", f"/submissions/{submission}/detailed-results")


def leads(caller: Site | Person, phase: str) -> bool:
    return bool(caller.call("GET", f"/phases/{phase}/leaderboard").body["detailed_results"])


def test_who_sees_the_board_sees_a_page_that_can_do_nothing(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, **SHOWN)
    made = scored(ada, phase)
    assert leads(site, phase)
    for caller in (site, site.person("grace"), ada, organizer):
        found = read(caller, made).body
        assert (found["participant"], [page["task"] for page in found["pages"]]) == ("ada", [0])
        sent = sender().get(found["pages"][0]["url"])
        assert sent.headers["content-type"].startswith("text/html")
        assert sent.text.index("default-src 'none'") < sent.text.index("<script>"), "its policy stands before it"


def test_a_deleted_submission_leaves_no_copy_of_its_page(organizer: Person, ada: Person) -> None:
    made = scored(ada, phases.competition(organizer, **SHOWN))
    key = run_file(made, 1, still_page("detailed_results.html"))
    read(ada, made)
    assert objects.head(settings.get().runs_bucket, key)
    removal.finish(submissions.find(made))
    assert objects.head(settings.get().runs_bucket, key) is None


@pytest.mark.parametrize(
    ("of_competition", "of_phase"),
    [
        ({"enable_detailed_results": False}, {}),
        ({"show_detailed_results_in_leaderboard": False}, {}),
        ({"anonymous_leaderboard": True}, {}),
        ({}, {"is_blind": True}),
        ({}, {"hide_output": True}),
        ({}, {"freeze_board_at": phases.NOW - timedelta(hours=2)}),
    ],
)
def test_where_the_board_keeps_something_back_its_rows_lead_nowhere(
    site: Site, organizer: Person, ada: Person, of_competition: dict[str, Any], of_phase: dict[str, Any]
) -> None:
    phase = phases.competition(organizer, phases=[phases.phase(**of_phase)], **(SHOWN | of_competition))
    made = scored(ada, phase)
    if "is_blind" not in of_phase:
        assert not leads(site, phase)
    for caller in (site, ada):
        refused = read(caller, made)
        assert (refused.status, "url" in str(refused.body)) == (403, False)
    assert read(organizer, made).body["pages"][0]["url"]


def test_hidden_boards_lead_nowhere(site: Site, organizer: Person, ada: Person) -> None:
    made = scored(ada, phases.competition(organizer, phases.board(hidden=True), **SHOWN))
    assert (read(site, made).status, read(organizer, made).status) == (403, 200)


def test_only_what_stands_on_the_board_is_shown(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, **SHOWN)
    worse = scored(ada, phase)
    better = phases.score(ada, phase, {"accuracy": 0.9}, 1, task="0")
    assert read(site, worse).status == 404
    assert [page["url"] for page in read(site, better).body["pages"]] == [None], "its program wrote none"
    organizer.call("PATCH", f"/submissions/{better}/marks", {"disqualified": True, "reason": "No."})
    assert (read(site, better).status, read(site, worse).status) == (404, 200)
    draft = phases.competition(organizer, published=False, **SHOWN)
    assert read(site, scored(ada, draft)).status == 404


def test_the_task_of_the_final_board_is_not_shown_before_the_end(site: Site, organizer: Person, ada: Person) -> None:
    final = phases.phase(tasks=(0, 1), final_board_from=FinalBoard(task=1))
    phase = phases.competition(organizer, phases=[final], **SHOWN)
    made = phases.score(ada, phase, {"0/accuracy": 0.5, "1/accuracy": 0.6}, tasks={"0": "A", "1": "B"})
    parent = submissions.find(made).attribute_values
    for task in "01":
        id_ = submissions.child_id(made, task)
        pk, sk = Submission.at(id_)
        Submission(**parent | {"pk": pk, "sk": sk, "id": id_, "parent": made, "task": task}).save()
    assert [page["task"] for page in read(site, made).body["pages"]] == [0]
    assert [page["task"] for page in read(organizer, made).body["pages"]] == [0, 1]


def test_nothing_is_shown_while_a_jury_may_judge(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    competition = organizer.competition(files=judged.files(extra="enable_detailed_results: true"))
    ada.join(competition)
    made = ada.submit(competition, judged.story()).body["id"]
    site.finish(site.claim(made, site.runner_token(admin)).body, {"accuracy": 1.0}, uploaded=["detailed_results"])
    assert (read(site, made).status, read(organizer, made).status) == (403, 200)
    over = {"agon": {"judging_end": "2026-01-02T00:00:00Z"}}
    path = f"/competitions/{competition['id']}/settings/phases/0"
    assert organizer.call("PATCH", path, over, If_Match="*").status == 200
    assert read(site, made).status == 200
