"""`agon storage`, and `agon admin storage`, `quota`, `usage` and `reports`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine

KINDS = {"uploads": 0, "submissions": 2_000, "datasets": 0, "bundles": 500, "outputs": 0, "exports": 0}
STORAGE = {
    "total_bytes": 2_500,
    "bytes": KINDS,
    "quota_bytes": 5_000_000,
    "own_quota": True,
    "reviewed_at": NOW,
    "suggestions": [{"what": "old_dumps", "size_bytes": 500, "how": "Remove them."}],
}
REVIEW = {
    "id": "r", "status": "Finished", "mends": False, "created_at": NOW, "objects": 12, "size_bytes": 3_000, "site_bytes": 0,
    "unclaimed": 1, "unclaimed_bytes": 1, "examples": ["x"], "differing": 2, "moving": 0, "mended": 0, "reason": "",
}  # fmt: skip
HOLDER = {"kind": "account", "id": "u", "name": "eve", "total_bytes": 2_500, "bytes": KINDS, "cleanable": {"old_dumps": 5}}
SITE = {
    "account_quota_bytes": None,
    "competition_quota_bytes": 7_000_000,
    "reviews": [REVIEW],
    "holders": [HOLDER],
    "next": None,
}
DAY = {
    "day": "2026-11-29", "accounts": 1, "participants": 2, "submissions": 3, "finished": 4, "failed": 5, "cancelled": 6,
    "competitions": 7, "runner_seconds": 5400, "stored_bytes": None,
}  # fmt: skip
REPORT = {
    "id": "x", "about": "competition", "competition": "c", "title": "Tides", "place": "", "by": "ada", "reason": "Copied.",
    "at": NOW, "status": "open", "decision": None, "decided_by": "", "answer": "",
}  # fmt: skip


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_what_is_stored_is_told_with_what_could_go(agon):
    agon.api.on("GET", "/me/storage", STORAGE)
    agon.api.on("GET", "/competitions/c/storage", STORAGE)
    for ran in (agon("storage"), agon("storage", "c")):
        assert all(told in ran.out for told in ("2.5 kB of 5.0 MB", "Submissions", "500 bytes old dumps: Remove them."))


@pytest.mark.parametrize(
    ("size", "size_bytes"), [("500MB", 500_000_000), ("1.5gb", 1_500_000_000), ("7", 7), ("none", None)]
)
def test_a_quota_is_given_as_people_write_it(agon, size, size_bytes):
    agon.api.on("PATCH", "/site/accounts/eve/storage", STORAGE)
    assert agon("admin", "quota", size, "--user", "eve").code == 0
    assert agon.api.asked("PATCH", "/site/accounts/eve/storage")[0].body == {"quota_bytes": size_bytes}


def test_a_quota_says_whose_it_is(agon):
    agon.api.on("PATCH", "/site/storage", SITE)
    agon.api.on("PATCH", "/competitions/c/storage", STORAGE)
    assert agon("admin", "quota", "1GB").code == agon("admin", "quota", "1GB", "--accounts", "--user", "eve").code == 1
    assert agon("admin", "quota", "much", "--accounts").code == 1
    assert "of a competition: 7.0 MB" in agon("admin", "quota", "7MB", "--competitions").out
    agon("admin", "quota", "1GB", "--competition", "c")
    assert agon.api.asked("PATCH", "/site/storage")[0].body == {"competition_quota_bytes": 7_000_000}
    assert agon.api.asked("PATCH", "/competitions/c/storage")[0].body == {"quota_bytes": 10**9}


def test_who_stores_the_most_and_what_a_review_found_are_told(agon):
    agon.api.on("GET", "/site/storage", SITE)
    agon.api.on("POST", "/site/storage/reviews", REVIEW)
    out = agon("admin", "storage", "--accounts").out
    assert all(told in out for told in ("eve", "2.5 kB", "2 counts differ", "1 object of nobody"))
    assert agon.api.asked("GET", "/site/storage")[0].query == "holders=account"
    agon("admin", "storage", "--mend")
    assert agon.api.asked("POST", "/site/storage/reviews")[0].body == {"mends": True}


def test_usage_is_told_by_day(agon):
    agon.api.on("GET", "/site/usage", {"month": "2026-11", "days": [DAY]})
    assert all(told in agon("admin", "usage", "2026-11").out for told in ("2026-11-29", "1.5"))
    assert agon.api.asked("GET", "/site/usage")[0].query == "month=2026-11"


def test_reports_are_made_listed_and_decided_about(agon):
    agon.api.on("POST", "/competitions/c/reports", {"id": "x"})
    agon.api.on("GET", "/site/reports", {"reports": [REPORT], "next": None})
    agon.api.on("PATCH", "/site/reports/x", {})
    assert agon("competitions", "report", "c", "--reason", "Copied.", "--organizer").code == 0
    assert agon.api.asked("POST", "/competitions/c/reports")[0].body == {"about": "organizer", "reason": "Copied."}
    assert all(told in agon("admin", "reports").out for told in ("Tides", "Copied.", "ada"))
    assert agon("admin", "decide", "x", "resolved").code == 2
    assert agon("admin", "decide", "x", "resolved", "--reason", "Gone.").code == 0
    assert agon.api.asked("PATCH", "/site/reports/x")[0].body == {"decision": "resolved", "reason": "Gone."}


def test_a_dump_is_removed_by_its_id(agon):
    agon.api.on("DELETE", "/competitions/c/dumps/d", {})
    assert "d is removed." in agon("competitions", "dumps", "c", "--remove", "d").out
