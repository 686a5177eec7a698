"""What is made for something that comes to nothing, and what is replaced: no crash leaves any of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.contract import parts
from tests import builders
from tests.api.books import crashing, everything, mistakes
from tests.api.conftest import Answer, Person, Site

PROGRAM = builders.archive({"metadata.yaml": "command: x"})
Verb = Callable[[Person, dict[str, Any]], Callable[[], Answer]]


def dataset(person: Person, content: bytes = PROGRAM, type_: str = "scoring_program") -> str:
    upload = person.upload(content, "dataset")
    made = person.call("POST", "/datasets", {"upload": upload, "type": type_, "name": "Mine"})
    return str(made.body["id"])


def edit(person: Person, competition: dict[str, Any], part: str, patch: Any) -> Callable[[], Answer]:
    path = f"/competitions/{competition['id']}"
    etag = person.call("GET", f"{path}/settings").headers["etag"]
    return lambda: person.call("PATCH", f"{path}/{part}", patch, If_Match=etag)


def clone(person: Person, competition: dict[str, Any]) -> Callable[[], Answer]:
    return lambda: person.call("POST", f"/competitions/{competition['id']}/clone", {"title": "Again"})


def page(person: Person, competition: dict[str, Any]) -> Callable[[], Answer]:
    return edit(person, competition, "settings/pages/0", {"content": "# Edited"})


def terms(person: Person, competition: dict[str, Any]) -> Callable[[], Answer]:
    return edit(person, competition, "terms", {"content": "Play.", "format": "markdown"})


def other_data(person: Person, competition: dict[str, Any]) -> Callable[[], Answer]:
    key = dataset(person, builders.archive({"truth.txt": "43"}), "reference_data")
    return edit(person, competition, "settings/tasks/0", {"reference_data": key})


def new_task(person: Person, _: dict[str, Any]) -> Callable[[], Answer]:
    body = {"name": "T", "description": "D", "files": {"scoring_program": dataset(person)}}
    return lambda: person.call("POST", "/tasks", body)


def changed_task(person: Person, competition: dict[str, Any]) -> Callable[[], Answer]:
    task = new_task(person, competition)().body["id"]
    body = {"files": {"scoring_program": dataset(person)}}
    return lambda: person.call("PATCH", f"/tasks/{task}", body)


def removed_task(person: Person, competition: dict[str, Any]) -> Callable[[], Answer]:
    task = new_task(person, competition)().body["id"]
    return lambda: person.call("DELETE", f"/tasks/{task}")


def task_bundle(person: Person, _: dict[str, Any]) -> Callable[[], Answer]:
    key = dataset(person, builders.archive({"truth": "42"}), "reference_data")
    text = f"name: T\ndescription: D\nscoring_program: {{zip: program/}}\nreference_data: {{key: {key}}}\n"
    content = builders.archive({"task.yaml": text, "program/metadata.yaml": "command: x"})
    upload = person.upload(content, "bundle")
    return lambda: person.call("POST", "/tasks/bundle", {"upload": upload})


def abandoned(person: Person, _: dict[str, Any]) -> Callable[[], Answer]:
    upload = person.upload(builders.submission())
    return lambda: person.call("DELETE", f"/uploads/{upload}")


VERBS: list[Verb] = [clone, page, terms, other_data, new_task, changed_task, removed_task, task_bundle, abandoned]


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_whatever_call_is_cut_off_the_books_are_right_when_the_sweeper_was_there(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch, verb: Verb
) -> None:
    competition, cut, is_over = organizer.competition(), 0, False
    while not is_over:
        cut += 1
        call = verb(organizer, competition)
        with crashing(monkeypatch, cut) as calls:
            answer = call()
        is_over = len(calls) < cut
        assert answer.status in ((200, 201) if is_over else (500, 503)), (calls, answer)
        sweep.sweep(later(minutes=5))
        assert mistakes(site) == [], calls
    assert cut > 2


def test_an_edit_that_lost_its_race_leaves_nothing(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    late = other_data(organizer, competition)
    late_page = page(organizer, competition)
    assert page(organizer, competition)().status == 200
    sweep.sweep(later(minutes=5))
    before = everything(site)
    assert late().status == late_page().status == 412
    assert everything(site) == before and mistakes(site) == []


def test_whoever_reads_a_page_that_is_replaced_meanwhile_reads_it_whole(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    before = {key for key, _ in everything(site).objects}
    page(organizer, competition)()
    sweep.sweep(later(minutes=1))
    assert before < {key for key, _ in everything(site).objects}
    sweep.sweep(later(minutes=3))
    assert len(before - {key for key, _ in everything(site).objects}) == 1


def uses(site: Site) -> dict[str, int]:
    rows = [row for row in site.rows() if row["kind"] == "dataset" and row["type"] == "reference_data"]
    return {row["id"]: int(row["uses"]) for row in sorted(rows, key=lambda row: row["created_at"])}


def test_what_is_replaced_is_let_go_until_something_was_submitted(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    other_data(organizer, competition)()
    sweep.sweep(later(minutes=5))
    assert list(uses(site).values()) == [1, 1]  # that of the bank's task, and that of the competition
    ada.join(competition)
    ada.submit(competition)
    other_data(organizer, competition)()
    sweep.sweep(later(minutes=5))
    assert list(uses(site).values()) == [1, 1, 1]
    replaced = list(uses(site))[1]
    refused = organizer.call("DELETE", f"/datasets/{replaced}")
    assert (refused.status, "in use" in refused.body["detail"]) == (409, True)


def test_an_upload_in_parts_that_was_cut_off_at_its_beginning_is_gone_a_day_later(
    site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SINGLE_BYTES", 1024)
    content = builders.archive({"noise": bytes(2000)}) + bytes(2000)
    body = {"purpose": "submission", "filename": "a.zip", "size_bytes": len(content), "sha256": builders.sha256(content)}
    for cut in range(1, 4):
        with crashing(monkeypatch, cut):
            ada.call("POST", "/uploads", {**body, "part_sha256": [builders.sha256(content)]})
        sweep.sweep(later(hours=25))
        sweep.sweep(later(hours=28))
        assert (site.rows(), mistakes(site)) == ([], [])
