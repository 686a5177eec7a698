"""What the check says of programs that it opens: folders, and archives in the bundle."""

import io
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from chalicelib.domain.bundle.check import bundle_of_archive
from tests import builders

METADATA = "command: python3 $program/score.py $input $output"
#: What calls for a network, put together so that no tool takes this file for a program.
INSTALL = "pip " + "install numpy"
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*/bundle"))


def told(program: Mapping[str, str | bytes] | bytes, extra: str = "") -> list[str]:
    """The warnings about the scoring program of a bundle that has it as a zip."""
    content = program if isinstance(program, bytes) else builders.archive(program)
    manifest = builders.manifest().replace("scoring_program/", f"scoring.zip{extra}")
    reading = bundle_of_archive(io.BytesIO(builders.bundle({"competition.yaml": manifest, "scoring.zip": content})))
    assert reading.bundle is not None, reading.errors
    found = [one for one in reading.warnings if one.key == "tasks[0].scoring_program"]
    assert all(one.line for one in found)
    return [one.message for one in found]


@pytest.mark.parametrize("folder", ["", "program/"])
@pytest.mark.parametrize("name", ["metadata.yaml", "metadata"])
def test_a_program_that_can_be_started_is_told_nothing_of_also_in_one_folder(folder: str, name: str) -> None:
    assert told({f"{folder}{name}": METADATA, f"{folder}score.py": "print(1)"}) == []


@pytest.mark.parametrize(
    ("metadata", "words"),
    [
        ("command: [", "cannot be read"),
        ("description: none", "has no `command`"),
        ("- a list", "is no mapping"),
        ("", "is no mapping"),
        ("command: python3 'score.py", "cannot be split"),
        ("command: python3 $program/scores.py", "names `scores.py`, which it does not have"),
        ("command: python3 lib/score.py", "names `lib/score.py`, which it does not have"),
        ("command: python3 -u $program/scores.py", "names `scores.py`, which it does not have"),
        ("command: ./run --fast", "names `run`, which it does not have"),
        ("command: pyhton3 $program/score.py", "`pyhton3`, which images hardly have. Is `python3` meant?"),
        ("command: Pyton score.py", "Is `python` meant?"),
        ("command: rscript score.py", "Is `Rscript` meant?"),
        ("command: bahs score.py", "Is `bash` meant?"),
        ("command: $program/run", "names `run`, which it does not have"),
        ("command: [python3 score.py, python3 $program/second.py]", "names `second.py`"),
        ("command: python3 score.py && echo done", "no shell runs the command"),
        ("command: python3 score.py > $output/log.txt", "no shell runs the command"),
        ("command: python3 score.py $truth", "`$truth` stands for nothing"),
    ],
)
def test_what_nothing_could_start_is_told_with_the_reason(metadata: str, words: str) -> None:
    [message] = told({"metadata.yaml": metadata, "score.py": "print(1)"})
    assert message.startswith("In `scoring.zip`: ") and words in message


@pytest.mark.parametrize(
    "command",
    ["python3 -u $program/score.py", "python3 -m scorer", "python3 score.py", "bash -c 'a && b > $HOME/c'",
     "python3 lib/../score.py", "/usr/bin/python3 $program/score.py $input $output $hidden $predictions $tmp $shared",
     "Rscript $program/score.py", "python3.11 score.py", "python2.7 score.py", "pypy3 score.py", "zsh -c ls", "conda run x",
     "uv run score.py", "./score.py", "jupyter nbconvert x", "python3 -c 'import missing.py'", "make score", "g++ -v",
     "cat -v", "dash -c ls", "nodejs score.js", "ipython3 score.py"],
)  # fmt: skip
def test_commands_of_many_kinds_are_told_nothing_of(command: str) -> None:
    assert told({"metadata.yaml": f'command: "{command}"', "score.py": "print(1)"}) == []


def test_an_archive_without_metadata_is_told_and_a_folder_as_before() -> None:
    [message] = told({"score.py": "print(1)"})
    assert "neither metadata.yaml nor metadata" in message
    bare = builders.bundle(
        {"bare/score.py": "x", "competition.yaml": builders.manifest().replace("scoring_program/", "bare")}
    )
    [folder] = [one.message for one in bundle_of_archive(io.BytesIO(bare)).warnings if "scoring_program" in one.key]
    assert "The folder `bare` has no metadata.yaml" in folder


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"os.system('{INSTALL}')", "installs packages"),
        ("subprocess.run([sys.executable, '-m', 'pip', " + "'install', '-q', 'numpy'])", "installs packages"),
        (f"!{INSTALL}", "installs packages"),
        ("urllib.request.urlretrieve(address, 'model.bin')", "downloads something"),
        ("os.system('wget -q https://example.org/model.bin')", "downloads something"),
        ("data = datasets.MNIST('data', download=True)", "downloads something"),
        ("answer = requests.get(address)", "downloads something"),
    ],
)
def test_a_call_that_needs_a_network_is_told_with_its_file_its_line_and_what_to_do(line: str, words: str) -> None:
    [message] = told({"metadata.yaml": METADATA, "score.py": f"import os\n\n{line}\n# {line}\n"})
    assert line[:60] in message and "(score.py, line 3)" in message and words in message
    assert "containers have no network" in message and "agon: {network: [scoring]}" in message


def test_several_calls_are_counted_and_other_files_are_none() -> None:
    files = {"metadata.yaml": METADATA, "score.py": f"{INSTALL}\n" * 3, "lib/setup.sh": INSTALL, "readme.md": INSTALL}
    [message] = told(files)
    assert "(setup.sh, line 1) installs packages, and so do 3 more lines" in message


def test_a_step_that_may_use_the_network_is_told_nothing_of() -> None:
    program = {"metadata.yaml": METADATA, "score.py": INSTALL}
    assert told(program, extra=", agon: {network: [scoring]}") == []
    assert len(told(program, extra=", agon: {network: [ingestion]}")) == 1


def test_words_that_only_look_alike_are_none() -> None:
    lines = [
        "installed = pip_version()",
        "pip.main",
        "see pip, and then install it yourself",
        "requests.getter()",
        "curl = 3",
        "description = 'add'",
        "pipeline.install()",
    ]
    assert told({"metadata.yaml": METADATA, "score.py": "\n".join(lines)}) == []


def test_a_program_of_several_tasks_is_told_of_once() -> None:
    manifest = builders.manifest(tasks=("A", "B")).replace("scoring_program/", "scoring.zip")
    content = builders.bundle({"competition.yaml": manifest, "scoring.zip": builders.archive({"score.py": "x"})})
    keys = [one.key for one in bundle_of_archive(io.BytesIO(content)).warnings]
    assert [key for key in keys if "program" in key] == ["tasks[0].scoring_program"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_entries_without_a_name_are_passed_over() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in (".", "", "__MACOSX/x", "p/metadata", "p/score.py"):
            archive.writestr(zipfile.ZipInfo(name), METADATA)
    assert told(content.getvalue()) == []


def test_a_program_that_is_damaged_or_blown_up_costs_little() -> None:
    zeros = io.BytesIO()
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metadata.yaml", METADATA)
        archive.writestr("score.py", "x = 1\n" * 10_000_000)
    assert told(zeros.getvalue()) == []


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.parent.name)
def test_the_templates_programs_can_be_started(folder: Path) -> None:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    reading = bundle_of_archive(io.BytesIO(builders.archive(files)))
    assert reading.errors == () and [one for one in reading.warnings if "program" in one.key and "In `" in one.message] == []


@pytest.mark.parametrize(
    "text",
    ["\n" * 262_144, "pip -" * 52_428, "pip " * 65_536, "pip" + " " * 262_000, f"{INSTALL}\n" * 16_384, "gdown." * 43_690,
     "curl -s " * 32_768, "a" * 262_144],
    ids=["lines", "flags", "words", "blanks", "calls", "names", "curls", "one"],
)  # fmt: skip
def test_no_text_takes_long_to_look_through(text: str) -> None:
    files: dict[str, str | bytes] = {f"{number}.py": text for number in range(16)}
    began = time.thread_time()
    told({"metadata.yaml": METADATA, "score.py": "", **files})
    assert time.thread_time() - began < 3


def test_no_nesting_of_programs_takes_long_to_look_through() -> None:
    files: dict[str, str | bytes] = {f"{'p/' * 60}{number}": "" for number in range(1_000)}
    tasks = [f"Task {number}" for number in range(40)]
    manifest = builders.manifest(tasks=tasks)
    for number in range(40):
        manifest = manifest.replace("scoring_program/", f"{'p/' * (number + 1)}", 1)
    content = builders.bundle({"competition.yaml": manifest, **files})
    began = time.thread_time()
    assert bundle_of_archive(io.BytesIO(content)).errors == ()
    assert time.thread_time() - began < 5
