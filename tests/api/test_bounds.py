"""What an account makes and calls has an end, and costs next to nothing to be counted."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.people import pace, tries
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, QuotaExceeded
from chalicelib.store import writes
from chalicelib.store.people import buckets
from chalicelib.store.people.buckets import Bucket, Refill
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.test_participants import counting

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FEW = Refill(2, timedelta(minutes=1), "You may make two.")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "_imports", lambda: FEW)


def imports(person: Person, content: bytes | None = None) -> Answer:
    upload = person.upload(content or builders.bundle(), "bundle")
    return person.call("POST", "/competitions", {"upload": upload})


def account_of(person: Person) -> Account:
    return Account(person.id, person.username, is_admin=False, signed_in_with="session")


def path_of(competition: dict[str, Any], rest: str) -> str:
    return f"/competitions/{competition['id']}/{rest}"


@pytest.mark.usefixtures("few")
def test_imports_updates_and_copies_are_counted_together_and_say_when_to_come_again(
    site: Site, organizer: Person, ada: Person, admin: Person
) -> None:
    competition = organizer.competition()
    # Its own import was perhaps another test's, by other bounds.
    buckets.fill(tries._importing(account_of(organizer)))
    assert [organizer.call("POST", path_of(competition, "clone"), {}).status for _ in range(2)] == [201] * 2
    update = {"upload": organizer.upload(builders.bundle(), "bundle")}
    found = [
        imports(organizer),
        organizer.call("POST", path_of(competition, "clone"), {}),
        organizer.call("POST", path_of(competition, "bundles"), update),
    ]
    for refused in found:
        assert (refused.status, refused.body["detail"][:17]) == (429, "You may make two.")
        assert 0 < int(refused.headers["retry-after"]) <= 61 and refused.body["next_attempt_at"]
    # What was refused is there still.
    assert organizer.call("GET", f"/uploads/{update['upload']}").body["state"] == "committed"
    assert imports(ada).status == 202
    assert [imports(admin).status for _ in range(3)] == [202] * 3


@pytest.mark.usefixtures("few")
def test_an_import_that_is_refused_for_another_reason_is_not_counted(site: Site, organizer: Person) -> None:
    begun = organizer.upload(builders.bundle(), "bundle", commit=False)
    assert [organizer.call("POST", "/competitions", {"upload": begun}).status for _ in range(3)] == [409] * 3
    assert imports(organizer, builders.archive({"readme.txt": "No bundle."})).status == 422
    used = organizer.upload(builders.bundle(), "bundle")
    assert [organizer.call("POST", "/competitions", {"upload": used}).status for _ in range(3)] == [202, 409, 409]
    assert [imports(organizer).status for _ in range(2)] == [202, 429]


def test_to_count_what_an_account_makes_costs_no_call(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition()
    for _ in range(2):
        upload = organizer.upload(builders.bundle(), "bundle")
        with counting(monkeypatch) as calls:
            assert organizer.call("POST", "/competitions", {"upload": upload}).status == 202
        assert [one for one in calls if "Object" not in one] == ["BatchGetItem", "TransactWriteItems", "SendMessage"]
    site.clean()
    competition = organizer.competition(title="To be copied")
    buckets.fill(tries._importing(account_of(organizer)))
    with counting(monkeypatch) as calls:
        assert organizer.call("POST", path_of(competition, "clone"), {}).status == 201
    first = len(calls)
    with counting(monkeypatch) as calls:
        assert organizer.call("POST", path_of(competition, "clone"), {}).status == 201
    assert len(calls) == first + 2


def test_of_two_who_saw_the_same_bucket_each_takes_a_try_and_nobody_the_last_one_twice(site: Site) -> None:
    def put(name: str) -> writes.Composer:
        return lambda write: write.save(Bucket(*Bucket.at(name), full_at=1, gone_at=NOW))

    for number in range(2):
        buckets.take_along(None, "x", FEW, NOW, put(f"made {number}"))
    with pytest.raises(QuotaExceeded):
        buckets.take_along(None, "x", FEW, NOW, put("made 2"))
    assert buckets.take_along(None, "x", FEW, NOW + timedelta(minutes=1), put("made 3")) is None

    def failing(write: writes.Transaction) -> None:
        write.save(Bucket(*Bucket.at("made 0"), full_at=1, gone_at=NOW), condition=Bucket.pk.does_not_exist())

    with pytest.raises(Conflict, match="Not this"):
        buckets.take_along(None, "x", FEW, NOW + timedelta(hours=1), failing, Conflict("Not this."))


def test_an_account_calls_only_so_often_and_others_go_on(
    site: Site, ada: Person, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "AT_ONCE", 3)
    monkeypatch.setattr(pace, "calls", lambda: Refill(6, timedelta(seconds=10), "Too often."))
    with counting(monkeypatch) as calls:
        found = [ada.call("GET", "/me") for _ in range(10)]
    # The third call of each process pays for three. Whoever has no try left costs no call until there is one.
    assert [one.status for one in found] == [200] * 8 + [429] * 2
    assert calls == ["UpdateItem", "UpdateItem", "UpdateItem", "UpdateItem", "UpdateItem"]
    assert found[-1].body["detail"].startswith("Too often. Wait until ") and int(found[-1].headers["retry-after"]) <= 30
    assert (organizer.call("GET", "/me").status, site.call("GET", "/competitions").status) == (200, 200)


def test_an_account_that_waited_calls_again_also_by_another_process(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "calls", lambda: Refill(200, timedelta(seconds=1), "Too often."))

    def let_in(at: datetime) -> int:
        for number in range(1000):
            try:
                pace.count("ada", at)
            except QuotaExceeded:
                return number
        return 1000

    assert let_in(NOW) == 299
    assert let_in(NOW + timedelta(seconds=99)) == 0
    pace.forget()
    # Another process has let nothing through yet, and is as far then.
    assert let_in(NOW) == 99
    assert let_in(NOW + timedelta(seconds=100)) == 100


def test_a_process_remembers_so_many_accounts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_REMEMBERED", 10)
    for number in range(25):
        pace.count(f"account {number}", NOW)
    assert len(pace._unpaid) <= 10
