"""The containers that a run of a task has, when each runs, and what it may see (FORMATS 0, 2.3, 2.4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chalicelib.contract import File, Mount, Source, Stage, Step, layout
from chalicelib.domain.bundle.model import Task

CONTRACT_1 = "1"


@dataclass(frozen=True)
class Setting:
    """A task with its files, by their kinds, and what its phase says."""

    task: Task
    files: Mapping[str, File]
    accepts_only_results: bool
    time_limit_seconds: int

    @property
    def is_beside(self) -> bool:
        """True when the ingestion program runs beside the scoring program, and not before it."""
        return {"ingestion_program", "scoring_program"} <= self.files.keys() and self.task.ingestion_only_during_scoring


def of(setting: Setting) -> tuple[Step, ...]:
    """Prediction, unless the phase takes results only; then scoring, with the ingestion program beside it on demand."""
    return tuple(_steps(setting))


def _steps(setting: Setting) -> Iterator[Step]:
    if not setting.accepts_only_results:
        if "ingestion_program" in setting.files and not setting.is_beside:
            mounts = [*_input_mounts(setting), *_ingestion_mounts(setting)]
            yield _step("ingestion", Stage.PREDICTION, setting, mounts)
        yield _step("submission", Stage.PREDICTION, setting, _input_mounts(setting))
    if setting.is_beside:
        handing_over = Mount(layout.PREDICTIONS, source=Source.PREDICTION, writable=True)
        shared = Mount(layout.SHARED, source=Source.SHARED)
        # /app/input is the scoring stage's here, with `res` in it, so the data have their other name alone.
        mounts = [*_input_mounts(setting, (layout.INPUT_DATA,)), *_ingestion_mounts(setting), handing_over, shared]
        yield _step("ingestion", Stage.SCORING, setting, mounts)
    # Without a scoring program people judge what was predicted.
    if "scoring_program" in setting.files:
        yield _step("scoring", Stage.SCORING, setting, _scoring_mounts(setting))


def _step(name: str, stage: Stage, setting: Setting, mounts: list[Mount]) -> Step:
    task = setting.task
    if name in task.confidential_data:
        mounts = [*mounts, Mount(layout.DATA, source=Source.DATA)]
    return Step(
        name=name,
        stage=stage,
        program=None if name == "submission" else setting.files[f"{name}_program"],
        mounts=tuple(mounts),
        time_limit_seconds=setting.time_limit_seconds,
        image={"ingestion": task.ingestion_image, "scoring": task.scoring_image}.get(name, ""),
        network=name in task.network,
    )


def _ingestion_mounts(setting: Setting) -> list[Mount]:
    mounts = [Mount(layout.SUBMISSION_PROGRAM, source=Source.SUBMISSION)]
    if setting.task.contract == CONTRACT_1:
        # The folder of a CodaLab run has the program here, and relative paths lead to it.
        mounts.append(Mount(layout.INGESTION_PROGRAM, setting.files["ingestion_program"]))
    return mounts


def _input_mounts(setting: Setting, paths: Sequence[str] = (layout.INPUT_DATA, layout.INPUT)) -> list[Mount]:
    """The input data under both of its names: CodaLab's $input is /app/input, Codabench's is /app/input_data."""
    data = setting.files.get("input_data")
    return [Mount(path, data) for path in paths] if data else []


def _scoring_mounts(setting: Setting) -> list[Mount]:
    # Programs leave locks and caches beside what they read. What runs a participant's code must not find any.
    mounts = [Mount(layout.PREDICTIONS, source=Source.PREDICTION, writable=not setting.is_beside)]
    if "reference_data" in setting.files:
        mounts.insert(0, Mount(layout.REFERENCE, setting.files["reference_data"]))
    if setting.is_beside:
        mounts += [Mount(layout.SHARED, source=Source.SHARED), *_input_mounts(setting, (layout.INPUT_DATA,))]
    return mounts
