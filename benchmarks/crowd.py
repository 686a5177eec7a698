"""60 submissions by 10 people at once, on an emulator that was just started, beside the same on one that is warm.

A stack that was just started has one worker of each function, and starts more when more is asked for at once. What is
measured is how long people wait for the answers to their POSTs, which is before anything is scored. What the stack has of
the memory when all is over stands beside what a review measured of Codabench's containers, which are not here.
"""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from agon import archive
from agon.client import Client
from agon.local.stack import Stack
from benchmarks import local, processes
from benchmarks.report import show

PEOPLE, EACH = 10, 6
NAMES = tuple(f"p{number:02}" for number in range(PEOPLE))
SUBMISSION = local.EXAMPLE / "submissions" / "majority"
#: No POST waits longer.
LONGEST_SECONDS = 3.0
#: All of them take so many times as long on cold functions as on warm ones, at most.
MOST_TIMES = 3.0
#: MiB of all of Codabench's containers when nothing happens, as a review measured it; and the share of it that is allowed.
CODABENCH_MIB, MOST_OF_CODABENCH = 1756.0, 0.5


@dataclass(frozen=True)
class Crowd:
    """How long 60 POSTs took together, and the longest of them, in seconds."""

    seconds: float
    longest: float


def main() -> None:
    """Cold, then warm; an error when people wait too long."""
    with local.stack() as stack:
        competition = local.competition(stack.client(local.ORGANIZER, "organizer"))
        phase = competition["phases"][0]["id"]
        first, second = _uploads(stack, competition["id"])
        people = [stack.client(name) for name in NAMES]
        # Sessions outlive the functions' workers.
        stack.stop()
        stack.up()
        cold, warm = _crowd(people, phase, first), _crowd(people, phase, second)
        memory = _memory(stack)
    rows = [
        ("until all are taken (s)", cold.seconds, warm.seconds, cold.seconds / warm.seconds, f"{MOST_TIMES:g} times"),
        ("the longest wait for one (s)", cold.longest, warm.longest, cold.longest / warm.longest, f"{LONGEST_SECONDS:g} s"),
        ("memory when all is over (MiB)", memory, CODABENCH_MIB, memory / CODABENCH_MIB, f"{MOST_OF_CODABENCH:g} of it"),
    ]
    result: dict[str, object] = {
        name: {key: round(value, 2) for key, value in vars(one).items()} for name, one in (("cold", cold), ("warm", warm))
    }
    result["memory_mib"] = round(memory)
    show(
        f"{PEOPLE * EACH} submissions by {PEOPLE} people", ("", "cold", "warm; Codabench", "ratio", "at most"), rows, result
    )
    if cold.longest > LONGEST_SECONDS or cold.seconds > MOST_TIMES * warm.seconds:
        raise SystemExit("People wait too long for a stack that was just started.")
    if memory > MOST_OF_CODABENCH * CODABENCH_MIB:
        raise SystemExit("The stack has too much of the memory.")


def _memory(stack: Stack) -> float:
    """MiB of the emulator and of its functions' processes: what several share counts once."""
    return processes.mebibytes(processes.family(stack.state.get("ministack")["pid"]))


def _uploads(stack: Stack, competition: str) -> tuple[list[list[str]], list[list[str]]]:
    """Committed uploads for two crowds: of each person, six."""
    with archive.packed(SUBMISSION) as packed:

        def send(name: str) -> list[str]:
            client = stack.client(name)
            client.join(competition)
            return [str(client.upload(packed, "submission")["id"]) for _ in range(2 * EACH)]

        with ThreadPoolExecutor(2) as executor:
            found = list(executor.map(send, NAMES))
    return [ids[:EACH] for ids in found], [ids[EACH:] for ids in found]


def _crowd(people: Sequence[Client], phase: str, uploads: Sequence[Sequence[str]]) -> Crowd:
    """All people at once, each with one submission after the other."""
    began = time.perf_counter()
    with ThreadPoolExecutor(PEOPLE) as executor:
        waits = [wait for some in executor.map(partial(_submit, phase), people, uploads) for wait in some]
    return Crowd(time.perf_counter() - began, max(waits))


def _submit(phase: str, person: Client, uploads: Sequence[str]) -> list[float]:
    waits = []
    for upload in uploads:
        began = time.perf_counter()
        person.submit(phase, upload, "crowd")
        waits.append(time.perf_counter() - began)
    return waits


if __name__ == "__main__":
    main()
