"""`agon logs`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agon.commands import logs
from tests.unit import fake_api
from tests.unit.command_line import CommandLine


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "PAUSE_SECONDS", 0)


def said(status: str, **printed: str) -> dict[str, object]:
    return {"status": status, "attempt": 1, "logs": printed}


def test_logs_are_shown_under_their_names(agon: CommandLine) -> None:
    agon.api.on("GET", "/submissions/s/logs", said("Scoring", scoring_stdout="one\n", scoring_stderr="careful\n"))
    assert agon("logs", "s").out == "==> scoring stdout <==\none\n==> scoring stderr <==\ncareful\n"


def test_following_shows_what_is_new_until_the_end(agon: CommandLine) -> None:
    agon.api.on("GET", "/submissions/s/logs", said("Preparing"))
    agon.api.on("GET", "/submissions/s/logs", said("Running", ingestion_stdout="one\n"))
    agon.api.on("GET", "/submissions/s/logs", said("Running", ingestion_stdout="one\ntwo\n"))
    agon.api.on("GET", "/submissions/s/logs", said("Finished", ingestion_stdout="one\ntwo\n", scoring_stdout="three\n"))
    assert agon("logs", "s", "--follow").out == "==> ingestion stdout <==\none\ntwo\n==> scoring stdout <==\nthree\n"


def test_nothing_yet_is_said(agon: CommandLine) -> None:
    agon.api.on("GET", "/submissions/s/logs", said("Submitted"))
    ran = agon("logs", "s")
    assert (ran.out, ran.said) == ("", "Nothing was printed yet.")


def test_a_strangers_program_cannot_steer_the_terminal(agon: CommandLine) -> None:
    agon.api.on(
        "GET", "/submissions/s/logs", said("Finished", scoring_stdout="\x1b]0;OWNED\x07\x1b[2Jred \x1b[31mhot\u202e\n")
    )
    assert agon("logs", "s").out == "==> scoring stdout <==\nred hot\ufffd\n"


def test_a_line_that_is_written_over_is_shown_in_its_last_state_once_it_ends(agon: CommandLine) -> None:
    for printed in ("fold 1/3", "fold 1/3\rfold 2/3", "fold 1/3\rfold 2/3\rfold 3/3\nsaved"):
        agon.api.on("GET", "/submissions/s/logs", said("Running", scoring_stdout=printed))
    agon.api.on("GET", "/submissions/s/logs", said("Finished", scoring_stdout="fold 1/3\rfold 2/3\rfold 3/3\nsaved"))
    assert agon("logs", "s", "--follow").out == "==> scoring stdout <==\nfold 3/3\nsaved\n"


def test_logs_come_as_json(agon: CommandLine) -> None:
    agon.api.on("GET", "/submissions/s/logs", said("Finished", scoring_stdout="one\n"))
    assert agon("logs", "s", "--json").json["logs"] == {"scoring_stdout": "one\n"}


def test_what_the_middle_lost_is_not_shown_twice() -> None:
    old = "start\n" + "".join(f"{number}\n" for number in range(500))
    new = "start\n[... 9 bytes left out ...]\n" + old[-1000:] + "new\n"
    assert logs.news(old, new) == "new\n"
    assert logs.news("", "all") == "all"
    assert logs.news(old, "start\n[... many bytes left out ...]\nother\n").endswith("other\n")
