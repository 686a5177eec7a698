"""What accounts and competitions store: counted exactly, held to quotas, and compared with the buckets."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.administration import storage_reviews
from chalicelib.actions.background import jobs, sweep
from chalicelib.domain.metering import room
from chalicelib.store import table
from chalicelib.store.metering import reviews, storage
from chalicelib.store.metering.reviews import StorageReview
from tests import builders
from tests.api.books import crashing, miscounted
from tests.api.conftest import Person, Site, client

PROGRAM = builders.archive({"metadata.yaml": "command: x"})


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


def review_first() -> None:
    """The first review of a site sets counts right by itself; those of tests are later ones."""
    review(now=later(minutes=30))


def stored(person: Person, competition: dict[str, Any] | None = None) -> dict[str, Any]:
    """What is stored, without the kinds of which there is nothing."""
    path = f"/competitions/{competition['id']}/storage" if competition else "/me/storage"
    found: dict[str, Any] = person.call("GET", path).body
    return {kind: size for kind, size in found["bytes"].items() if size} | {"total": found["total_bytes"]}


def dataset(person: Person) -> str:
    made = person.call(
        "POST", "/datasets", {"upload": person.upload(PROGRAM, "dataset"), "type": "solution", "name": "Mine"}
    )
    return str(made.body["id"])


def review(mends: bool = False, now: datetime | None = None) -> StorageReview:
    """Review the buckets in an hour, when nothing moves any more."""
    now = now or later(hours=1)
    made = reviews.new(f"r{now:%Y%m%d%H%M%S%f}", mends, now)
    assert jobs.jobs.create(made)
    jobs.run(StorageReview, made.id, now, now + timedelta(minutes=15))
    (found,) = [one for one in reviews.newest(5) if one.id == made.id]
    assert found.status == "Finished", found.reason
    return found


def told(admin: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = admin.call("GET", "/site/storage/differences").body["differences"]
    return found


def test_what_is_sent_counts_for_its_sender_and_becomes_what_it_is_used_as(
    site: Site, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    content = builders.submission()
    before = stored(organizer, competition)
    upload = ada.upload(content)
    assert stored(ada) == {"uploads": len(content), "total": len(content)}
    made = ada.call("POST", f"/phases/{competition['phases'][0]['id']}/submissions", {"upload": upload}).body["id"]
    assert stored(ada) == {"submissions": len(content), "total": len(content)}
    assert stored(organizer, competition)["submissions"] == len(content)
    ada.call("POST", f"/submissions/{made}/cancel")
    assert ada.call("DELETE", f"/submissions/{made}").status == 200
    sweep.sweep(later(minutes=5))
    assert stored(ada) == {"total": 0}
    assert stored(organizer, competition) == before
    assert miscounted(site) == []


def test_a_competition_has_its_bundle_and_its_pages_and_its_owner_the_data(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    assert set(stored(organizer, competition)) == {"bundles", "total"}
    assert set(stored(organizer)) == {"bundles", "datasets", "total"}
    clone = organizer.call("POST", f"/competitions/{competition['id']}/clone", {"title": "Again"}).body
    assert 0 < stored(organizer, clone)["bundles"] < stored(organizer, competition)["bundles"]
    assert miscounted(site) == []


def test_a_dump_is_counted_until_it_is_removed(site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    competition = organizer.competition()
    path = f"/competitions/{competition['id']}/dumps"
    dump = organizer.call("POST", path, {"form": "full"}).body["id"]
    assert organizer.call("DELETE", f"{path}/{dump}").status == 409
    site.work()
    size = organizer.call("GET", f"{path}/{dump}").body["size_bytes"]
    assert stored(organizer, competition)["exports"] == size
    cut, is_over = 0, False
    while not is_over:
        cut += 1
        with crashing(monkeypatch, cut) as calls:
            answer = organizer.call("DELETE", f"{path}/{dump}")
        is_over = len(calls) < cut
    assert answer.status == 200
    assert "exports" not in stored(organizer, competition)
    assert [key for key in site.object_keys("FilesBucket") if key.startswith("dumps/")] == []
    assert organizer.call("DELETE", f"{path}/{dump}").status == 404


def test_who_has_no_room_is_told_so_before_anything_is_sent(site: Site, admin: Person, ada: Person) -> None:
    upload = ada.upload(PROGRAM, "dataset")
    most = len(PROGRAM) + 10
    assert admin.call("PATCH", "/site/storage", {"account_quota_bytes": most}).status == 200
    body = {"purpose": "dataset", "filename": "a.zip", "size_bytes": 11, "sha256": "0" * 64}
    refused = ada.call("POST", "/uploads", body)
    assert (refused.status, "agon storage" in refused.body["detail"]) == (413, True), refused
    assert ada.call("POST", "/uploads", {**body, "size_bytes": 10}).status == 201
    assert ada.call("POST", "/uploads", {**body, "size_bytes": 1}).status == 413
    assert ada.call("DELETE", f"/uploads/{upload}").status == 200
    assert ada.call("POST", "/uploads", {**body, "size_bytes": 1}).status == 201


def test_a_quota_of_ones_own_stands_in_place_of_the_sites(site: Site, admin: Person, ada: Person) -> None:
    body = {"purpose": "dataset", "filename": "a.zip", "size_bytes": 10, "sha256": "0" * 64}
    admin.call("PATCH", "/site/storage", {"account_quota_bytes": 5})
    assert ada.call("POST", "/uploads", body).status == 413
    changed = admin.call("PATCH", "/site/accounts/ada/storage", {"quota_bytes": 100}).body
    assert (changed["quota_bytes"], changed["own_quota"]) == (100, True)
    assert ada.call("POST", "/uploads", body).status == 201
    assert admin.call("GET", "/site/accounts/ada/storage").body["total_bytes"] == 10
    assert admin.call("PATCH", "/site/accounts/ada/storage", {"quota_bytes": None}).body["quota_bytes"] == 5
    assert admin.call("PATCH", "/site/accounts/nobody-here/storage", {"quota_bytes": 1}).status == 404
    assert admin.call("PATCH", "/site/storage", {}).status == 422
    deeds = admin.call("GET", "/site/audit").body["deeds"]
    assert [(one["what"], one["participant"]) for one in deeds] == [
        ("quota_set", "ada"),
        ("quota_set", "ada"),
        ("quota_set", None),
    ]


def test_two_uploads_at_one_moment_do_not_share_the_last_room(
    site: Site, admin: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have read that there is room; one is told that there is none."""
    admin.call("PATCH", "/site/storage", {"account_quota_bytes": 15})
    body = {"purpose": "dataset", "filename": "a.zip", "size_bytes": 10, "sha256": "0" * 64}
    monkeypatch.setattr(room, "check_account", lambda *_: None)
    assert [ada.call("POST", "/uploads", body).status for _ in range(2)] == [201, 413]


def test_a_full_competition_takes_no_submission_dump_or_export(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    path, phase = f"/competitions/{competition['id']}", competition["phases"][0]["id"]
    most = stored(organizer, competition)["total"] + 1
    assert admin.call("PATCH", f"{path}/storage", {"quota_bytes": most}).status == 200
    refused = ada.submit(competition)
    assert (refused.status, "may store" in refused.body["detail"]) == (413, True)
    assert organizer.call("POST", f"{path}/dumps", {"form": "light"}).status == 202
    assert admin.call("PATCH", f"{path}/storage", {"quota_bytes": most - 1}).status == 200
    assert organizer.call("POST", f"{path}/dumps", {"form": "light"}).status == 413
    assert organizer.call("POST", f"/phases/{phase}/parcels", {}).status == 413
    assert admin.call("PATCH", f"{path}/storage", {"quota_bytes": None}).status == 200
    assert ada.submit(competition).status == 201


def test_a_review_finds_what_was_counted(site: Site, admin: Person, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    ada.submit(competition)
    dataset(ada)
    ada.upload(builders.submission())
    organizer.call("POST", f"/competitions/{competition['id']}/dumps", {"form": "full"})
    site.work()
    found = review()
    assert (found.differing, found.moving, found.unclaimed) == (0, 0, 0)
    assert int(found.objects) == len(site.object_keys("FilesBucket")) + len(site.object_keys("RunsBucket"))
    largest = admin.call("GET", "/site/storage").body
    (one,) = largest["holders"]
    assert (one["name"], one["total_bytes"]) == (competition["title"], stored(organizer, competition)["total"])
    accounts = admin.call("GET", "/site/storage?holders=account").body["holders"]
    assert {row["name"] for row in accounts} == {"ada", "olga"}
    assert admin.call("GET", "/site/usage").body["days"][-1]["stored_bytes"] is not None


def test_what_a_former_build_did_not_count_is_told_and_set_right_when_asked(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    ada.submit(competition)
    before = stored(organizer, competition), stored(ada)
    review_first()
    _forget_counters(site)
    assert stored(ada) == {"total": 0}
    assert int(review().differing) == 3  # both people, and the competition
    assert {(one["kind"], one["counted"].get("submissions", 0)) for one in told(admin)} == {
        ("account", 0),
        ("competition", 0),
    }
    assert stored(ada) == {"total": 0}
    found = review(mends=True, now=later(hours=2))
    assert (int(found.differing), int(found.mended)) == (3, 3)
    assert (stored(organizer, competition), stored(ada)) == before
    assert int(review(now=later(hours=3)).differing) == 0 and told(admin) == []
    assert miscounted(site) == []


def test_two_reviews_at_one_time_set_counts_right_once(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    ada.submit(competition)
    dataset(ada)
    review_first()
    _forget_counters(site)
    real = reviews.mend

    def meeting(*said: Any) -> bool:
        monkeypatch.setattr(reviews, "mend", real)
        # The other comes between what this one has read and what it writes.
        assert int(review(mends=True, now=later(hours=3)).mended) == 3
        return real(*said)

    monkeypatch.setattr(reviews, "mend", meeting)
    review(mends=True, now=later(hours=2))
    assert miscounted(site) == []


def test_kinds_that_were_counted_as_each_other_are_set_right_once(site: Site, ada: Person) -> None:
    dataset(ada)
    holder = storage.account(ada.id)
    (counted,) = table.read_many(storage.places(holder))
    swapped = {"datasets": -len(PROGRAM), "bundles": len(PROGRAM)}
    assert [reviews.mend(holder, swapped, [counted]) for _ in range(2)] == [True, False]
    assert stored(ada) == {"bundles": len(PROGRAM), "total": len(PROGRAM)}


def test_what_vanished_from_the_bucket_is_told(site: Site, admin: Person, ada: Person) -> None:
    dataset(ada)
    review()
    (key,) = site.object_keys("FilesBucket")
    client("s3").delete_object(Bucket=site.outputs["FilesBucket"], Key=key)
    assert int(review(now=later(hours=2)).differing) == 1
    (one,) = told(admin)
    assert (one["id"], one["found"]["datasets"], one["counted"]["datasets"]) == (ada.id, 0, len(PROGRAM))


def test_who_is_counted_meanwhile_is_left_to_the_next_night(site: Site, admin: Person, ada: Person) -> None:
    dataset(ada)
    _forget_counters(site)
    dataset(ada)
    found = review(mends=True, now=later(minutes=-1))
    assert (int(found.moving), int(found.differing), int(found.mended)) == (1, 0, 0)
    assert stored(ada)["total"] == len(PROGRAM)


def test_what_runs_left_is_measured_and_failed_ones_could_go(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    runner = site.runner_token(admin)
    for outcome in ({"fault": "participant", "reason": "It broke."}, {}):
        made = ada.submit(competition).body["id"]
        job = site.claim(made, runner).body
        client("s3").put_object(Bucket=site.outputs["RunsBucket"], Key=f"runs/{made}/1/output.zip", Body=b"x" * 100)
        assert site.finish(job, {} if outcome else {"accuracy": 1.0}, **outcome).status == 200
    assert "outputs" not in stored(organizer, competition)
    assert int(review().differing) == 0
    assert stored(organizer, competition)["outputs"] == 200
    suggestions = organizer.call("GET", f"/competitions/{competition['id']}/storage").body["suggestions"]
    assert [(one["what"], one["size_bytes"]) for one in suggestions] == [("failed_outputs", 100)]


def test_datasets_that_nothing_uses_could_go(site: Site, organizer: Person) -> None:
    organizer.competition()
    dataset(organizer)
    assert organizer.call("GET", "/me/storage").body["suggestions"] == []
    review()
    (one,) = organizer.call("GET", "/me/storage").body["suggestions"]
    assert (one["what"], one["size_bytes"]) == ("unused_datasets", len(PROGRAM))


def test_objects_of_no_row_are_told_when_they_are_old(site: Site, admin: Person) -> None:
    for key in ("uploads/nobody.zip", "runs/nobody/1/output.zip"):
        bucket = "FilesBucket" if key.startswith("uploads") else "RunsBucket"
        client("s3").put_object(Bucket=site.outputs[bucket], Key=key, Body=b"lost")
    assert int(review().unclaimed) == 0
    found = review(now=later(days=2))
    assert (int(found.unclaimed), int(found.unclaimed_bytes)) == (2, 8)
    assert sorted(found.examples) == ["runs/nobody/1/output.zip", "uploads/nobody.zip"]


def test_a_review_that_broke_off_anywhere_goes_on_and_counts_nothing_twice(
    site: Site, admin: Person, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    ada.submit(competition)
    monkeypatch.setattr("chalicelib.aws.objects.LISTED_AT_ONCE", 3)
    monkeypatch.setattr("chalicelib.actions.administration.storage_reviews.MOST_HOLDERS", 2)
    now = later(hours=1)
    made = reviews.new("cut", False, now)
    assert jobs.jobs.create(made)
    cut, is_over = 0, False
    while not is_over:
        cut += 3
        with crashing(monkeypatch, cut % 17 + 2) as calls:
            jobs.run(StorageReview, "cut", now, now + timedelta(minutes=15))
        is_over = (found := reviews.find("cut")) is not None and found.status == "Finished"
        if not is_over:
            assert found is not None
            # The sweeper, when the lease is over.
            jobs.jobs.wait_again(found, now)
        assert cut < 600, calls
    assert found is not None
    assert (int(found.differing), int(found.objects)) == (0, len(site.object_keys("FilesBucket")))
    assert int(found.size_bytes) == sum(
        one["Size"] for one in client("s3").list_objects_v2(Bucket=site.outputs["FilesBucket"])["Contents"]
    )


def test_each_night_one_review_begins_and_the_first_sets_counts_right(site: Site, organizer: Person) -> None:
    organizer.competition()
    _forget_counters(site)
    now = later(minutes=0)
    for _ in range(2):
        storage_reviews.begin_nightly(now)
    (waiting,) = reviews.newest(5)
    assert (waiting.status, waiting.created_at.hour) == ("Waiting", 3)
    assert timedelta() < waiting.created_at - now <= timedelta(days=1)
    sweep.sweep(waiting.created_at + timedelta(minutes=1))
    site.work()
    (found,) = reviews.newest(5)
    assert (found.status, bool(found.mends), int(found.mended)) == ("Finished", True, 2)
    assert miscounted(site) == []


def test_administrators_have_a_review_now_and_only_one(site: Site, admin: Person, organizer: Person) -> None:
    organizer.competition()
    # The coming night's is in nobody's way.
    storage_reviews.begin_nightly(later())
    begun = admin.call("POST", "/site/storage/reviews", {"mends": True})
    assert (begun.status, begun.body["status"]) == (202, "Waiting")
    assert admin.call("POST", "/site/storage/reviews", {"mends": True}).status == 409
    site.work()
    found, _ = sorted(admin.call("GET", "/site/storage").body["reviews"], key=lambda one: str(one["created_at"]))
    assert (found["status"], found["id"]) == ("Finished", begun.body["id"])
    assert [one["what"] for one in admin.call("GET", "/site/audit").body["deeds"]] == ["storage_mended"]


def _forget_counters(site: Site) -> None:
    """As it is where a former build stored everything."""
    dynamodb, name = client("dynamodb"), site.outputs["TableName"]
    for row in site.worlds.rows():
        if row["kind"]["S"] == "storage_counter":
            dynamodb.delete_item(TableName=name, Key={"pk": row["pk"], "sk": row["sk"]})
