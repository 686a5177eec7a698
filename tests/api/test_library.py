"""The library: datasets and tasks, who may see and use them, and solutions that validate tasks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from tests import builders
from tests.api.conftest import Answer, Person, Site, sender

PROGRAM = builders.archive({"metadata.yaml": "command: x"})


def dataset(person: Person, content: bytes = PROGRAM, **said: Any) -> dict[str, Any]:
    body = {"upload": person.upload(content, "dataset"), "type": "scoring_program", "name": "Mine", **said}
    made = person.call("POST", "/datasets", body)
    assert made.status == 201, made
    return made.body


def ids(answer: Answer) -> list[str]:
    return [one["id"] for one in answer.body[next(iter(answer.body))]]


def test_a_dataset_is_kept_with_all_that_is_known_of_it(organizer: Person) -> None:
    made = dataset(organizer, licence="CC-BY-4.0", description="Scores.")
    assert made["owner"] == "olga" and made["sha256"] == builders.sha256(PROGRAM) and made["size_bytes"] == len(PROGRAM)
    assert (made["visibility"], made["licence"], made["uses"]) == ("private", "CC-BY-4.0", 0)
    url = organizer.call("GET", f"/datasets/{made['id']}/file").body["url"]
    assert sender().get(url).content == PROGRAM


def test_an_upload_becomes_one_dataset(organizer: Person) -> None:
    upload = organizer.upload(PROGRAM, "dataset")
    body = {"upload": upload, "type": "solution", "name": "x"}
    assert [organizer.call("POST", "/datasets", body).status for _ in range(2)] == [201, 409]
    submission = organizer.upload(PROGRAM)
    assert organizer.call("POST", "/datasets", {**body, "upload": submission}).status == 422


@pytest.mark.parametrize("name", ["f/" * 65 + "x", "../x"], ids=["deep", "outside"])
def test_what_no_runner_unpacks_is_no_dataset(organizer: Person, name: str) -> None:
    upload = organizer.upload(builders.archive({"metadata.yaml": "command: x", name: "x"}), "dataset")
    refused = organizer.call("POST", "/datasets", {"upload": upload, "type": "scoring_program", "name": "x"})
    assert (refused.status, [error["place"] for error in refused.body["errors"]]) == (422, [name])


@pytest.mark.parametrize("name", ["A\\b", "METADATA.yaml", "Icon\r"])
def test_names_that_a_runner_bears_are_no_reason_to_refuse_a_dataset(organizer: Person, name: str) -> None:
    upload = organizer.upload(builders.archive({"metadata.yaml": "command: x", name: "x"}), "dataset")
    assert organizer.call("POST", "/datasets", {"upload": upload, "type": "scoring_program", "name": "x"}).status == 201


@pytest.mark.parametrize(
    ("visibility", "who", "status"),
    [
        *(("private", "owner", 200), ("private", "stranger", 404), ("private", "admin", 200)),
        *(("shared", "owner", 200), ("shared", "stranger", 404), ("shared", "friend", 200), ("public", "stranger", 200)),
    ],
)
def test_who_may_see_and_download_a_dataset(
    site: Site, organizer: Person, ada: Person, admin: Person, visibility: str, who: str, status: int
) -> None:
    made = dataset(organizer)
    body = {"visibility": visibility, "shared_with": [ada.id] if who == "friend" else [admin.id]}
    assert organizer.call("PATCH", f"/datasets/{made['id']}", body).status == 200
    person = {"owner": organizer, "stranger": ada, "friend": ada, "admin": admin}[who]
    for path in (f"/datasets/{made['id']}", f"/datasets/{made['id']}/file"):
        assert person.call("GET", path).status == status
        assert site.call("GET", path).status == 401


def test_only_its_owner_changes_or_removes_a_dataset(organizer: Person, ada: Person) -> None:
    made = dataset(organizer, visibility="public")
    assert ada.call("PATCH", f"/datasets/{made['id']}", {"name": "Theirs"}).status == 403
    assert ada.call("DELETE", f"/datasets/{made['id']}").status == 403
    assert organizer.call("PATCH", f"/datasets/{made['id']}", {"name": "New"}).body["name"] == "New"


def test_lists_show_ones_own_or_the_public_ones_newest_first(organizer: Person, ada: Person) -> None:
    first, second = dataset(organizer), dataset(organizer, visibility="public")
    assert ids(organizer.call("GET", "/datasets")) == [second["id"], first["id"]]
    assert ids(ada.call("GET", "/datasets")) == []
    assert ids(ada.call("GET", "/datasets?public=true")) == [second["id"]]
    organizer.call("PATCH", f"/datasets/{second['id']}", {"visibility": "private"})
    assert ids(ada.call("GET", "/datasets?public=true")) == []


def test_what_is_shared_with_one_is_listed_until_it_is_no_more(site: Site, organizer: Person, ada: Person) -> None:
    first, second = dataset(organizer), dataset(organizer)
    made = task(organizer).body
    sharing = {"visibility": "shared", "shared_with": [ada.id]}
    for path in (f"/datasets/{first['id']}", f"/datasets/{second['id']}", f"/tasks/{made['id']}"):
        assert organizer.call("PATCH", path, sharing).status == 200
    assert ids(ada.call("GET", "/datasets?shared=true")) == [second["id"], first["id"]]
    assert ids(ada.call("GET", "/tasks?shared=true")) == [made["id"]]
    assert ids(organizer.call("GET", "/datasets?shared=true")) == []
    organizer.call("PATCH", f"/datasets/{first['id']}", {"shared_with": []})
    organizer.call("PATCH", f"/datasets/{second['id']}", {"visibility": "private"})
    organizer.call("DELETE", f"/tasks/{made['id']}")
    assert ids(ada.call("GET", "/datasets?shared=true")) == ids(ada.call("GET", "/tasks?shared=true")) == []
    assert len([row for row in site.rows() if row["kind"] == "share"]) == 1


def test_a_dataset_in_use_stays_and_tells_by_whom(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    [used] = [one for one in organizer.call("GET", "/datasets").body["datasets"] if one["type"] == "reference_data"]
    shown = organizer.call("GET", f"/datasets/{used['id']}").body
    [task] = organizer.call("GET", "/tasks").body["tasks"]
    users = [{"kind": "competition", "id": competition["id"]}, {"kind": "task", "id": task["id"]}]
    assert shown["used_by"] == users
    refused = organizer.call("DELETE", f"/datasets/{used['id']}")
    assert (refused.status, "in use" in refused.body["detail"]) == (409, True)


def test_a_removed_dataset_leaves_nothing(site: Site, organizer: Person) -> None:
    made = dataset(organizer)
    assert organizer.call("DELETE", f"/datasets/{made['id']}").status == 200
    assert site.object_keys("FilesBucket") == []
    # And what the log tells of it.
    assert {row["kind"] for row in site.rows()} == {"upload", "deed"}
    assert organizer.call("GET", f"/datasets/{made['id']}").status == 404


def task(person: Person, **said: Any) -> Answer:
    return person.call("POST", "/tasks", {"name": "Guess", "files": {"scoring_program": dataset(person)["id"]}, **said})


def test_a_task_is_made_of_datasets_and_counts_as_their_user(organizer: Person) -> None:
    made = task(organizer, settings={"ingestion_only_during_scoring": True, "agon": {"network": ["scoring"]}})
    assert made.status == 201, made
    assert made.body["settings"] == {"ingestion_only_during_scoring": True, "agon": {"network": ["scoring"]}}
    assert (made.body["version"], made.body["validated"]) == (1, False)
    program = made.body["files"]["scoring_program"]["dataset"]
    assert organizer.call("DELETE", f"/datasets/{program}").status == 409
    assert organizer.call("DELETE", f"/tasks/{made.body['id']}").status == 200
    assert organizer.call("DELETE", f"/datasets/{program}").status == 200


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"files": {}}, {"files.scoring_program"}),
        ({"files": {"scoring_program": "01m86vp9f4vk8vwkkszfrnkpp9"}}, {"files.scoring_program"}),
        ({"settings": {"odd": 1}}, {"settings.odd"}),
        ({"settings": {"agon": {"network": ["moon"]}}}, {"settings.agon.network"}),
    ],
)
def test_a_task_that_cannot_be_is_refused_field_by_field(
    organizer: Person, changes: dict[str, Any], places: set[str]
) -> None:
    refused = task(organizer, **changes)
    assert refused.status == 422 and {error["place"] for error in refused.body["errors"]} == places


def test_other_files_make_a_new_version_and_competitions_keep_theirs(organizer: Person, site: Site) -> None:
    made = task(organizer).body
    text = builders.manifest()
    start = text.index("  - {index: 0, name: Guess")
    text = text[:start] + f"  - {{index: 0, key: {made['id']}}}\n" + text[text.index("phases:") :]
    competition = organizer.competition(files={"competition.yaml": text})
    other = dataset(organizer, builders.archive({"metadata.yaml": "command: y"}))
    changed = organizer.call("PATCH", f"/tasks/{made['id']}", {"files": {"scoring_program": other["id"]}})
    assert changed.body["version"] == 2 and changed.body["files"]["scoring_program"]["dataset"] == other["id"]
    settings = organizer.call("GET", f"/competitions/{competition['id']}/settings").body["settings"]
    assert settings["tasks"][0]["scoring_program"] == made["files"]["scoring_program"]["dataset"]


def test_tasks_of_others_are_there_when_shared_or_public(organizer: Person, ada: Person) -> None:
    made = task(organizer).body
    path = f"/tasks/{made['id']}"
    assert ada.call("GET", path).status == 404
    organizer.call("PATCH", path, {"visibility": "shared", "shared_with": [ada.id]})
    assert ada.call("GET", path).status == 200 and ids(ada.call("GET", "/tasks?public=true")) == []
    organizer.call("PATCH", path, {"visibility": "public"})
    assert ids(ada.call("GET", "/tasks?public=true")) == [made["id"]]
    assert ada.call("PATCH", path, {"name": "x"}).status == ada.call("DELETE", path).status == 403


TASK = "name: Guess\ndescription: A number.\nis_public: true\nscoring_program: {zip: program.zip}\n"


def bundled(person: Person, text: str | None, **files: bytes) -> Answer:
    content = {"program.zip": PROGRAM, **files, **({"task.yaml": text} if text is not None else {})}
    return person.call("POST", "/tasks/bundle", {"upload": person.upload(builders.archive(content), "bundle")})


def test_a_task_comes_as_a_bundle_of_its_own(organizer: Person, ada: Person) -> None:
    key = dataset(organizer, builders.archive({"truth": "42"}), type="reference_data")["id"]
    made = bundled(organizer, TASK + f"reference_data: {{key: {key}}}\n")
    assert made.status == 201, made
    assert set(made.body["files"]) == {"scoring_program", "reference_data"} and made.body["visibility"] == "public"
    assert made.body["files"]["reference_data"]["dataset"] == key
    assert ada.call("GET", f"/tasks/{made.body['id']}").status == 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "no task.yaml"),
        ("name: [", "cannot be read as YAML"),
        (TASK.replace("name: Guess\n", ""), "`name` is missing"),
        (TASK.replace("description: A number.\n", ""), "`description` is missing"),
        (TASK.replace("scoring_program: {zip: program.zip}\n", ""), "`scoring_program` is missing"),
        (TASK.replace("zip: program.zip", "zip: nowhere.zip"), "no zip and no folder"),
        (TASK.replace("zip: program.zip", "x: y"), "neither `key` nor `zip`"),
        (TASK.replace("zip: program.zip", "key: 01m86vp9f4vk8vwkkszfrnkpp9"), "that you may use"),
    ],
)
def test_a_task_bundle_that_cannot_be_used_is_refused_with_what_to_write(
    organizer: Person, text: str | None, words: str
) -> None:
    refused = bundled(organizer, text)
    assert refused.status == 422 and any(words in error["message"] for error in refused.body["errors"]), refused.body


SOLVED = builders.manifest() + "solutions:\n  - {index: 0, name: Mine, tasks: [0], path: solution.zip}\n"
SOLUTION = builders.submission("42")


@pytest.fixture
def solved(organizer: Person) -> dict[str, Any]:
    return organizer.competition(files={"competition.yaml": SOLVED, "solution.zip": SOLUTION})


def bank(organizer: Person) -> dict[str, Any]:
    [task] = organizer.call("GET", "/tasks").body["tasks"]
    return dict(task)


def test_a_solution_validates_its_task_when_its_run_finishes(
    site: Site, admin: Person, organizer: Person, solved: dict[str, Any]
) -> None:
    run = organizer.call("POST", f"/competitions/{solved['id']}/solutions/0/run")
    assert run.status == 201
    [submission] = run.body["submissions"]
    assert not bank(organizer)["validated"]
    job = site.claim(submission["id"], site.runner_token(admin)).body
    assert site.finish(job, {"accuracy": 1, "seconds": 1}).body == {"status": "Finished"}
    assert bank(organizer)["validated"]
    site.work()
    assert site.call("GET", f"/phases/{solved['phases'][0]['id']}/leaderboard").body["rows"] == []
    assert not [row for row in site.rows() if row["kind"] == "quota"]


def test_a_solution_that_fails_validates_nothing_and_refunds_nothing(
    site: Site, admin: Person, organizer: Person, solved: dict[str, Any]
) -> None:
    [submission] = organizer.call("POST", f"/competitions/{solved['id']}/solutions/0/run").body["submissions"]
    job = site.claim(submission["id"], site.runner_token(admin)).body
    site.finish(job, fault="organizer", reason="It broke.")
    assert not bank(organizer)["validated"] and not [row for row in site.rows() if row["kind"] == "quota"]


def test_a_solution_keeps_its_file_when_its_run_is_deleted(
    site: Site, admin: Person, organizer: Person, solved: dict[str, Any]
) -> None:
    [submission] = organizer.call("POST", f"/competitions/{solved['id']}/solutions/0/run").body["submissions"]
    job = site.claim(submission["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 1, "seconds": 1})
    assert organizer.call("DELETE", f"/submissions/{submission['id']}").status == 200
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=5))
    assert organizer.call("GET", f"/submissions/{submission['id']}").status == 404
    [kept] = [one for one in organizer.call("GET", "/datasets").body["datasets"] if one["type"] == "solution"]
    assert sender().get(organizer.call("GET", f"/datasets/{kept['id']}/file").body["url"]).status_code == 200


def test_whoever_hands_in_the_solution_validates_it_too(
    site: Site, admin: Person, organizer: Person, ada: Person, solved: dict[str, Any]
) -> None:
    ada.join(solved)
    job = site.claim(ada.submit(solved, SOLUTION).body["id"], site.runner_token(admin)).body
    site.finish(job, {"accuracy": 1, "seconds": 1})
    assert bank(organizer)["validated"]


def test_only_organizers_run_solutions_that_there_are(
    site: Site, organizer: Person, ada: Person, solved: dict[str, Any]
) -> None:
    ada.join(solved)
    path = f"/competitions/{solved['id']}/solutions"
    assert ada.call("POST", f"{path}/0/run").status == 403
    assert organizer.call("POST", f"{path}/7/run").status == organizer.call("POST", f"{path}/x/run").status == 404
    assert site.call("POST", f"{path}/0/run").status == 401


@pytest.mark.parametrize(
    ("flags", "kinds"),
    [("", set()), ("make_programs_available: true\nmake_input_data_available: true\n", {"scoring_program", "input_data"})],
)
def test_participants_get_programs_and_input_data_when_the_organizers_let_them_and_never_the_truth(
    organizer: Person, ada: Person, flags: str, kinds: set[str]
) -> None:
    text = flags + builders.manifest().replace("reference_data:", "input_data: input/, reference_data:")
    made = organizer.competition(files={"competition.yaml": text, "input/x.csv": "1"})
    ada.join(made)
    handed = ada.call("GET", f"/phases/{made['phases'][0]['id']}/handouts").body["tasks"]
    assert set(handed.get("Guess", {})) == kinds
    assert all(sender().get(url).status_code == 200 for url in handed.get("Guess", {}).values())
