"""POST /phases/{phase}/determinism: the best submissions are repeated, and nothing changes by it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.test_rerun import attempts, board, show, used

OLD, NEW = "sha256:" + "a" * 64, "sha256:" + "b" * 64


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(rule="Force_Latest_Multiple", extra="docker_image: ghcr.io/lab/tool:1")
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def run(site: Site, runner: str, accuracy: float | None, digest: str = OLD, **outcome: Any) -> dict[str, Any]:
    """The next in line is run."""
    job: dict[str, Any] = site.claim("any", runner).body
    steps = [{"name": "scoring", "exit_code": 0, "seconds": 1.0, "image_digest": digest}]
    scores = {} if accuracy is None else {"accuracy": accuracy, "seconds": 1.0}
    assert site.finish(job, scores, steps=steps, **outcome).status == 200
    return job


def scored(site: Site, person: Person, competition: dict[str, Any], runner: str, *accuracies: float) -> list[str]:
    made = []
    for accuracy in accuracies:
        made.append(str(person.submit(competition).body["id"]))
        run(site, runner, accuracy)
    site.work()
    return made


def begin(person: Person, competition: dict[str, Any], top: int = 2) -> Answer:
    return person.call("POST", f"/phases/{competition['phases'][0]['id']}/determinism", {"top": top})


def look(person: Person, competition: dict[str, Any]) -> Any:
    return person.call("GET", f"/phases/{competition['phases'][0]['id']}/determinism").body


def stable(person: Person, submission: str) -> dict[str, Any]:
    """What is shown of a submission, but for the count of its attempts."""
    shown = {name: value for name, value in show(person, submission).items() if name != "attempt"}
    shown["tasks"] = [{name: value for name, value in task.items() if name != "attempt"} for task in shown["tasks"]]
    return shown


def change_everything(organizer: Person, competition: dict[str, Any]) -> None:
    """Another image and another program, for what is submitted from now on."""
    path = f"/competitions/{competition['id']}/settings"
    program = organizer.upload(builders.archive({"metadata": "command: other"}), "dataset")
    dataset = organizer.call("POST", "/datasets", {"name": "New", "type": "scoring_program", "upload": program}).body["id"]
    for part, patch in (("", {"docker_image": "ghcr.io/lab/tool:2"}), ("/tasks/0", {"scoring_program": dataset})):
        etag = organizer.call("GET", path).headers["etag"]
        answer = organizer.call("PATCH", f"{path}{part}", patch, If_Match=etag)
        assert answer.status == 200, answer


def test_the_best_are_repeated_with_what_they_ran_with_and_only_the_difference_is_told(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    second, _, first = made = scored(site, ada, competition, runner, 0.8, 0.1, 0.9)
    before = [stable(organizer, one) for one in made]
    change_everything(organizer, competition)
    begun = begin(organizer, competition)
    assert (begun.status, begun.body["in_progress"], begun.body["refused"]) == (202, 2, {})
    assert [(one["rank"], one["submission"]) for one in begun.body["repeated"]] == [(1, first), (2, second)]
    assert (show(ada, first)["scores"]["accuracy"], board(site, competition)) == (0.9, [0.9, 0.8, 0.1])
    job = run(site, runner, 0.9)
    program = before[2]["ran_with"]["files"]["scoring_program"]["sha256"]
    assert (job["image"], job["steps"][-1]["program"]["sha256"]) == ("ghcr.io/lab/tool:1", program)
    assert job["steps"][-1]["image"] == f"ghcr.io/lab/tool@{OLD}"
    run(site, runner, 0.75, NEW)
    told = look(organizer, competition)
    same, differs = told["repeated"]
    assert (told["in_progress"], same["same"], same["same_images"], same["attempt"]) == (0, True, True, 2)
    assert (differs["submission"], differs["same"], differs["same_images"]) == (second, False, False)
    accuracy = differs["columns"][0]
    assert (accuracy["key"], accuracy["before"], accuracy["after"]) == ("accuracy", 0.8, 0.75)
    assert accuracy["difference"] == 0.75 - 0.8
    assert [stable(organizer, one) for one in made] == before
    assert (board(site, competition), used(site)) == ([0.9, 0.8, 0.1], 3)
    kept = attempts(organizer, second)
    assert [(one["number"], one["is_check"], one["scores"]["accuracy"]) for one in kept] == [
        (1, False, 0.8),
        (2, True, 0.75),
    ]


def test_each_task_is_repeated_and_scores_set_by_hand_stay(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    ada.join(competition)
    made = str(ada.submit(competition).body["id"])
    for accuracy in (0.5, 0.75):
        run(site, runner, accuracy)
    organizer.call("PATCH", f"/submissions/{made}/scores", {"scores": {"0/accuracy": 0.25}, "reason": "A typo."})
    assert board(site, competition) == [0.5]
    before = stable(organizer, made)
    begin(organizer, competition)
    for accuracy in (0.5, 0.8):
        run(site, runner, accuracy)
    told = [(one["task"], one["same"]) for one in look(organizer, competition)["repeated"]]
    assert (told, stable(organizer, made)) == ([("0", True), ("1", False)], before)
    assert board(site, competition) == [0.5]
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 200


@pytest.mark.parametrize("end", ["Failed", "Cancelled", "Submitted", "Lost"])
def test_a_repetition_that_comes_to_nothing_takes_nothing_away(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], runner: str, end: str
) -> None:
    (made,) = scored(site, ada, competition, runner, 0.8)
    before = stable(organizer, made)
    begin(organizer, competition)
    if end == "Failed":
        run(site, runner, None, fault="participant", reason="It broke this time.")
    elif end == "Cancelled":
        organizer.call("POST", f"/submissions/{made}/cancel")
    elif end == "Lost":
        for _ in range(3):
            site.claim("any", runner)
            sweep.sweep(datetime.now(UTC) + timedelta(minutes=2))
    (told,) = look(organizer, competition)["repeated"]
    assert (told["status"], told["same"]) == ("Failed" if end == "Lost" else end, None)
    assert (board(site, competition), used(site)) == ([0.8], 1)
    if end == "Submitted":
        assert list(begin(organizer, competition).body["refused"]) == [made]
    else:
        assert stable(organizer, made) == before
        assert begin(organizer, competition).body["refused"] == {}


def test_without_a_leaderboard_there_is_nothing_to_repeat(organizer: Person, competition: dict[str, Any]) -> None:
    assert begin(organizer, competition).status == 409
    assert begin(organizer, competition, 21).status == 422
    assert organizer.call("GET", f"/phases/{competition['phases'][0]['id']}/determinism").status == 404
