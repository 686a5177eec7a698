"""What the command line prints, wherever it goes, and the names that it sends."""

import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from agon import screen, terminal
from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, phase, submission, takes_uploads

ROOT = Path(__file__).parents[2]


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def printed(agon: CommandLine, encoding: str, *words: str) -> str:
    """What a terminal or a pipe of an encoding gets."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0", "AGON_API": agon.api.url}
    environment |= {"AGON_CONFIG": str(agon.home), "AGON_TOKEN": "agon_env", "COLUMNS": "80"}
    ran = subprocess.run([sys.executable, "-m", "agon.main", *words], env=environment, cwd=ROOT, capture_output=True)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.decode(encoding)


def on_a_terminal(columns: int, *words: str, **environ: str) -> str:
    """What a command shows on a terminal of so many columns, with its colours."""
    ours, theirs = os.openpty()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AGON_", "NO_COLOR"))}
    environment = {**kept, "TERM": "xterm-256color", "COLUMNS": str(columns), **environ}
    ran = subprocess.run(
        [sys.executable, "-m", "agon.main", *words], env=environment, cwd=ROOT, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 100_000):
            shown += part
    except OSError:
        # Linux says so where the other end is closed.
        pass
    os.close(ours)
    assert ran.returncode == 0, shown.decode()
    return shown.decode()


def test_nothing_in_a_warning_of_the_runners_steers_a_terminal() -> None:
    script = "import logging; logging.getLogger('runner.images').warning('The engine says: %s', chr(27) + '[2Jgone')"
    started = f"from agon import terminal; terminal.hear_warnings(); {script}"
    ran = subprocess.run([sys.executable, "-c", started], cwd=ROOT, capture_output=True, text=True)
    assert ran.stderr == "The engine says: \N{REPLACEMENT CHARACTER}[2Jgone\n"


DOWNLOAD = """
from agon import screen
with screen.download_bar("[red]notes.zip" + chr(27) + "[2J") as heard:
    heard(0, None)
    heard(5_000_000, 10_000_000)
"""


def test_a_download_has_a_bar_that_says_what_is_here_and_of_how_much(tmp_path: Path) -> None:
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"}
    subprocess.run([sys.executable, "-c", DOWNLOAD], env=environment, cwd=ROOT, stderr=theirs, check=True)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "Fetching [red]notes.zip" in shown and "5.0/10.0 MB" in shown
    assert "\x1b[2J" not in shown


def test_a_bar_is_nowhere_but_on_a_terminal() -> None:
    ran = subprocess.run([sys.executable, "-c", DOWNLOAD], cwd=ROOT, capture_output=True)
    assert (ran.stdout, ran.stderr) == (b"", b"")


@pytest.mark.parametrize(("encoding", "title"), [("ascii", "?? caf?"), ("cp1252", "?? café"), ("utf-8", "鸢尾 café")])
def test_what_an_encoding_lacks_comes_out_as_what_is_nearest(agon: CommandLine, encoding: str, title: str) -> None:
    agon.api.on("GET", "/competitions/c", competition(phase()) | {"title": "鸢尾 café"})
    out = printed(agon, encoding, "competitions", "show", "c")
    assert title in out and "by olga" in out
    assert ("Ranked by Accuracy ^" in out) == (encoding != "utf-8")


@pytest.mark.parametrize(("columns", "is_table"), [(60, False), (200, True)])
def test_where_a_terminal_is_too_narrow_for_a_table_each_row_is_a_list(
    columns: int, is_table: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "_wide_in_a_pipe", lambda console: console)
    monkeypatch.setenv("COLUMNS", str(columns))
    id_ = "01m8k4hb3dvx7ksp8h8gqcgte8-12-9d1a41b1"
    screen.table("Reports", ["Id", "Why", "Decided"], [[id_, "Unsolicited advertisements", None]])
    out = capsys.readouterr().out
    assert id_ in out and "Unsolicited" in out and "advertisements" in out
    assert ("│" in out, "Decided" in out) == (is_table, is_table)


def test_the_help_can_be_read_in_ascii(agon: CommandLine) -> None:
    assert "Machine-learning competitions" in printed(agon, "ascii", "--help")


def test_json_is_the_same_in_every_encoding(agon: CommandLine) -> None:
    agon.api.on("GET", "/competitions/c", competition(phase()) | {"title": "鸢尾\u202e"})
    in_ascii = printed(agon, "ascii", "competitions", "show", "c", "--json")
    assert in_ascii == printed(agon, "utf-8", "competitions", "show", "c", "--json") and "\\u202e" in in_ascii


HOSTILE = "\x1b]0;OWNED\x07\x1b[2J\x9b31m\u202eevil\u2066\u200b"


def steers(printed: str) -> bool:
    """True when a terminal or its reader could be misled."""
    return any(unicodedata.category(letter) in ("Cc", "Cf") and letter != "\n" for letter in printed)


@pytest.mark.parametrize(
    "words",
    [
        ("competitions", "list"),
        ("competitions", "show", "c"),
        ("competitions", "show", "c", "--json"),
        ("competitions", "publish", "c"),
        ("submissions", "list", "c"),
        ("submissions", "show", "s"),
        ("leaderboard", "c"),
        ("submit", "c", "answers.csv"),
        ("tokens", "list"),
        ("logs", "s"),
    ],
)
def test_nothing_that_strangers_call_their_things_steers_a_terminal(agon: CommandLine, words: tuple[str, ...]) -> None:
    shown = competition(phase() | {"name": HOSTILE}) | {"title": HOSTILE, "description": HOSTILE, "organizer": HOSTILE}
    sent = submission("Failed", name=HOSTILE, participant=HOSTILE, reason=HOSTILE, notes=[HOSTILE], scores={HOSTILE: 1.0})
    row = {"rank": 1, "participant": HOSTILE, "submission": "s", "submitted_at": NOW, "scores": {}, "name": HOSTILE}
    board = {"title": HOSTILE, "columns": [], "rows": [row], "count": 1, "page": 1, "pages": 1}
    token = {"id": "t", "name": HOSTILE, "created_at": NOW, "expires_at": NOW}
    token |= {"last_used_at": NOW, "last_used_from": HOSTILE}
    problem = {"title": HOSTILE, "status": 409, "detail": HOSTILE, "errors": [{"place": HOSTILE, "message": HOSTILE}]}
    agon.api.on("GET", "/competitions", {"competitions": [shown], "next": None}).on("GET", "/competitions/c", shown)
    agon.api.on("POST", "/competitions/c/publish", shown).on("GET", "/tokens", {"tokens": [token]})
    agon.api.on("GET", "/phases/c-0/submissions", {"submissions": [sent], "next": None}).on("GET", "/submissions/s", sent)
    agon.api.on("GET", "/submissions/s/attempts", {"attempts": []}).on("GET", "/phases/c-0/leaderboard", board)
    agon.api.on("GET", "/submissions/s/logs", {"status": "Failed", "logs": {"scoring_stdout": HOSTILE}})
    agon.api.on("POST", "/uploads", problem, 409)
    (agon.home / "answers.csv").write_text("1")
    ran = agon(*(str(agon.home / word) if word.endswith(".csv") else word for word in words))
    assert "evil" in ran.out + ran.err and not steers(ran.out + ran.err)


def test_nor_does_a_question(agon: CommandLine) -> None:
    ran = agon("delete", HOSTILE, stdin="n\n")
    assert ran.code == 1 and "evil" in ran.out + ran.err and not steers(ran.out + ran.err)


@pytest.mark.parametrize("name", ["é" * 120 + ".zip", "x" * 250 + ".zip", "ende\u202egnp.zip"])
def test_a_long_or_odd_name_of_a_file_is_cut_before_it_is_sent(agon: CommandLine, name: str) -> None:
    agon.api.on("GET", "/competitions/c", competition()).on("POST", "/phases/c-0/submissions", submission(), 201)
    takes_uploads(agon.api)
    file = agon.home / name
    file.write_bytes(b"PK")
    assert agon("submit", "c", str(file)).code == 0
    filename = agon.api.asked("POST", "/uploads")[0].body["filename"]
    label = agon.api.asked("POST", "/phases/c-0/submissions")[0].body["name"]
    assert len(filename) <= 200 and len(label) <= 100
    assert filename.endswith(".zip") and label.endswith(".zip") and "\u202e" not in filename + label


CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def listed(agon: CommandLine) -> None:
    """Lists as a terminal meets them: long ids, long titles, some scores."""
    long = submission(id="01m8qpfzm7dsfa4nmrn9vxx0m9", name="nearest_centroid", scores={"accuracy": 0.98, "balanced": 0.97})
    agon.api.on("GET", "/phases/c-0/submissions", {"submissions": [long] * 3, "next": None})
    title = "Tell three species of iris apart by the size of their sepals and petals, again"
    shown = competition(phase()) | {"title": title}
    agon.api.on("GET", "/competitions/c", shown).on("GET", "/competitions", {"competitions": [shown] * 2, "next": None})


WORDS = [("submissions", "list", "c"), ("competitions", "list"), ("competitions", "show", "c")]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("words", WORDS)
def test_no_line_is_wider_than_its_terminal_and_what_has_colours_has_none_where_nobody_wants_them(
    agon: CommandLine, words: tuple[str, ...], columns: int
) -> None:
    listed(agon)
    site = {"AGON_API": agon.api.url, "AGON_CONFIG": str(agon.home), "AGON_TOKEN": "agon_env"}
    shown = on_a_terminal(columns, *words, **site)
    assert max(len(line) for line in CONTROL.sub("", shown).splitlines()) <= columns
    colours = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-7]|38;5;\d+|9[0-7])m")
    assert colours.search(shown)
    assert not colours.search(on_a_terminal(columns, *words, **site, NO_COLOR="1"))
    assert "\x1b" not in printed(agon, "utf-8", *words), "A pipe is no terminal."


@pytest.mark.parametrize("columns", [80, 120])
def test_the_help_of_a_noun_with_many_verbs_tells_whom_each_is_for(columns: int) -> None:
    shown = CONTROL.sub("", on_a_terminal(columns, "competitions", "-h"))
    assert max(map(len, shown.splitlines())) <= columns
    everybody, others = shown.split("For organizers and administrators")
    assert "For everybody" in everybody and " join " in everybody and " publish " in others
