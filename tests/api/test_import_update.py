"""A new bundle for a competition: programs and data are versions, and every attempt says which it ran with."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests import builders
from tests.api.books import mistakes
from tests.api.conftest import Answer, Person, Site, sender

REFERENCE = {"type": "reference_data", "name": "Truth", "visibility": "public"}


def send(site: Site, organizer: Person, competition: dict[str, Any], content: bytes) -> dict[str, Any]:
    upload = organizer.upload(content, "bundle")
    begun = organizer.call("POST", f"/competitions/{competition['id']}/bundles", {"upload": upload})
    assert begun.status == 202, begun
    site.work()
    done: dict[str, Any] = organizer.call("GET", f"/imports/{begun.body['id']}").body
    return done


def ran_with(site: Site, admin: Person, organizer: Person, submission: Answer) -> dict[str, Any]:
    job = site.claim(submission.body["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 0.5, "seconds": 1})
    found: dict[str, Any] = organizer.call("GET", f"/submissions/{submission.body['id']}").body["ran_with"]
    return found


def test_an_update_changes_the_definition_and_keeps_the_rest(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    new = builders.bundle({"overview.md": "# New"}, title="Guess better", per_day=2)
    assert send(site, organizer, competition, new)["status"] == "Finished"
    now = ada.call("GET", f"/competitions/{competition['id']}").body
    assert (now["title"], now["published"], now["my_status"], now["participants"]) == ("Guess better", True, "approved", 1)
    assert now["phases"][0]["max_submissions_per_day"] == 2
    assert ada.call("GET", f"/competitions/{competition['id']}/pages/0").body["content"] == "# New"


def test_every_attempt_says_which_versions_it_ran_with(site: Site, admin: Person, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    first = ran_with(site, admin, organizer, ada.submit(competition))
    send(site, organizer, competition, builders.bundle({"reference.zip": builders.archive({"truth.txt": "43"})}))
    second = ran_with(site, admin, organizer, ada.submit(competition))
    assert first["files"]["scoring_program"] == second["files"]["scoring_program"]
    assert first["files"]["reference_data"] != second["files"]["reference_data"]
    assert first["task"] != second["task"]
    assert second["files"]["reference_data"]["sha256"] == builders.sha256(builders.archive({"truth.txt": "43"}))


def test_participants_do_not_learn_of_versions(site: Site, admin: Person, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    submission = ada.submit(competition).body
    site.claim(submission["id"], site.runner_token(admin))
    assert ada.call("GET", f"/submissions/{submission['id']}").body["ran_with"] is None


def test_the_same_content_is_kept_once(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    before = {row["id"]: row for row in site.rows() if row["kind"] in ("dataset", "task")}
    kept = [key for key in site.object_keys("FilesBucket") if key.startswith("datasets/")]
    assert send(site, organizer, competition, builders.bundle(title="Other"))["status"] == "Finished"
    assert {row["id"]: row for row in site.rows() if row["kind"] in ("dataset", "task")} == before
    assert [key for key in site.object_keys("FilesBucket") if key.startswith("datasets/")] == kept


def test_a_dataset_that_is_named_by_its_key_keeps_its_file(site: Site, organizer: Person) -> None:
    competition, olga = organizer.competition(), site.person("olga")
    content = builders.archive({"truth.txt": "42"})
    made = olga.call("POST", "/datasets", {**REFERENCE, "upload": olga.upload(content, "dataset")}).body
    first = builders.bundle({"reference.zip": content})
    assert send(site, organizer, competition, first)["status"] == "Finished"
    by_key = builders.manifest().replace("reference_data: reference.zip", f"reference_data: {made['id']}")
    assert send(site, organizer, competition, builders.bundle({"competition.yaml": by_key}))["status"] == "Finished"
    url = olga.call("GET", f"/datasets/{made['id']}/file").body["url"]
    assert sender().get(url).content == content
    settings = organizer.call("GET", f"/competitions/{competition['id']}/settings").body["settings"]
    assert settings["tasks"][0]["reference_data"] == made["id"]


def test_a_board_is_rebuilt_for_its_new_columns(site: Site, admin: Person, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    ran_with(site, admin, organizer, ada.submit(competition))
    site.work()
    text = builders.manifest().replace("key: seconds", "key: minutes")
    send(site, organizer, competition, builders.bundle({"competition.yaml": text}))
    site.work()
    board = ada.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body
    assert [column["key"] for column in board["columns"]] == ["accuracy", "minutes"]
    assert board["rows"][0]["scores"] == {"accuracy": 0.5, "minutes": None}


def test_a_phase_with_submissions_cannot_vanish(site: Site, organizer: Person, ada: Person) -> None:
    second = "  - {index: 1, name: Second, start: 2026-01-01, end: 2030-01-01, tasks: [0]}\n"
    text = builders.manifest(end="2030-01-01").replace("leaderboards:", second + "leaderboards:")
    competition = organizer.competition(files={"competition.yaml": text})
    ada.join(competition)
    upload = ada.upload(builders.submission())
    phase = competition["phases"][1]["id"]
    assert ada.call("POST", f"/phases/{phase}/submissions", {"upload": upload}).status == 201
    done = send(site, organizer, competition, builders.bundle())
    assert done["status"] == "Failed" and "“Second” has submissions" in done["errors"][0]["message"]
    assert len(organizer.call("GET", f"/competitions/{competition['id']}").body["phases"]) == 2


def test_a_phase_without_submissions_may_go(site: Site, organizer: Person) -> None:
    second = "  - {index: 1, name: Second, start: 2026-01-01, end: 2030-01-01, tasks: [0]}\n"
    text = builders.manifest(end="2030-01-01").replace("leaderboards:", second + "leaderboards:")
    competition = organizer.competition(files={"competition.yaml": text})
    assert send(site, organizer, competition, builders.bundle())["status"] == "Finished"
    assert len(organizer.call("GET", f"/competitions/{competition['id']}").body["phases"]) == 1


def test_a_change_in_the_meantime_is_not_overwritten(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    uploads = [organizer.upload(builders.bundle(title=title), "bundle") for title in ("One", "Two")]
    path = f"/competitions/{competition['id']}/bundles"
    begun = [organizer.call("POST", path, {"upload": upload}).body for upload in uploads]
    before = {row["id"] for row in site.rows() if row["kind"] == "dataset"}
    site.work()
    ended = [organizer.call("GET", f"/imports/{one['id']}").body for one in begun]
    assert sorted(one["status"] for one in ended) == ["Failed", "Finished"]
    assert any("was changed while" in error["message"] for one in ended for error in one["errors"])
    assert {row["id"] for row in site.rows() if row["kind"] == "dataset"} == before
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=5))
    assert len(site.object_keys("FilesBucket")) == len(before) + 4  # two pages and two originals
    assert mistakes(site) == []


def test_the_bundles_are_there_as_uploaded_with_their_manifests(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    first, second = builders.manifest(), builders.manifest(title="New")
    send(site, organizer, competition, builders.bundle({"competition.yaml": "# mine\n" + second}))
    originals = organizer.call("GET", f"/competitions/{competition['id']}/bundles").body["originals"]
    assert [one["manifest"] for one in originals] == ["# mine\n" + second, first]

    assert sender().get(originals[1]["url"]).content == builders.bundle()


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), ("participant", 403)])
def test_only_organizers_see_or_send_bundles(site: Site, organizer: Person, ada: Person, who: str, status: int) -> None:
    competition = organizer.competition()
    if who == "participant":
        ada.join(competition)
    path = f"/competitions/{competition['id']}/bundles"
    assert ada.call("GET", path).status == status
    upload = ada.upload(builders.bundle(), "bundle")
    assert ada.call("POST", path, {"upload": upload}).status == status
    assert site.call("GET", path).status == 401
