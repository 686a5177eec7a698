"""One Job, stage by stage: files in, containers, files out, and the Outcome. Knows nothing of the queue."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from chalicelib.contract import Job, Mount, Outcome, Source, Stage, Step, StepReport, uploads
from chalicelib.contract.limits import MAX_UNPACKED_BYTES
from runner import output, scores, submission_error
from runner.container import Container
from runner.errors import Faulty, Unable
from runner.files import remove
from runner.halt import Halt
from runner.images import Image
from runner.logs import Log
from runner.preparation import JobTools, Preparation, PreparedJob, WritableFolders
from runner.programs import INGESTION, SCORING, is_results, read_commands, runs_by_itself, title
from runner.reporting import OutputFolders, Reporting
from runner.scoring_input import Prediction, hand_over, of_version_1
from runner.stages import ProgramRun, StageProgram, StageRunner, judge_prediction, judge_scoring
from runner.views import Views

MAX_NOTES = 60


class Execution:
    """One attempt. `step` and `log_bytes` may be read by another thread."""

    def __init__(self, job: Job, folder: Path, tools: JobTools, halt: Halt) -> None:
        self.step = "preparing"
        self._job = job
        self._folder = folder
        self._tools = tools
        self._halt = halt
        self._containers: list[str] = []
        # Nothing that is copied was unpacked or written beyond its own limit.
        most = MAX_UNPACKED_BYTES + tools.config.limits.output_bytes
        self._rooms = WritableFolders(folder, tools.sandbox.user, most, halt.event)
        self._views = Views(folder, tools.config.docker_host)
        self._logs = {
            name: Log(_log_bytes(job, name, tools))
            for name in [uploads.log(step.name, stream) for step in job.steps for stream in uploads.STREAMS]
        }
        self._preparation = Preparation(job, folder, tools, halt)
        self._reporting = Reporting(job, folder, tools, halt, self._logs)
        tells_errors = job.tells_errors and not job.sealed
        self._stages = StageRunner(tools.sandbox, self._logs, halt, self._containers.append, tells_errors)
        self._notes: list[str] = []
        self._reports: list[StepReport] = []
        self._images: Mapping[str, Image] = {}
        self._found = OutputFolders()

    def log_bytes(self) -> Mapping[str, int]:
        """The bytes that each stream has got to."""
        return {name: log.total_bytes for name, log in self._logs.items()}

    def run(self) -> Outcome:
        """Do the job and upload what came of it. Raises Unable and Halted, and OSError when the disk fails."""
        try:
            reported = self._run_stages(self._preparation.run())
            outcome = Outcome(scores=reported.values)
            self._notes += reported.notes
        except Faulty as error:
            outcome = Outcome(fault=error.fault, reason=str(error))
        if outcome.fault or (outcome.scores and all(value is None for value in outcome.scores.values())):
            self._notes = [*self._preparation.suspicions, *self._notes]
        self._halt.check()
        self._reporting.send(self._found)
        self._halt.check()
        return replace(
            outcome,
            notes=tuple([*self._preparation.notes, *self._notes, *self._reporting.notes][:MAX_NOTES]),
            steps=tuple(self._reports),
            uploaded=tuple(sorted(self._reporting.uploaded)),
            host=self._tools.config.name,
        )

    def clean(self) -> None:
        """Remove the job's containers and folder: each of them, also where another cannot be removed."""
        with ExitStack() as after:
            after.callback(remove, self._folder)
            after.callback(self._views.close)
            for container in reversed(self._containers):
                after.callback(self._tools.sandbox.remove, container)
            after.callback(self._reporting.stop)

    def _run_stages(self, prepared: PreparedJob) -> scores.ReportedScores:
        self._images = prepared.images
        self._reporting.start()
        prediction = self._predict(prepared)
        self._halt.check()
        if not self._steps(Stage.SCORING):
            # People judge what was predicted.
            return scores.ReportedScores({}, ())
        rooms, runs = self._score(prepared, prediction)
        try:
            self._hear_of_the_submission([run.step for run in runs], rooms)
            judge_scoring(runs)
            return scores.read(rooms[SCORING])
        except (Faulty, scores.UnreadableScores) as error:
            raise prediction.blamed(error) from error

    def _predict(self, prepared: PreparedJob) -> Prediction:
        """What the prediction stage wrote, or the submission itself when nothing ran.

        Results need no ingestion program: version 1 passes over it. In version 2 it runs all the same, finds them in its
        output, and its exit code does not count (FORMATS 2.1). A plain file is the program's to run or to read, where there
        is one.
        """
        has_results = not self._job.plain_file and is_results(prepared.submission)
        steps = [step for step in self._steps(Stage.PREDICTION) if step.program or runs_by_itself(prepared.submission)]
        if not steps or (has_results and self._job.contract == "1"):
            return Prediction(prepared.submission, may_run=bool(self._steps(Stage.PREDICTION)))
        room = self._rooms.copy(prepared.submission, "output") if has_results else self._rooms.make("output")
        self._notes += submission_error.take_out(room)
        programs = [self._program(step, prepared, prepared.submission, room) for step in steps]
        runs = self._run_stage(Stage.PREDICTION, programs)
        predictions = self._folder / "predictions"
        self._notes += output.take(room, predictions)
        self._found = OutputFolders(predictions=predictions)
        self._hear_of_the_submission(steps, {step.name: predictions for step in steps})
        is_scored_anyway = has_results or (self._job.score_failed_predictions and any(predictions.iterdir()))
        self._notes += judge_prediction(runs, is_scored_anyway)
        return Prediction(predictions, tuple(runs))

    def _score(self, prepared: PreparedJob, prediction: Prediction) -> tuple[Mapping[str, Path], list[ProgramRun]]:
        """The folders that the scoring program and what ran beside it wrote, by their steps, and how they ended."""
        steps = self._steps(Stage.SCORING)
        if SCORING not in [step.name for step in steps]:
            raise Unable("The job has no scoring step.")
        rooms = {step.name: self._rooms.make(f"output-{step.name}") for step in steps}
        # What was predicted is sent at the end, and a program beside the scoring program has the submission's files.
        is_needed = bool(prediction.runs) or len(steps) > 1
        predictions, notes = hand_over(prediction, self._rooms, in_place=not is_needed)
        self._notes += notes
        programs = [self._program(step, prepared, predictions, rooms[step.name]) for step in steps]
        self._found = replace(self._found, output=rooms[SCORING])
        self._reporting.watch(rooms[SCORING])
        runs = self._run_stage(Stage.SCORING, programs)
        return {name: room if name == SCORING else self._kept(room) for name, room in rooms.items()}, runs

    def _hear_of_the_submission(self, steps: Sequence[Step], outputs: Mapping[str, Path]) -> None:
        """Raise Faulty where a program of the organizer says in its output that the submission is at fault."""
        for step in sorted(steps, key=lambda one: one.name != SCORING):
            if step.name in (SCORING, INGESTION):
                is_told = not self._job.sealed and (step.name == SCORING or self._job.tells_predictions)
                self._notes += submission_error.check(outputs[step.name], step, is_told)

    def _kept(self, room: Path) -> Path:
        """Where the output of what ran beside the scoring program lies: it is what people may judge, unless the stage
        before put out something."""
        if self._found.predictions:
            return room
        predictions = self._folder / "predictions"
        self._notes += output.take(room, predictions)
        self._found = replace(self._found, predictions=predictions)
        return predictions

    def _run_stage(self, stage: Stage, programs: Sequence[StageProgram]) -> list[ProgramRun]:
        self.step = stage.value
        runs = self._stages.run(programs)
        self._reports += [self._report(run) for run in runs]
        self._halt.check()
        return runs

    def _report(self, run: ProgramRun) -> StepReport:
        ended = run.ended
        return StepReport(
            name=run.step.name,
            exit_code=ended.exit_code,
            seconds=round(ended.seconds, 3),
            cpu_seconds=ended.cpu_seconds,
            peak_memory_bytes=ended.peak_memory_bytes,
            peak_gpu_memory_bytes=ended.peak_gpu_memory_bytes,
            image_digest=self._images[self._preparation.image_of(run.step)].digest,
        )

    def _steps(self, stage: Stage) -> list[Step]:
        return [step for step in self._job.steps if step.stage is stage]

    def _program(self, step: Step, prepared: PreparedJob, predictions: Path, room: Path) -> StageProgram:
        if step.program:
            program = prepared.programs[step.name]
        else:
            program = self._rooms.copy(prepared.submission, f"program-{step.name}")
        mounts = [(mount, self._folder_of(mount, step, prepared, predictions)) for mount in step.mounts]
        found = [(folder, mount.path, _is_writable(mount)) for mount, folder in mounts if folder]
        if step.name == SCORING and len(self._steps(Stage.SCORING)) > 1:
            found = [self._guarded(*one) for one in found]
        container = Container(
            submission=self._job.submission,
            image=prepared.images[self._preparation.image_of(step)].id,
            command=(),
            program=program,
            output=room,
            inputs=[(folder, path) for folder, path, is_writable in found if not is_writable] + self._besides(step),
            shared=[(folder, path) for folder, path, is_writable in found if is_writable],
            network=step.network,
            time_limit_seconds=self._time_limit(step),
            contract=self._job.contract,
            attempt=self._job.attempt,
            goes_first=step.name != SCORING,
        )
        return StageProgram(step, read_commands(program, step, self._job.contract), container)

    def _besides(self, step: Step) -> list[tuple[Path, str]]:
        if step.name != SCORING or self._job.contract != "1":
            return []
        return of_version_1(self._job.record, self._folder / "version-1")

    def _time_limit(self, step: Step) -> int:
        """Seconds: the step's, or the most that this machine's owner lets any step take, with a note that says so."""
        most = self._tools.config.max_time_limit_seconds
        if most is None or step.time_limit_seconds <= most:
            return step.time_limit_seconds
        asked = f"and not the {step.time_limit_seconds:,} of its phase"
        self._notes.append(f"{title(step)} may take {most:,} seconds on this runner, {asked}.")
        return most

    def _guarded(self, folder: Path, path: str, is_writable: bool) -> tuple[Path, str, bool]:
        """What the scoring program sees of a folder that a container beside it writes to, without links to follow."""
        if not self._rooms.has(folder):
            return folder, path, is_writable
        view = self._views.make(folder, read_only=not is_writable)
        # Docker would mount a read-only folder anew, and follow links in it.
        return (view, path, True) if view else (folder, path, is_writable)

    def _folder_of(self, mount: Mount, step: Step, prepared: PreparedJob, predictions: Path) -> Path | None:
        """What fills a mount on this machine; None for confidential data where this runner has none."""
        match mount.source:
            case Source.SUBMISSION:
                return prepared.submission
            case Source.PREDICTION:
                return predictions
            case Source.SHARED:
                return self._rooms.make(f"shared-{step.stage}")
            case Source.DATA:
                return self._tools.config.data
            case None:
                return prepared.inputs[step.name, mount.path]


def _is_writable(mount: Mount) -> bool:
    return mount.writable or mount.source is Source.SHARED


def _log_bytes(job: Job, name: str, tools: JobTools) -> int:
    upload = job.uploads.get(name)
    limit = tools.config.limits.log_bytes
    return min(limit, upload.max_bytes) if upload else limit
