"""`agon admin`."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition

FREE = {"id": "u-eve", "username": "eve", "ban": None}
BANNED = FREE | {"ban": {"at": NOW, "by": "root", "reason": "Two accounts."}}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_somebody_is_found_by_name_or_by_address(agon):
    agon.api.on("POST", "/site/accounts", FREE)
    assert "eve (u-eve) is not banned." in agon("admin", "find", "eve").out
    agon("admin", "find", "eve@example.org")
    assert [one.body for one in agon.api.asked("POST", "/site/accounts")] == [
        {"username": "eve"},
        {"address": "eve@example.org"},
    ]


def test_nobody_is_banned_without_a_reason(agon):
    agon.api.on("POST", "/site/accounts/eve/ban", BANNED)
    assert agon("admin", "ban", "eve").code == 2
    ran = agon("admin", "ban", "eve", "--reason", "Two accounts.")
    assert agon.api.asked("POST", "/site/accounts/eve/ban")[0].body == {"reason": "Two accounts."}
    assert "by root: Two accounts." in ran.out


def test_who_is_banned_is_listed_and_let_in_again(agon):
    agon.api.on("GET", "/site/accounts", {"accounts": [BANNED], "next": None})
    assert all(told in agon("admin", "banned").out for told in ("eve", "root", "Two accounts."))
    agon.api.on("DELETE", "/site/accounts/eve/ban", FREE)
    assert "is not banned" in agon("admin", "restore", "eve", "--reason", "Sorry.").out
    assert agon.api.asked("DELETE", "/site/accounts/eve/ban")[0].query == "reason=Sorry."


def test_competitions_are_approved_or_refused_with_a_reason(agon):
    card = competition() | {"id": "c", "title": "Tides", "published": False}
    agon.api.on("PATCH", "/site", {"paused": False, "message": "", "approval": True})
    agon.api.on("GET", "/site/approvals", {"competitions": [card], "next": None})
    agon.api.on("POST", "/site/approvals/c", card)
    agon.api.on("POST", "/competitions/c/publish", card | {"waiting_since": NOW})
    assert "wait for approval" in agon("admin", "approval", "on").out
    assert "Tides" in agon("admin", "waiting").out
    assert agon("admin", "refuse", "c").code == 2
    assert "stays a draft" in agon("admin", "refuse", "c", "--reason", "Whose data?").out
    assert "published" in agon("admin", "approve", "c").out
    assert [one.body["decision"] for one in agon.api.asked("POST", "/site/approvals/c")] == ["refused", "approved"]
    assert "waits for the approval" in agon("competitions", "publish", "c").out


def test_the_site_takes_no_submissions_for_a_while_and_says_why(agon):
    agon.api.on("PATCH", "/site", {"paused": True, "message": "We move house until noon.", "approval": False})
    assert "takes no submissions" in agon("admin", "pause", "--message", "We move house until noon.").out
    agon.api.on("PATCH", "/site", {"paused": False, "message": "", "approval": False})
    assert "takes submissions again" in agon("admin", "resume").out
    sent = [one.body for one in agon.api.asked("PATCH", "/site")]
    assert sent == [{"paused": True, "message": "We move house until noon."}, {"paused": False}]


def test_the_audit_log_is_told_and_can_be_kept_elsewhere(agon):
    entry = {
        "id": "d", "at": NOW, "by": "root", "what": "looked_up", "submission": None, "participant": "eve",
        "before": None, "after": None, "reason": "",
    }  # fmt: skip
    agon.api.on("GET", "/site/audit", {"deeds": [entry], "next": None})
    assert "looked up" in agon("admin", "audit").out
    assert agon("admin", "audit", "--json").json == {"deeds": [entry]}


def test_the_audit_log_is_kept_whole_in_a_file_in_which_nothing_is_a_formula(agon, tmp_path):
    told = {"competition": "01a", "title": "Café"}
    entry = {
        "id": "d", "at": NOW, "by": "root", "what": "featured", "submission": None, "participant": None,
        "before": None, "after": told, "reason": "=1+1",
    }  # fmt: skip
    agon.api.on("GET", "/site/audit", {"deeds": [entry, entry], "next": "d"})
    agon.api.on("GET", "/site/audit", {"deeds": [entry], "next": None})
    file = tmp_path / "audit.csv"
    assert "3 lines" in agon("admin", "audit", "--csv", str(file)).out
    header, *lines = csv.reader(file.read_text("utf-8").splitlines())
    assert header == ["at", "by", "what", "participant", "reason", "before", "after", "submission"]
    assert lines == [[NOW, "root", "featured", "", "'=1+1", "", '{"competition": "01a", "title": "Café"}', ""]] * 3
    assert [one.query for one in agon.api.asked("GET", "/site/audit")] == ["", "cursor=d"]


def test_a_file_of_the_audit_log_that_is_not_whole_is_not_left(agon, tmp_path):
    entry = {
        "at": NOW, "by": "root", "what": "paused", "submission": None, "participant": None,
        "before": None, "after": None, "reason": "",
    }  # fmt: skip
    agon.api.on("GET", "/site/audit", {"deeds": [entry], "next": "d"})
    refused = {"title": "Not allowed", "detail": "Administrators alone.", "status": 403}
    agon.api.on("GET", "/site/audit", refused, 403)
    assert agon("admin", "audit", "--csv", str(tmp_path / "audit.csv")).code != 0
    assert not [*tmp_path.glob("audit*")]


def test_what_an_act_was_about_is_told_of_each_that_names_nobody(agon):
    entry = {
        "id": "d", "at": NOW, "by": "root", "what": "distrusted", "submission": None, "participant": None,
        "before": {"site": "https://far.example", "key": "00"}, "after": None, "reason": "",
    }  # fmt: skip
    agon.api.on("GET", "/site/audit", {"deeds": [entry], "next": None})
    assert "https://far.example" in agon("admin", "audit").out


DEPARTURE = {
    "username": "eve", "into": None, "known_as": "deleted-user-0a1b2c3d", "competitions": 1, "teams": [],
    "obstacles": [{"what": "competition", "id": "c1", "title": "Tides", "advice": "hand it over first."}],
    "stays": ["Scores."], "goes": ["The sign-in."], "status": None, "reason": "",
}  # fmt: skip


def test_somebodys_account_is_removed_with_a_reason_or_looked_at_first(agon):
    path = "/site/accounts/eve/removal"
    agon.api.on("GET", path, DEPARTURE).on("POST", path, DEPARTURE | {"obstacles": [], "status": "Waiting"}, 202)
    assert "Tides (c1): hand it over first." in agon("admin", "remove", "eve", "--preview").out
    assert agon("admin", "remove", "eve").code == 2 and not agon.api.asked("POST", path)
    assert "ordered, and is waiting" in agon("admin", "remove", "eve", "--reason", "A letter.").out
    assert agon.api.asked("POST", path)[0].body == {"reason": "A letter."}


def test_two_accounts_are_merged_with_a_reason_or_looked_at_first(agon):
    path, both = "/site/accounts/eve/merger", DEPARTURE | {"into": "ada", "known_as": "ada", "obstacles": []}
    agon.api.on("GET", path, both).on("POST", path, both | {"status": "Failed", "reason": "Two teams."}, 202)
    assert "becomes part of ada" in agon("admin", "merge", "eve", "--into", "ada", "--preview").out
    assert agon.api.asked("GET", path)[0].query == "into=ada"
    assert agon("admin", "merge", "eve", "--into", "ada").code == 2
    ran = agon("admin", "merge", "eve", "--into", "ada", "--reason", "Both signed.")
    assert "failed: Two teams." in ran.out
    assert agon.api.asked("POST", path)[0].body == {"into": "ada", "reason": "Both signed."}


def ago(**time):
    return (datetime.now(UTC) - timedelta(**time)).isoformat()


def status(**told):
    parts = dict.fromkeys(("table", "files", "runs", "tasks", "accounts"), True)
    lines = [
        {"queue": "default", "name": "", "waiting": 0, "since": None, "runners_alive": 2},
        {"queue": "q", "name": "Lab", "waiting": 3, "since": ago(minutes=90), "runners_alive": 0},
    ]
    days = [
        {"day": f"{datetime.now(UTC):%Y-%m-%d}", "finished": 12, "failed": 4, "cancelled": 1},
        {"day": "2026-01-01", "finished": 0, "failed": 0, "cancelled": 0},
    ]
    about = {"version": "0.1.0", "swept_at": ago(seconds=20), "looked_at": 7, "lines": lines, "days": days}
    health = parts | {"seconds_since_sweep": 20} | told.pop("health", {})
    return {**about, "health": health, "tasks_waiting": 5, "failures": 0, "given_up": 0, **told}


def test_how_the_site_does_is_told_on_one_screen(agon):
    agon.api.on("GET", "/site/status", status())
    told = agon("admin", "status").out
    assert "Every part of the site answers." in told and "of 7 due" in told and "5 waiting" in told
    cells = [[cell.strip() for cell in line.split("│")][1:-1] for line in told.splitlines()]
    assert ["q", "Lab", "3", "1 h", "0 alive"] in cells and ["default", "The site's own", "0", "–", "2 alive"] in cells
    assert ["Today", "12", "4", "1"] in cells
    assert "Nothing in the background fails." in told
    assert agon("admin", "status", "--json").json["health"] == status()["health"]


def test_what_is_wrong_with_the_site_is_told_with_what_to_do(agon):
    late = {"tasks": False, "seconds_since_sweep": 900}
    told = status(health=late, swept_at=ago(minutes=15), tasks_waiting=None, failures=3, given_up=1)
    agon.api.on("GET", "/site/status", told)
    out = agon("admin", "status").out
    assert "Does not answer: tasks queue." in out and "the queue does not answer" in out
    assert "look at the log of the function Sweep" in out
    assert "3 fail, of which 1 are given up: agon admin failures" in out


def test_before_the_first_sweep_there_is_nothing_to_tell_of_lines(agon):
    agon.api.on("GET", "/site/status", status(health={"seconds_since_sweep": None}, swept_at=None, looked_at=0, lines=[]))
    assert "No sweep has ended yet." in agon("admin", "status").out


def test_trouble_of_the_site_is_told_with_the_id_by_which_its_log_has_it(agon):
    broken = {"title": "Our fault", "detail": "Something broke on our side and was logged.", "status": 500, "code": "broken"}
    named = {"Agon-Request-Id": "a" * 32}
    agon.api.on("GET", "/site/status", broken, 500, **named)
    ran = agon("admin", "status")
    assert ran.code == 1 and f"In the site's log it is request {'a' * 32}." in ran.said
    assert agon("admin", "status", "--json").json["error"]["request"] == "a" * 32


@pytest.mark.parametrize("given", ["short", "x" * 65, "<script>alert</script>"])
def test_what_is_no_id_of_a_request_is_not_shown(agon, given):
    agon.api.on("GET", "/site/status", {"title": "Our fault", "detail": "It broke."}, 500, **{"Agon-Request-Id": given})
    assert given not in agon("admin", "status").said


def test_a_refusal_needs_no_id(agon):
    refused = {"title": "Not allowed", "detail": "Only an administrator of this site may do this."}
    agon.api.on("GET", "/site/status", refused, 403, **{"Agon-Request-Id": "a" * 32})
    assert "request" not in agon("admin", "status").said


@pytest.mark.parametrize(
    ("command", "path", "answer", "said"),
    [
        (["failures"], "/site/failures", {"failures": [], "next": None}, "Nothing failed."),
        (["banned"], "/site/accounts", {"accounts": [], "next": None}, "Nobody is banned."),
        (["reports"], "/site/reports", {"reports": [], "next": None}, "Nothing is reported."),
        (
            ["storage", "--differences"],
            "/site/storage/differences",
            {"differences": [], "next": None},
            "Every count was right",
        ),
    ],
)
def test_what_is_empty_is_said_in_words(agon, command, path, answer, said):
    agon.api.on("GET", path, answer)
    assert said in agon("admin", *command).out


def test_before_the_first_review_of_storage_there_is_said_how_to_have_one(agon):
    quotas = {"account_quota_bytes": None, "competition_quota_bytes": None}
    agon.api.on("GET", "/site/storage", {**quotas, "reviews": [], "holders": [], "next": None})
    assert "There was no review yet: --review." in agon("admin", "storage").out
