"""agon.local.function_workers: workers of the emulator's functions as forks of one program."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agon.local.function_workers import Fork, Workers

#: Answers a line with what it is made of, and ends with its input, as MiniStack's own does.
PROGRAM = """
import os, sys
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    sys.path.insert(0, os.getcwd())
    import app
    print("said by", line.strip())
    answers.write(f"{app.READ_BY == os.getpid()} {os.environ['STAGE']} {os.path.basename(os.getcwd())} {line}")
    answers.flush()
"""
#: Notes beside itself each time that it is read.
PACKAGE = """
import os, pathlib
READ_BY = os.getpid()
with open(pathlib.Path(__file__).with_name("reads"), "a") as reads:
    reads.write("read\\n")
"""
Spawn = Callable[..., Fork]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "app.py").write_text(PACKAGE)
    (tmp_path / "_worker.py").write_text(PROGRAM)
    return folder


@pytest.fixture
def spawn(package: Path) -> Iterator[Spawn]:
    workers, made = Workers(), list[Fork]()

    def one(stage: str = "test", program: str = "_worker.py", **environment: str) -> Fork:
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        environment = {**os.environ, "STAGE": stage, "AWS_LAMBDA_FUNCTION_NAME": "api", **environment}
        arguments = [sys.executable, str(package.parent / program)]
        made.append(workers.popen(arguments, cwd=str(package), env=environment, text=True, bufsize=1, **pipes))
        return made[-1]

    yield one
    for worker in made:
        worker.kill()
        worker.wait(5)
        for stream in (worker.stdin, worker.stdout, worker.stderr):
            stream.close()
    workers.close()


def ask(worker: Fork, line: str) -> str:
    worker.stdin.write(f"{line}\n")
    worker.stdin.flush()
    return worker.stdout.readline().strip()


def test_every_worker_begins_with_the_modules_that_one_program_read(spawn: Spawn, package: Path) -> None:
    workers = [spawn() for _ in range(3)]
    assert [ask(one, str(number)) for number, one in enumerate(workers)] == [f"False test package {at}" for at in range(3)]
    assert (package / "reads").read_text() == "read\n"
    assert len({one.pid for one in workers}) == 3


def test_what_a_function_prints_is_not_its_answer(spawn: Spawn) -> None:
    worker = spawn()
    assert ask(worker, "hello") == "False test package hello"
    assert worker.stderr.readline() == "said by hello\n"


def test_who_has_another_environment_is_made_of_another_program(spawn: Spawn, package: Path) -> None:
    assert [ask(spawn(stage), "x").split()[1] for stage in ("test", "prod", "prod")] == ["test", "prod", "prod"]
    assert (package / "reads").read_text() == "read\n" * 2


def test_functions_of_one_package_share_a_program_and_each_has_settings_of_its_own(spawn: Spawn, package: Path) -> None:
    (package.parent / "_worker.py").write_text("import os\nprint(os.getppid(), os.environ['AGON_TABLE'])\n")
    made = [spawn(AWS_LAMBDA_FUNCTION_NAME=name, AGON_TABLE=f"table of {name}") for name in ("api", "sweep")]
    said = [one.stdout.readline().strip().partition(" ") for one in made]
    assert [settings for _, _, settings in said] == ["table of api", "table of sweep"]
    assert len({program for program, _, _ in said}) == 1
    assert (package / "reads").read_text() == "read\n"


def test_a_program_ends_when_the_last_of_its_functions_has_another(spawn: Spawn) -> None:
    def parent(worker: Fork) -> Path:
        return Path("/proc") / Path(f"/proc/{worker.pid}/stat").read_text().rpartition(")")[2].split()[1]

    program = parent(spawn("old", AWS_LAMBDA_FUNCTION_NAME="api"))
    assert parent(spawn("old", AWS_LAMBDA_FUNCTION_NAME="sweep")) == program
    spawn("new", AWS_LAMBDA_FUNCTION_NAME="api")
    assert program.exists()
    spawn("new", AWS_LAMBDA_FUNCTION_NAME="sweep")
    assert not program.exists()


def test_each_worker_has_credentials_of_its_own(spawn: Spawn, package: Path) -> None:
    (package.parent / "_worker.py").write_text("import os\nprint(os.environ['AWS_SESSION_TOKEN'])\n")
    assert [spawn(AWS_SESSION_TOKEN=token).stdout.readline() for token in ("one", "two")] == ["one\n", "two\n"]
    assert (package / "reads").read_text() == "read\n"


def test_a_worker_ends_with_its_input_or_when_it_is_told_to(spawn: Spawn) -> None:
    done, ended = spawn(), spawn()
    assert done.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        done.wait(0.01)
    done.stdin.close()
    ended.terminate()
    assert (done.wait(5), ended.wait(5), done.poll()) == (0, 0, 0)


def test_a_package_that_cannot_be_read_says_so_in_its_worker(spawn: Spawn, package: Path) -> None:
    (package / "app.py").write_text("raise ValueError('no table')")
    worker = spawn()
    worker.stdin.write("x\n")
    worker.stdin.flush()
    assert "no table" in worker.stderr.read()
    assert worker.wait(5) == 0


def test_a_worker_outlives_the_program_that_it_was_forked_of_and_the_next_has_a_new_one(spawn: Spawn, package: Path) -> None:
    first = spawn()
    program = int(Path(f"/proc/{first.pid}/stat").read_text().rpartition(")")[2].split()[1])
    os.kill(program, 9)
    end = time.monotonic() + 5
    while Path(f"/proc/{program}/exe").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert [ask(one, "x") for one in (first, spawn())] == ["False test package x"] * 2
    assert (package / "reads").read_text() == "read\n" * 2


def test_other_programs_are_made_as_ever(spawn: Spawn, package: Path) -> None:
    (package.parent / "other.py").write_text("print('other')")
    other = spawn(program="other.py")
    assert isinstance(other, subprocess.Popen)
    assert other.stdout.readline() == "other\n"
