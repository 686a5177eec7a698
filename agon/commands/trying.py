"""`agon try`: run a submission on a bundle on this machine, as a runner would."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import screen, words
from agon.errors import AgonError, BadFile, NotConfigured
from chalicelib.contract import Job, Outcome, Status, StepReport, images, texts
from chalicelib.contract import uploads as names
from chalicelib.contract.version import how_to_install
from runner.config import BadConfig
from runner.errors import Halted, Unable

if TYPE_CHECKING:
    from agon.trial.bundle import TrialTask
    from agon.trial.local import TrialMachine

_TAIL_LINES = 20
_TAIL_BYTES = 64 * 1024

Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")]
Submission = Annotated[Path, typer.Argument(metavar="SUBMISSION", help="A zip, a folder or a single file.")]
Phase = Annotated[int | None, typer.Option(metavar="N", help="The phase's index. The first one without it.")]
Task = Annotated[int | None, typer.Option(metavar="N", help="One task, by its index. All of the phase's without it.")]
Image = Annotated[str, typer.Option(metavar="IMAGE", help="A Docker image in the place of the competition's.")]
Data = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A folder for /app/data, where the competition says so.", file_okay=False)
]
Keep = Annotated[Path | None, typer.Option(metavar="DIR", help="Keep outputs, logs and pages in this new folder.")]
Memory = Annotated[float | None, typer.Option("--memory-mib", metavar="MIB", help="A container's memory.")]
Cpus = Annotated[float | None, typer.Option(metavar="N", help="A container's processors.")]


@dataclass(frozen=True)
class TrialResult:
    """The result of one task. `logs` has the end of each stream that something was printed to."""

    task: str
    status: Status
    scores: Mapping[str, float]
    error: str
    notes: Sequence[str]
    steps: Sequence[StepReport]
    logs: Mapping[str, str]


def try_(
    bundle: Bundle,
    submission: Submission,
    phase: Phase = None,
    task: Task = None,
    image: Image = "",
    data: Data = None,
    keep: Keep = None,
    memory_mib: Memory = None,
    cpus: Cpus = None,
    lower_is_better: screen.LowerIsBetter = None,
    json: screen.Json = False,
) -> None:
    """Try a submission on a bundle, on this machine's Docker: the runner's own code, no account and no site needed."""
    _need_runner()
    if image and (problem := images.problem(image)):
        raise NotConfigured(f"`{image}` is no image that can be tried. {problem}")
    flags = {"data": data, "memory-mib": memory_mib, "cpus": cpus}
    with (
        tempfile.TemporaryDirectory(prefix="agon-try-", ignore_cleanup_errors=True) as folder,
        _kept(keep, folder) as kept,
        _machine(Path(folder) / "home", flags) as machine,
    ):
        tried = list(_try(bundle, submission, (phase, task), lower_is_better, image, machine, kept))
        # What they ran in is removed meanwhile.
        screen.answer(_told(tried), json, lambda: _show(tried, keep))
    if any(one.status is not Status.FINISHED for one in tried):
        raise typer.Exit(1)


def _try(
    bundle: Path,
    submission: Path,
    where: tuple[int | None, int | None],
    lower_is_better: bool | None,
    image: str,
    machine: TrialMachine,
    kept: Path,
) -> Iterator[TrialResult]:
    # Later than what speaks to the engine, which is asked while these are imported.
    from agon import handing_in
    from agon.trial import bundle as bundles
    from agon.trial.local import job_of

    with (
        bundles.opened(bundle, *where, machine.config.home, lower_is_better) as tryouts,
        handing_in.ready(submission, tryouts[0].phase.submission_extensions) as sent,
    ):
        for tryout in tryouts:
            screen.say(f"Phase “{tryout.phase.name}”, task {tryout.task.index}: {tryout.task.name or 'unnamed'} …")
            folder = kept / str(tryout.task.index) if len(tryouts) > 1 else kept
            job = job_of(tryout, bundles.as_file(sent.path), image, folder, sent.plain_name)
            yield _judge(tryout, _run(job, machine), folder)


def _machine(home: Path, flags: Mapping[str, object]) -> AbstractContextManager[TrialMachine]:
    from agon.trial import local

    home.mkdir(mode=0o700)
    try:
        return local.machine(home, flags)
    except BadConfig as error:
        raise AgonError(str(error)) from error


def _run(job: Job, machine: TrialMachine) -> Outcome:
    from agon.trial.local import run

    try:
        return run(job, machine)
    except Halted:
        raise KeyboardInterrupt from None
    except Unable as error:
        raise AgonError(str(error)) from error
    except OSError as error:
        raise BadFile(f"The disk of this machine failed: {error}.") from error


def _judge(tryout: TrialTask, outcome: Outcome, folder: Path) -> TrialResult:
    """What a site would make of the outcome."""
    from chalicelib.domain.bundle.leaderboard import of_phase
    from chalicelib.domain.submissions import verdicts

    if outcome.fault is None and "scoring_program" not in tryout.files:
        verdict = verdicts.await_jurors(tryout.judged, outcome.notes)
    else:
        boards = of_phase(tryout.bundle.leaderboards, tryout.phase.index)
        verdict = verdicts.judge(outcome, boards, tryout.judged)
    name = f"{tryout.task.index}: {tryout.task.name}" if tryout.task.name else str(tryout.task.index)
    accepted = verdict.accepted
    return TrialResult(name, verdict.status, accepted.scores, verdict.reason, accepted.notes, outcome.steps, _tails(folder))


def _tails(folder: Path) -> dict[str, str]:
    tails = {}
    for name in names.LOGS:
        path = folder / names.FILENAMES[name]
        if path.exists():
            text = path.read_bytes()[-_TAIL_BYTES:].decode("utf-8", "replace")
            tails[name] = "\n".join(texts.printed(text).rstrip("\n").split("\n")[-_TAIL_LINES:])
    return tails


def _told(tried: Sequence[TrialResult]) -> dict[str, Any]:
    """One line for scripts. Of several tasks each score stands under task/key, and the mean under the key."""
    keys = ("name", "exit_code", "seconds", "peak_memory_bytes")
    failed = [one for one in tried if one.status is not Status.FINISHED]
    return {
        "status": failed[0].status if failed else Status.FINISHED,
        "scores": dict(tried[0].scores) if len(tried) == 1 else _together(tried),
        "error": failed[0].error if failed else None,
        "steps": [{key: getattr(step, key) for key in keys} for one in tried for step in one.steps],
    }


def _together(tried: Sequence[TrialResult]) -> dict[str, float]:
    found = {f"{one.task.partition(':')[0]}/{key}": value for one in tried for key, value in one.scores.items()}
    shared = set.intersection(*(set(one.scores) for one in tried))
    return found | {key: statistics.fmean(one.scores[key] for one in tried) for key in sorted(shared)}


def _show(tried: Sequence[TrialResult], keep: Path | None) -> None:
    for one in tried:
        _show_one(one)
    if len(tried) > 1:
        means = {key: value for key, value in _together(tried).items() if "/" not in key}
        _show_scores("Mean of the tasks", means)
    if keep:
        screen.say(f"Outputs, logs and pages are in {keep}.")


def _show_one(one: TrialResult) -> None:
    for name, text in one.logs.items():
        screen.show(f"── {name.replace('_', ' ')}, its end ──", style="dim")
        screen.show(text)
    steps = [
        (step.name, "stopped" if step.exit_code is None else step.exit_code, f"{step.seconds:.2f} s", _memory(step))
        for step in one.steps
    ]
    right = ["Exit code", "Time", "Memory"]
    screen.table(f"Task {one.task}", ["Step", *right], steps, right)
    if one.scores:
        _show_scores("", one.scores)
    for note in one.notes:
        screen.say(f"• {note}")
    if one.error:
        screen.bad_news(str(one.status), [one.error])
    else:
        screen.show(str(one.status), style="bold green")


def _show_scores(title: str, found: Mapping[str, float]) -> None:
    screen.table(title, ["Score", "Value"], [(key, f"{value:g}") for key, value in found.items()], ["Value"])


def _memory(step: StepReport) -> str:
    return "–" if step.peak_memory_bytes is None else words.size(step.peak_memory_bytes)


def _need_runner() -> None:
    """Raise NotConfigured where the runner's code is missing: a plain command line is installed without what it needs."""
    try:
        import agon.trial.local  # noqa: F401
    except ModuleNotFoundError as error:
        raise NotConfigured(f"`agon try` needs the runner: {how_to_install('runner')}.") from error


@contextmanager
def _kept(keep: Path | None, folder: str) -> Iterator[Path]:
    """Where a trial's files go: a folder that the person named, or one that is forgotten."""
    if keep is None:
        yield Path(folder) / "kept"
        return
    if keep.exists() and any(keep.iterdir() if keep.is_dir() else [keep]):
        raise BadFile(f"{keep} is there already. Name a new folder for --keep.")
    keep.mkdir(parents=True, exist_ok=True)
    try:
        yield keep.absolute()
    finally:
        if not any(keep.iterdir()):
            shutil.rmtree(keep)
