"""One Job, stage by stage: files in, containers, files out, and the Outcome. Knows nothing of the queue."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from chalicelib.contract import Fault, Job, Mount, Outcome, Source, Stage, Step, StepReport, uploads
from runner import output, scores
from runner.errors import Faulty, Unable
from runner.files import remove
from runner.halt import Halt
from runner.images import Image
from runner.logs import Log
from runner.preparation import JobTools, Preparation, PreparedJob, WritableFolders
from runner.programs import SCORING, read_commands, runs_by_itself
from runner.reporting import OutputFolders, Reporting
from runner.sandbox import Container
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
        self._rooms = WritableFolders(folder)
        self._views = Views(folder, tools.config.docker_host)
        self._logs = {
            name: Log(_log_bytes(job, name, tools))
            for name in [uploads.log(step.name, stream) for step in job.steps for stream in uploads.STREAMS]
        }
        self._preparation = Preparation(job, folder, tools, halt)
        self._reporting = Reporting(job, folder, tools, halt, self._logs)
        self._stages = StageRunner(tools.sandbox, self._logs, halt, lambda container: self._containers.append(container))
        self._notes: list[str] = []
        self._reports: list[StepReport] = []
        self._containers: list[str] = []
        self._images: Mapping[str, Image] = {}
        self._found = OutputFolders()

    def log_bytes(self) -> Mapping[str, int]:
        """How far each stream has got."""
        return {name: log.total_bytes for name, log in self._logs.items()}

    def run(self) -> Outcome:
        """Do the job and upload what came of it. Raises Unable and Halted, and OSError when the disk fails."""
        try:
            reported = self._run_stages(self._preparation.run())
            outcome = Outcome(scores=reported.values)
            self._notes += reported.notes
        except Faulty as error:
            outcome = Outcome(fault=error.fault, reason=str(error))
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
        """Remove the job's containers and folder."""
        self._reporting.stop()
        for container in self._containers:
            self._tools.sandbox.remove(container)
        self._views.close()
        remove(self._folder)

    def _run_stages(self, prepared: PreparedJob) -> scores.ReportedScores:
        self._images = prepared.images
        self._reporting.start()
        predictions = self._predict(prepared)
        self._halt.check()
        if not self._steps(Stage.SCORING):
            # People judge what was predicted.
            return scores.ReportedScores({}, ())
        found = self._score(prepared, predictions)
        try:
            return scores.read(found)
        except scores.UnreadableScores as error:
            raise Faulty(Fault.ORGANIZER, str(error)) from error

    def _predict(self, prepared: PreparedJob) -> Path:
        """The folder of predictions: what the prediction stage wrote, or the submission itself when nothing ran."""
        steps = [step for step in self._steps(Stage.PREDICTION) if step.program or runs_by_itself(prepared.submission)]
        if not steps:
            return prepared.submission
        room = self._rooms.make("output")
        programs = [self._program(step, prepared, prepared.submission, room) for step in steps]
        runs = self._run_stage(Stage.PREDICTION, programs)
        predictions = self._folder / "predictions"
        self._notes += output.take(room, predictions)
        self._found = OutputFolders(predictions=predictions)
        is_scored_anyway = self._job.score_failed_predictions and any(predictions.iterdir())
        self._notes += judge_prediction(runs, is_scored_anyway)
        return predictions

    def _score(self, prepared: PreparedJob, predictions: Path) -> Path:
        """The folder that the scoring program wrote."""
        steps = self._steps(Stage.SCORING)
        if SCORING not in [step.name for step in steps]:
            raise Unable("The job has no scoring step.")
        rooms = {step.name: self._rooms.make(f"output-{step.name}") for step in steps}
        handed_over = self._handed_over(steps, predictions)
        programs = [self._program(step, prepared, handed_over, rooms[step.name]) for step in steps]
        self._found = replace(self._found, output=rooms[SCORING])
        self._reporting.watch(rooms[SCORING])
        runs = self._run_stage(Stage.SCORING, programs)
        self._keep_predictions([room for name, room in rooms.items() if name != SCORING])
        judge_scoring(runs)
        return rooms[SCORING]

    def _keep_predictions(self, rooms: Sequence[Path]) -> None:
        """What ran beside the scoring program wrote what people may judge, unless the stage before did."""
        if self._found.predictions or not rooms:
            return
        [room] = rooms
        predictions = self._folder / "predictions"
        self._notes += output.take(room, predictions)
        self._found = replace(self._found, predictions=predictions)

    def _handed_over(self, steps: Sequence[Step], predictions: Path) -> Path:
        """The predictions, or a copy of them where a container of the stage may write to them."""
        is_written = any(mount.source is Source.PREDICTION and mount.writable for step in steps for mount in step.mounts)
        return self._rooms.copy(predictions, "handed-over") if is_written else predictions

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
        if step.name == SCORING:
            found = [self._guarded(*one) for one in found]
        container = Container(
            submission=self._job.submission,
            image=prepared.images[self._preparation.image_of(step)].id,
            command=(),
            program=program,
            output=room,
            inputs=[(folder, path) for folder, path, is_writable in found if not is_writable],
            shared=[(folder, path) for folder, path, is_writable in found if is_writable],
            network=step.network,
            time_limit_seconds=step.time_limit_seconds,
            contract=self._job.contract,
            goes_first=step.name != SCORING,
        )
        return StageProgram(step, read_commands(program, step, self._job.contract), container)

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
