"""Files of somebody else's task: to use is not to read. Eve uses what Olga made public, and tries every way to its truth."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from chalicelib.store import table
from chalicelib.store.library.datasets import Dataset
from tests import builders
from tests.api.conftest import Answer, Person, Site, sender

TRUTH, INPUT = "the truth is 8413", "the input is 2957"
FILES = {
    "scoring_program": {"metadata.yaml": "command: score.py", "score.py": "print('Olga')"},
    "reference_data": {"truth.txt": TRUTH},
    "input_data": {"input.txt": INPUT},
}
OPENS = "make_programs_available: true\nmake_input_data_available: true\n"


def dataset(person: Person, type_: str, visibility: str = "private") -> str:
    upload = person.upload(builders.archive(FILES[type_]), "dataset")
    said = {"upload": upload, "type": type_, "name": type_, "visibility": visibility}
    return str(person.call("POST", "/datasets", said).body["id"])


def manifest(task: str, extra: str = "") -> str:
    whole = yaml.safe_load(extra + builders.manifest())
    whole["tasks"] = [{"index": 0, "key": task}]
    return yaml.safe_dump(whole, sort_keys=False)


@dataclass
class Borrowed:
    """A public task of Olga's with private files, and a competition of Eve's that uses it."""

    eve: Person
    olga: Person
    task: str
    datasets: dict[str, str]
    competition: dict[str, Any]

    @property
    def settings(self) -> str:
        return f"/competitions/{self.competition['id']}/settings"

    def edit(self, part: str, change: dict[str, Any]) -> Answer:
        return self.eve.call("PATCH", f"{self.settings}{part}", change, If_Match="*")


@pytest.fixture
def borrowed(site: Site, organizer: Person) -> Borrowed:
    eve = site.person("eve")
    datasets = {kind: dataset(organizer, kind) for kind in FILES}
    made = organizer.call("POST", "/tasks", {"name": "Guess", "files": datasets, "visibility": "public"})
    assert made.status == 201, made
    text = manifest(made.body["id"], OPENS)
    return Borrowed(eve, organizer, made.body["id"], datasets, eve.competition(files={"competition.yaml": text}))


def imported(site: Site, person: Person, files: dict[str, str | bytes]) -> dict[str, Any]:
    begun = person.call("POST", "/competitions", {"upload": person.upload(builders.bundle(files), "bundle")}).body
    site.work()
    return dict(person.call("GET", f"/imports/{begun['id']}").body)


def dumped(site: Site, one: Borrowed, form: str) -> tuple[dict[str, bytes], list[str]]:
    """A dump's members, and what it complains of."""
    path = f"/competitions/{one.competition['id']}/dumps"
    made = one.eve.call("POST", path, {"form": form}).body
    while site.work():
        pass
    done = one.eve.call("GET", f"{path}/{made['id']}").body
    with zipfile.ZipFile(io.BytesIO(sender().get(done["url"]).content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, [one["message"] for one in done["complaints"]]


def _inside(members: dict[str, bytes]) -> Iterator[bytes]:
    for content in members.values():
        yield content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("form", ["full", "light"])
def test_a_dump_names_a_borrowed_task_and_has_none_of_its_files(site: Site, borrowed: Borrowed, form: str) -> None:
    members, complaints = dumped(site, borrowed, form)
    assert yaml.safe_load(members["competition.yaml"])["tasks"] == [{"index": 0, "key": borrowed.task}]
    assert not [one for one in _inside(members) if b"8413" in one or b"2957" in one or b"Olga" in one]
    assert any("“Guess” is somebody else's task" in one for one in complaints)


def test_the_dump_of_a_borrowed_task_is_imported_again(site: Site, borrowed: Borrowed) -> None:
    members, _ = dumped(site, borrowed, "full")
    done = imported(site, borrowed.eve, {**members})
    assert done["status"] == "Finished", done


def test_who_may_read_the_files_has_them_in_the_dump(site: Site, borrowed: Borrowed) -> None:
    for id_ in borrowed.datasets.values():
        body = {"visibility": "shared", "shared_with": [borrowed.eve.id]}
        assert borrowed.olga.call("PATCH", f"/datasets/{id_}", body).status == 200
    members, complaints = dumped(site, borrowed, "full")
    assert complaints == [] and any(TRUTH.encode() in one for one in _inside(members))


def test_programs_and_input_data_of_a_borrowed_task_are_not_handed_out(borrowed: Borrowed, ada: Person) -> None:
    ada.join(borrowed.competition)
    path = f"/phases/{borrowed.competition['phases'][0]['id']}/handouts"
    assert ada.call("GET", path).body["tasks"] == borrowed.eve.call("GET", path).body["tasks"] == {}
    borrowed.olga.call("PATCH", f"/datasets/{borrowed.datasets['input_data']}", {"visibility": "public"})
    assert list(ada.call("GET", path).body["tasks"]["Guess"]) == ["input_data"]


@pytest.mark.parametrize(
    ("part", "change", "place"),
    [
        ("/tasks/0", {"scoring_program": "{own}"}, "tasks[0].reference_data"),
        ("/tasks/0", {"scoring_program": "{own}", "input_data": None}, "tasks[0].reference_data"),
        ("/tasks/0", {"ingestion_program": "{own_ingestion}"}, "tasks[0].reference_data"),
        ("/tasks/0", {"agon": {"scoring_image": "evil/python:1"}}, "tasks[0].reference_data"),
        ("/tasks/0", {"agon": {"network": ["scoring"]}}, "tasks[0].reference_data"),
        ("/phases/0", {"public_data": "{reference_data}"}, "phases[0].public_data"),
        ("", {"docker_image": "evil/python:1"}, "docker_image"),
        ("/phases/0", {"agon": {"docker_image": "evil/python:1"}}, "phases[0].agon.docker_image"),
        ("", {"queue": "{queue}"}, "queue"),
    ],
    ids=str,
)
def test_a_lent_file_stands_beside_nothing_that_its_user_brings(
    site: Site, borrowed: Borrowed, part: str, change: dict[str, Any], place: str
) -> None:
    eve = borrowed.eve
    upload = eve.upload(builders.archive(FILES["scoring_program"]), "dataset")
    own = {"upload": upload, "type": "ingestion_program", "name": "Mine"}
    names = {
        "own": dataset(eve, "scoring_program"),
        "own_ingestion": eve.call("POST", "/datasets", own).body["id"],
        "queue": eve.call("POST", "/queues", {"name": "Eve's"}).body["id"],
        **borrowed.datasets,
    }
    filled = {key: value.format(**names) if isinstance(value, str) else value for key, value in change.items()}
    before = eve.call("GET", borrowed.settings).body
    refused = borrowed.edit(part, filled)
    assert (refused.status, place in [error["place"] for error in refused.body["errors"]]) == (422, True), refused
    assert eve.call("GET", borrowed.settings).body == before


@pytest.mark.parametrize(("extra", "place"), [("docker_image: evil/python:1\n", "docker_image"), ("queue: {}\n", "queue")])
def test_no_import_runs_a_borrowed_task_in_an_image_or_on_a_queue_of_ones_own(
    site: Site, borrowed: Borrowed, extra: str, place: str
) -> None:
    queue = borrowed.eve.call("POST", "/queues", {"name": "Eve's"}).body["id"]
    done = imported(site, borrowed.eve, {"competition.yaml": manifest(borrowed.task, extra.format(queue))})
    assert (done["status"], [error["key"] for error in done["errors"]]) == ("Failed", [place]), done


def test_no_update_has_a_lent_file_stand_in_for_one_that_says_its_sha256(site: Site, borrowed: Borrowed) -> None:
    eve, lent = borrowed.eve, borrowed.datasets["reference_data"]
    own = {kind: dataset(eve, kind) for kind in FILES}
    # Of a large file the sha256 is its sender's word.
    (row,) = table.read(Dataset.at(own["reference_data"]))
    (theirs,) = table.read(Dataset.at(lent))
    row.update(actions=[Dataset.sha256.set(theirs.sha256)])
    whole = yaml.safe_load(builders.manifest())
    whole["tasks"] = [{"index": 0, "name": "Mine", "description": "Mine", **own}]
    upload = eve.upload(builders.bundle({"competition.yaml": yaml.safe_dump(whole)}), "bundle")
    begun = eve.call("POST", f"/competitions/{borrowed.competition['id']}/bundles", {"upload": upload}).body
    site.work()
    assert eve.call("GET", f"/imports/{begun['id']}").body["status"] == "Finished"
    assert lent not in str(eve.call("GET", borrowed.settings).body)


def test_the_owner_of_a_task_runs_it_in_any_image(site: Site, borrowed: Borrowed) -> None:
    text = manifest(borrowed.task, "docker_image: olga/python:1\n")
    assert imported(site, borrowed.olga, {"competition.yaml": text})["status"] == "Finished"


def test_other_settings_of_a_competition_with_a_borrowed_task_change_as_ever(borrowed: Borrowed) -> None:
    assert borrowed.edit("", {"title": "Another"}).status == 200
    assert borrowed.edit("/phases/0", {"max_submissions": 3}).status == 200


def test_whoever_opens_a_task_is_told_what_it_lends(borrowed: Borrowed) -> None:
    path = f"/tasks/{borrowed.task}"
    assert sorted(borrowed.olga.call("PATCH", path, {"visibility": "public"}).body["lends"]) == sorted(FILES)
    borrowed.olga.call("PATCH", f"/datasets/{borrowed.datasets['reference_data']}", {"visibility": "public"})
    assert "reference_data" not in borrowed.olga.call("GET", path).body["lends"]
    assert borrowed.olga.call("PATCH", path, {"visibility": "private"}).body["lends"] == []
    assert [one["lends"] for one in borrowed.olga.call("GET", "/tasks").body["tasks"]] == [None]


def test_a_task_of_the_bank_takes_the_place_of_another_whole(site: Site, borrowed: Borrowed) -> None:
    own = borrowed.eve.call(
        "POST", "/tasks", {"name": "Own", "files": {"scoring_program": dataset(borrowed.eve, "scoring_program")}}
    )
    kept = borrowed.edit("/tasks/0", {"key": own.body["id"]})
    assert kept.status == 200, kept
    [task] = kept.body["settings"]["tasks"]
    assert (task["name"], task["scoring_program"]) == ("Own", own.body["files"]["scoring_program"]["dataset"])
    assert borrowed.edit("/tasks/0", {"key": borrowed.task}).body["settings"]["tasks"][0]["name"] == "Guess"
    assert borrowed.edit("", {"docker_image": "evil/python:1"}).status == 422
    assert borrowed.edit("/tasks/0", {"key": own.body["id"]}).status == 200
    assert borrowed.edit("", {"docker_image": "eve/python:1"}).status == 200
    refused = borrowed.edit("/tasks/0", {"key": borrowed.task})
    assert (refused.status, [error["place"] for error in refused.body["errors"]]) == (422, ["docker_image"])
