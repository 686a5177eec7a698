"""The tree of commands: nouns and verbs, former spellings, and how little is imported before one is run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agon import tree
from agon.commands.table import NOUNS, SHORTS
from chalicelib.contract.version import VERSION

ROOT = Path(__file__).parents[2]
_HEAVY = ("httpx", "yaml", "agon.client", "agon.sign_in", "chalicelib.domain.bundle", "boto")


def imported(*words: str) -> set[str]:
    """The modules that a command line had imported at its end."""
    script = "import sys, atexit; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))"
    script += f"; sys.argv = ['agon', *{list(words)!r}]; from agon.main import app; app()"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env={**os.environ}, capture_output=True, text=True)
    return set(run.stderr.split())


@pytest.mark.parametrize("name", [*NOUNS, *SHORTS])
def test_each_command_of_the_table_is_there(name: str) -> None:
    assert tree.loaded(name).name == name
    assert tree.loaded(name).help


@pytest.mark.parametrize(("name", "noun"), NOUNS.items())
def test_a_noun_says_the_same_of_itself_before_and_after_it_is_loaded(name: str, noun) -> None:
    assert tree.loaded(name).help == noun.about
    assert not noun.more.keys() - tree.loaded(name).commands.keys()


@pytest.mark.parametrize("name", NOUNS)
def test_every_list_has_formats(name: str) -> None:
    lists = {verb: one for verb, one in tree.loaded(name).commands.items() if verb in ("list", "log", "search", "jobs")}
    assert not [verb for verb, one in lists.items() if "form" not in {param.name for param in one.params}]


def test_each_short_verb_is_a_verb_of_some_noun_too() -> None:
    verbs = {verb.callback.__wrapped__ for name in NOUNS for verb in tree.loaded(name).commands.values()}
    alone = {name for name in SHORTS if tree.loaded(name).callback.__wrapped__ not in verbs}
    assert alone == {"kit"}, "What `agon files` does better."


def test_help_and_version_import_no_client() -> None:
    for words in (["--help"], ["--version"]):
        had = imported(*words)
        assert "agon.main" in had
        assert not {module for module in had if module.startswith(_HEAVY)}
    assert "typer" not in imported("--version")


def test_what_only_asks_a_site_imports_nothing_that_knows_the_formats_of_bundles() -> None:
    code = "import sys; from agon.tree import loaded; loaded('competitions'); loaded('submissions'); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not [name for name in ran.stdout.split() if name.startswith("chalicelib.domain.bundle.foreign")]


def test_the_version_is_told_at_once_and_beside_other_words(capsys: pytest.CaptureFixture[str]) -> None:
    ran = subprocess.run([sys.executable, "-m", "agon.main", "--version"], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout == f"agon {VERSION}\n"


def test_what_is_misspelt_is_told_with_what_is_near(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "agon.main", "competitons"], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 2 and "competitions" in ran.stderr


def test_a_trial_imports_no_client_of_sites() -> None:
    had = imported("try", "examples/evalai_challenge/challenge", "no such submission")
    assert {"agon.trial.local", "chalicelib.domain.bundle.check"} <= had
    assert not {module for module in had if module.startswith(("httpx", "agon.client", "boto", "jinja2"))}
