"""Attacks on a real Docker engine: each breaks its promise or is stopped, and an honest submission is scored after it."""

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import pytest

from tests.runner.fake_backend import Attempt
from tests.runner.job_builders import MIB, Queue, make_zip

pytestmark = pytest.mark.usefixtures("in_both_ways")

FOLDER = Path(__file__).parent / "attacks"
SUBMISSION = "submission"
#: Counts what an attack says that it reached.
COUNT = """
import json
reached = json.load(open("/app/input/res/reached.json"))
print(reached)
json.dump({"reached": len(reached)}, open("/app/output/scores.json", "w"))
"""
#: What a careless organizer writes.
UNPICKLE = "import pickle; pickle.load(open('/app/input/res/predictions.pkl', 'rb'))"

#: Those that run to their end and must have reached nothing.
HARMLESS = (
    "fork_bomb", "sparse_file", "network_probe", "read_reference", "write_elsewhere", "links_in_output", "device_nodes",
    "kill_siblings", "change_scoring",
)  # fmt: skip
#: Those that are stopped, and what their participant is told.
STOPPED = {
    "memory_hog": "memory",
    "one_large_file": "more bytes than it may",
    "million_files": "more files than it may",
    "sleep_for_ever": "time limit of 4 seconds",
    "ignore_sigterm": "time limit of 4 seconds",
}
#: Those of a scoring program.
OF_SCORING = ("detailed_page", "object_bomb_scores", "nan_scores")
#: The second is tried where a runner's memory can be seen, in test_reporting, the third beside another job, in test_slots.
ELSEWHERE = ("pickle_for_scoring", "endless_output", "read_neighbours")


@pytest.fixture(autouse=True)
def running(start, queue: Queue, no_containers):
    """A runner, which afterwards scores an honest submission as if nothing had been."""
    start()
    yield
    assert queue.score("import json; json.dump({'a': 1}, open('/app/output/scores.json', 'w'))")["scores"] == {"a": 1.0}
    assert no_containers()


def hand_in(queue: Queue, attack: str, scoring: str = COUNT, time_limit_seconds: int = 120) -> Attempt:
    """The attack as a submission with a command of its own."""
    files = {"metadata": "command: python3 $program/attack.py", "attack.py": (FOLDER / f"{attack}.py").read_text()}
    attempt = queue.put_code(submission=files, scoring=scoring, time_limit_seconds=time_limit_seconds)
    assert attempt.over.wait(180), "the runner never reported"
    assert attempt.abort_reason is None, attempt.abort_reason
    return attempt


def test_every_attack_is_tried_and_states_its_promise() -> None:
    files = {path.stem: path.read_text() for path in FOLDER.glob("*.py")}
    assert set(files) == {*HARMLESS, *STOPPED, *OF_SCORING, *ELSEWHERE}
    assert all(text.startswith('"""Promise: ') for text in files.values())


@pytest.mark.parametrize("attack", HARMLESS)
def test_it_runs_to_its_end_and_reaches_nothing(queue: Queue, attack: str) -> None:
    attempt = hand_in(queue, attack)
    outcome = attempt.outcome
    assert (outcome["fault"], outcome["scores"]) == (None, {"reached": 0.0}), (outcome, attempt.uploads)


@pytest.mark.parametrize("attack", STOPPED)
def test_it_is_stopped_by_its_participants_fault(queue: Queue, attack: str) -> None:
    outcome = hand_in(queue, attack, time_limit_seconds=4 if "time limit" in STOPPED[attack] else 120).outcome
    assert outcome["fault"] == "participant"
    assert STOPPED[attack] in outcome["reason"]
    assert [step["name"] for step in outcome["steps"]] == [SUBMISSION]


def test_code_that_a_pickle_brings_into_scoring_finds_no_way_out(queue: Queue) -> None:
    outcome = hand_in(queue, "pickle_for_scoring", UNPICKLE).outcome
    assert (outcome["fault"], outcome["scores"]) == (None, {"reached": 0.0})


def test_a_page_that_is_a_link_is_not_followed(queue: Queue) -> None:
    attempt = queue.put((FOLDER / "detailed_page.py").read_text())
    assert attempt.over.wait(60)
    assert attempt.outcome["scores"] == {"reached": 0.0}
    assert "detailed_results" not in attempt.uploads
    assert not [name for name in attempt.uploads if name.startswith("results/")]


def test_scores_are_data_and_never_objects(queue: Queue) -> None:
    outcome = queue.score((FOLDER / "object_bomb_scores.py").read_text())
    assert outcome["scores"] == {}
    assert not Path("/tmp/agon-was-here").exists()


def test_what_is_no_finite_number_is_no_score(queue: Queue) -> None:
    outcome = queue.score((FOLDER / "nan_scores.py").read_text())
    # A number in quotes is one (FORMATS 2.9).
    assert outcome["scores"] == {**dict.fromkeys(("reached", "a", "b", "c", "e")), "d": 1.0}
    assert len(outcome["notes"]) == 6


@cache
def bomb() -> bytes:
    """A zip of a few hundred kilobytes that unpacks to 600 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(600 * MIB))
    return target.getvalue()


def overlapping() -> bytes:
    """A zip whose directory names one member a thousand times."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", bytes(4 * MIB))
        first = archive.infolist()[0]
        for number in range(1, 1000):
            copy = zipfile.ZipInfo(str(number))
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(copy, name, getattr(first, name))
            archive.filelist.append(copy)
    return target.getvalue()


def climbing() -> bytes:
    return make_zip({"../../../../tmp/agon-was-here": "x"})


def linked() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return target.getvalue()


@pytest.mark.parametrize("archive", [bomb, overlapping, climbing, linked, lambda: b"no zip at all"])
def test_an_archive_that_attacks_is_not_unpacked(queue: Queue, archive) -> None:
    attempt = queue.put(submission=archive())
    assert attempt.over.wait(60)
    assert attempt.outcome["fault"] == "participant"
    assert "cannot be unpacked" in attempt.outcome["reason"]
    assert json.dumps(attempt.outcome["scores"]) == "{}"
    assert not Path("/tmp/agon-was-here").exists()
