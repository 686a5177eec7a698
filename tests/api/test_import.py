"""Importing bundles."""

from typing import Any

import pytest

from tests import builders
from tests.api.conftest import Person, Site


def imported(site: Site, organizer: Person, content: bytes) -> dict[str, Any]:
    upload = organizer.upload(content, "bundle")
    begun = organizer.call("POST", "/competitions", {"upload": upload})
    assert begun.status == 202, begun
    site.work()
    return organizer.call("GET", f"/imports/{begun.body['id']}").body


def test_a_bundle_becomes_a_competition(site: Site, organizer: Person) -> None:
    done = imported(site, organizer, builders.bundle(title="Guess it"))
    assert (done["status"], done["errors"], done["done"]) == ("Finished", [], done["total"])
    competition = organizer.call("GET", f"/competitions/{done['competition']}").body
    assert (competition["title"], competition["published"], competition["my_status"]) == ("Guess it", False, "organizer")
    assert [phase["state"] for phase in competition["phases"]] == ["open"]
    assert [column["key"] for column in competition["leaderboard"]["columns"]] == ["accuracy", "seconds"]


def test_its_pages_can_be_read(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    page = site.call("GET", f"/competitions/{competition['id']}/pages/0").body
    assert (page["title"], page["format"], page["content"]) == ("Overview", "markdown", "# Guess\nIt is a number.")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (builders.corrupted(builders.bundle()), "damaged"),
        (builders.archive({"competition.yaml": "version: 2\ntitle: [1, 2"}), ""),
        (builders.archive({"competition.yaml": builders.manifest()}), "scoring_program"),
    ],
    ids=["corrupt", "broken-yaml", "missing-files"],
)
def test_a_bad_bundle_is_complained_about_and_leaves_nothing(
    site: Site, organizer: Person, content: bytes, says: str
) -> None:
    done = imported(site, organizer, content)
    assert (done["status"], done["competition"]) == ("Failed", None)
    assert any(says in error["message"] + error["key"] for error in done["errors"]), done["errors"]
    assert site.object_keys("FilesBucket") == []
    assert {row["kind"] for row in site.rows()} == {"import", "upload"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (builders.archive({"readme.txt": "hello"}), "competition.yaml"),
        (builders.archive({"competition.yaml": builders.manifest(), "../evil": "x"}), "outside"),
    ],
    ids=["no-manifest", "traversal"],
)
def test_a_bundle_whose_directory_is_wrong_is_refused_at_once_and_not_kept(
    site: Site, organizer: Person, content: bytes, says: str
) -> None:
    answer = organizer.call("POST", "/competitions", {"upload": organizer.upload(content, "bundle")})
    assert answer.status == 422
    assert says in answer.body["errors"][0]["message"]
    assert (site.object_keys("FilesBucket"), site.messages()) == ([], [])
    # The upload's row waits for what may still arrive.
    assert {row["kind"] for row in site.rows()} == {"upload"}


def test_a_repeated_task_makes_no_second_competition(site: Site, organizer: Person) -> None:
    organizer.competition()
    before = len(site.rows())
    import_ = next(row for row in site.rows() if row["kind"] == "import")
    from chalicelib.aws import messages

    messages.send_import(import_["id"])
    site.work()
    assert len(site.rows()) == before


def test_a_submission_is_no_bundle(site: Site, organizer: Person) -> None:
    upload = organizer.upload(builders.submission())
    assert organizer.call("POST", "/competitions", {"upload": upload}).status == 422


def test_nobody_sees_somebody_elses_import(site: Site, organizer: Person, ada: Person) -> None:
    upload = organizer.upload(builders.bundle(), "bundle")
    import_ = organizer.call("POST", "/competitions", {"upload": upload}).body
    assert ada.call("GET", f"/imports/{import_['id']}").status == 404
