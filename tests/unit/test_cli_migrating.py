"""`agon migrate codabench`: how the token comes, what a terminal of 80 columns shows, and what scripts get."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agon import terminal
from agon.commands import migrating
from agon.migration.report import Left, Line, Report
from tests import codabench_site
from tests.codabench_site import PASSWORD, TOKEN, FakeCodabench
from tests.unit import fake_api
from tests.unit.command_line import CommandLine


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"CODABENCH_TOKEN": None})


@pytest.fixture
def there() -> Iterator[FakeCodabench]:
    with codabench_site.running() as site:
        site.person("ada")
        site.person("eve\x1b[2J", email="")
        site.submit("ada", 0.5, leaderboard=7)
        site.submit("eve\x1b[2J", None, status="Running")
        yield site


def test_a_dry_run_tells_what_would_come_and_changes_nothing(
    agon: CommandLine, there: FakeCodabench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = agon("migrate", "codabench", there.url, "--dry-run", CODABENCH_TOKEN=TOKEN)
    assert ran.code == 0, ran.err
    assert "It is Running there" in ran.out and "Nothing was changed" in ran.out
    assert "\x1b" not in ran.out + ran.err and TOKEN not in ran.out + ran.err
    assert {one.method for one in there.asked} == {"GET"} and agon.api.requests == []
    assert not list(agon.home.glob("codabench-*"))
    told = agon("migrate", "codabench", there.url, "--dry-run", "--json", CODABENCH_TOKEN=TOKEN).json
    assert (told["submissions"], told["would_come"], told["phases"], told["participants"]) == (2, 1, 2, 2)


def test_the_token_comes_by_a_file_that_nobody_else_reads(agon: CommandLine, there: FakeCodabench, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o644)
    words = ("migrate", "codabench", there.url, "--dry-run", "--token-file", str(file))
    refused = agon(*words)
    assert refused.code == 1 and "chmod 600" in refused.said and there.asked == []
    file.chmod(0o600)
    assert agon(*words).code == 0
    for odd in ("", "two words", "\x00\x01", "é"):
        file.write_text(odd)
        assert agon(*words).code == 1
    assert agon(*words[:-1], str(tmp_path / "none")).code == 1


def test_without_one_it_is_asked_for_and_not_shown(agon: CommandLine, there: FakeCodabench) -> None:
    ran = agon("migrate", "codabench", there.url, "--dry-run", stdin=f"{TOKEN}\n")
    assert (ran.code, TOKEN in ran.out + ran.err) == (0, False)
    by_password = agon("migrate", "codabench", there.url, "--dry-run", "--username", "olga", stdin=f"{PASSWORD}\n")
    assert (by_password.code, PASSWORD in by_password.out + by_password.err) == (0, False)
    wrong = agon("migrate", "codabench", there.url, "--dry-run", "--username", "olga", stdin="wrong\n")
    assert wrong.code == 1 and "user name and password" in wrong.said


def test_a_token_is_no_argument(agon: CommandLine, there: FakeCodabench) -> None:
    assert agon("migrate", "codabench", there.url, "--token", TOKEN).code == 2
    assert agon("migrate", "codabench", there.url, TOKEN).code == 2
    assert there.asked == []


def test_a_refused_token_and_another_address_are_told(agon: CommandLine, there: FakeCodabench) -> None:
    refused = agon("migrate", "codabench", there.url, "--dry-run", CODABENCH_TOKEN="0" * 40)
    assert refused.code == 1 and "does not let this token" in refused.said
    elsewhere = agon("migrate", "codabench", "https://example.org/", "--json", CODABENCH_TOKEN=TOKEN)
    assert elsewhere.code == 1 and "no competition's address" in elsewhere.json["error"]["detail"]


def test_nobody_who_is_signed_in_nowhere_moves_anything(agon: CommandLine, there: FakeCodabench) -> None:
    ran = agon("migrate", "codabench", there.url, CODABENCH_TOKEN=TOKEN)
    assert ran.code == 1 and "agon login" in ran.said
    assert {one.method for one in there.asked} == {"GET"}


def test_the_report_fits_a_terminal_of_eighty_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = Report("Guess\x1b[2J", "https://cb.example/competitions/12/", "01jd8x3v6w8r2k5m7q9s1t3v5y")
    report.lines += [
        Line("Phases", 2, 2),
        Line("Submissions", 1204, 1201, "with their times and scores"),
        Line("Rows of “Only”", 40, 40),
    ]
    report.left += [
        Left("submission", f"{number} of ada to “Only”", "Storage has no such file any more.") for number in range(25)
    ]
    report.notes.append("Logs, outputs and detailed results stay there.")
    monkeypatch.setattr(terminal, "_PIPE_COLUMNS", 80)
    migrating._show(report, Path("codabench-cb.example-12/report.md"))
    out = capsys.readouterr().out
    drawn = [line for line in out.splitlines() if not line.startswith(("- ", "The whole"))]
    assert max(map(len, drawn)) <= 80 and "\x1b" not in out
    assert "And 5 more." in out and "agon competitions publish" in out and "1204" in out


def test_what_was_collected_is_told(agon: CommandLine) -> None:
    agon.api.on("POST", "/competitions/c/collect", {"submissions": 1, "left": 0})
    agon.api.on("POST", "/competitions/c/collect", {"submissions": 2, "left": 1})
    agon.api.on("POST", "/competitions/c/collect", {"submissions": 0, "left": 0})
    said = [agon("competitions", "collect", "c", AGON_TOKEN="t").out.strip() for _ in range(3)]
    assert said == [
        "1 submission from another site is yours.",
        "2 submissions from another site are yours. 1 are being run again at this moment: collect them in a while.",
        "Nothing was brought from another site under your address.",
    ]
    assert json.loads(agon("competitions", "collect", "c", "--json", AGON_TOKEN="t").out) == {"submissions": 0, "left": 0}
