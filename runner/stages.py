"""One stage of a job: all of its containers at the same time, each in a thread of its own."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TypeVar

from chalicelib.contract import Fault, Step, reasons, uploads
from runner.container import Container, ContainerRun
from runner.endings import KILLED, in_words
from runner.errors import Faulty
from runner.halt import STAGE_OVER, Halt
from runner.logs import Log
from runner.programs import SCORING, blamed, title
from runner.sandbox import Sandbox
from runner.starting import CannotStart

#: How long what runs beside the scoring program may take to end once that has succeeded.
GRACE_SECONDS = 10.0
_REFUSED = "Permission denied"

_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True)
class StageProgram:
    """One program of a stage. `container` lacks its command: each of `commands` gets one, one after another."""

    step: Step
    commands: Sequence[Sequence[str]]
    container: Container


@dataclass(frozen=True)
class ProgramRun:
    """The end of a program. `cut_short`: it was stopped because the stage was over, and nobody is to blame.

    `cut_bytes` is how much it printed where its logs have not all of that, else 0; `last_error` the last line of its error
    output, "" where there is none or its participant may not read it. `was_refused`: that line tells of a missing
    permission.
    """

    step: Step
    ended: ContainerRun
    cut_short: bool = False
    cut_bytes: int = 0
    last_error: str = ""
    was_refused: bool = False

    @property
    def has_failed(self) -> bool:
        """True when it was stopped for a limit, or ended with an error by itself."""
        return not self.cut_short and (bool(self.ended.stopped_because) or self.ended.exit_code != 0)

    def complaint(self) -> str:
        """The complaint about what went wrong, in sentences."""
        if self.ended.stopped_because:
            said = [f"{title(self.step)} failed. {self.ended.stopped_because}"]
        elif self.ended.exit_code == KILLED and self.ended.out_of_memory:
            said = [f"{title(self.step)} was killed (exit code {KILLED}), because it took more memory than it may."]
        else:
            said = [f"{title(self.step)} ended with {in_words(self.ended.exit_code)}.", *self._hints()]
        return " ".join([*said, *self._about_output()])

    def _hints(self) -> Iterator[str]:
        """What is known beside an exit code."""
        if self.last_error:
            yield reasons.quoting(self.last_error)
        if self.was_refused:
            yield "Programs do not run as root: what an image has for them must be readable for everybody (chmod -R a+rX)."
        if self.ended.out_of_memory and self.ended.exit_code != KILLED:
            yield "One of its processes was killed, because it took more memory than it may."
        if self.ended.entrypoint:
            words = json.dumps(self.ended.entrypoint)[:300]
            yield f"Its image has an ENTRYPOINT, {words}: programs are started by it, with their command behind it."

    def _about_output(self) -> Iterator[str]:
        """What became of more output than is kept."""
        if self.cut_bytes:
            size = f"{self.cut_bytes / 1e6:.0f} MB"
            yield f"It printed {size}, which takes time, too, and of which its logs have the beginning and the end."
        if self.ended.output_is_lost:
            yield "The end of what it printed came too late and is not in its logs."


class StageRunner:
    """Runs the programs of a stage. `on_end` hears of each container that has ended; `tells_errors` is a Job's."""

    def __init__(
        self, sandbox: Sandbox, logs: Mapping[str, Log], halt: Halt, on_end: Callable[[str], None], tells_errors: bool
    ) -> None:
        self._sandbox = sandbox
        self._logs = logs
        self._halt = halt
        self._on_end = on_end
        self._tells_errors = tells_errors

    def run(self, programs: Sequence[StageProgram]) -> list[ProgramRun]:
        """All of them, to their ends: two that wait for each other must both run.

        When a program of the organizer fails, the others are stopped; when the scoring program has succeeded, they get
        a little time to end. Raises Faulty for a command that cannot be started, Unable when Docker cannot do it.
        """
        stops = [Halt() for _ in programs]
        with ThreadPoolExecutor(len(programs), thread_name_prefix="stage") as executor:
            started = zip(programs, stops, strict=True)
            futures = [executor.submit(self._run_program, program, stop, len(programs)) for program, stop in started]
            pending, patience = set(futures), None
            while pending:
                done, pending = wait(pending, patience, FIRST_COMPLETED)
                if not done or any(_ends_the_stage(future) for future in done):
                    for stop in stops:
                        stop.request(STAGE_OVER)
                if any(not future.exception() and future.result().step.name == SCORING for future in done):
                    patience = GRACE_SECONDS
        return [future.result() for future in futures]

    def _run_program(self, program: StageProgram, stop: Halt, together: int) -> ProgramRun:
        """One command after another, until one fails; all of them share one time limit."""
        ended: ContainerRun | None = None
        with self._halt.stopping(lambda: stop.request(self._halt.why)):
            for command in program.commands:
                spent_seconds = ended.seconds if ended else 0.0
                container = replace(program.container, command=command, spent_seconds=spent_seconds, together=together)
                ended = _together(ended, self._run_container(program.step, container, stop))
                if ended.exit_code != 0 or stop.event.is_set():
                    break
        assert ended is not None  # There is no program without a command.
        cut_short = stop.why == STAGE_OVER
        return self._run_of(program.step, replace(ended, exit_code=None) if cut_short else ended, cut_short)

    def _run_of(self, step: Step, ended: ContainerRun, cut_short: bool) -> ProgramRun:
        logs = self._logs_of(step)
        cut_bytes = sum(log.total_bytes for log in logs) if any(log.is_cut for log in logs) else 0
        last = logs[1].last_line()
        return ProgramRun(step, ended, cut_short, cut_bytes, last if self._tells_errors else "", _REFUSED in last)

    def _logs_of(self, step: Step) -> tuple[Log, Log]:
        """Standard output and error output."""
        stdout, stderr = (self._logs[uploads.log(step.name, stream)] for stream in uploads.STREAMS)
        return stdout, stderr

    def _run_container(self, step: Step, container: Container, stop: Halt) -> ContainerRun:
        try:
            ended = self._sandbox.run(container, *self._logs_of(step), stop)
        except CannotStart as error:
            raise Faulty(blamed(step), f"{title(step)} cannot be started. {error}") from error
        self._on_end(ended.container_id)
        return ended


def judge_prediction(runs: Sequence[ProgramRun], is_scored_anyway: bool) -> list[str]:
    """Notes about what failed and does not matter: with `is_scored_anyway`, an exit code. Raises Faulty for the rest.

    What fails here is the participant's: the organizer's program runs their code (FORMATS 0).
    """
    failed = [one for one in runs if one.has_failed]
    for one in failed:
        if one.ended.stopped_because or not is_scored_anyway:
            raise Faulty(Fault.PARTICIPANT, one.complaint())
    return [f"{one.complaint()} What it wrote before is scored." for one in failed]


def judge_scoring(runs: Sequence[ProgramRun]) -> None:
    """Raise Faulty unless all succeeded: whatever scores a failed program wrote are not used (FORMATS 0).

    What runs beside the scoring program runs the participant's code, so its failure is theirs.
    """
    for one in sorted(runs, key=lambda one: one.step.name == SCORING):
        if one.has_failed:
            raise Faulty(Fault.ORGANIZER if one.step.name == SCORING else Fault.PARTICIPANT, one.complaint())


def _ends_the_stage(future: "Future[ProgramRun]") -> bool:
    """True when nothing good can come of the others: running failed, or a program of the organizer did."""
    if future.exception():
        return True
    run = future.result()
    return run.has_failed and run.step.program is not None


def _together(former: ContainerRun | None, latest: ContainerRun) -> ContainerRun:
    """Two containers of one program as one: seconds add up, peaks do not."""
    if former is None:
        return latest
    return replace(
        latest,
        seconds=former.seconds + latest.seconds,
        cpu_seconds=_of_known(sum, former.cpu_seconds, latest.cpu_seconds),
        peak_memory_bytes=_of_known(max, former.peak_memory_bytes, latest.peak_memory_bytes),
        peak_gpu_memory_bytes=_of_known(max, former.peak_gpu_memory_bytes, latest.peak_gpu_memory_bytes),
        output_is_lost=former.output_is_lost or latest.output_is_lost,
    )


def _of_known(how: Callable[[list[_Number]], _Number], *values: _Number | None) -> _Number | None:
    known = [value for value in values if value is not None]
    return how(known) if known else None
