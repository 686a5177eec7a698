"""What is stored, on the deployed stack: counted, held to a quota, reviewed against the buckets, with IAM enforced."""

import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests.stack import eventually


def _reviewed(organizer: Client, mends: bool = False) -> dict:
    begun = organizer.review_storage(mends)

    def own() -> dict:
        return dict(next(one for one in organizer.site_storage("competition")["reviews"] if one["id"] == begun["id"]))

    return dict(eventually(own, lambda found: found["status"] in ("Finished", "Failed")))


def test_a_dump_takes_storage_until_it_is_removed(organizer: Client, compete) -> None:
    competition = compete()["id"]
    before = organizer.storage(competition)["total_bytes"]
    assert before > 0
    dump = organizer.dump(competition, "full")
    assert organizer.storage(competition)["bytes"]["exports"] == dump["size_bytes"]
    organizer.remove_dump(competition, dump["id"])
    assert organizer.storage(competition)["total_bytes"] == before
    assert organizer.dumps(competition) == []


def test_a_review_lists_both_buckets_and_finds_the_competition(organizer: Client, compete) -> None:
    competition = compete()
    _reviewed(organizer)
    found = _reviewed(organizer, mends=True)
    assert (found["status"], found["objects"] > 0) == ("Finished", True), found
    assert competition["id"] in {one["id"] for one in organizer.site_storage("competition")["holders"]}
    assert organizer.usage()["days"][-1]["stored_bytes"] == found["size_bytes"]


def test_who_has_a_quota_is_held_to_it(organizer: Client, ada: Client, tmp_path) -> None:
    file = tmp_path / "big.zip"
    file.write_bytes(b"PK\x05\x06" + bytes(18))
    assert organizer.set_quota(0, username="ada")["quota_bytes"] == 0
    try:
        with pytest.raises(ProblemError) as refused:
            ada.upload(file, "dataset")
        assert refused.value.status == 413
    finally:
        organizer.set_quota(None, username="ada")


def test_a_competition_is_reported_and_decided_about(organizer: Client, ada: Client, compete) -> None:
    competition = compete()["id"]
    report = ada.report_competition(competition, "competition", "It copies mine.")["id"]
    assert report in {one["id"] for one in organizer.site_reports()}
    organizer.decide_site_report(report, "dismissed", "It does not.")
    assert report in {one["id"] for one in organizer.site_reports("resolved")}
