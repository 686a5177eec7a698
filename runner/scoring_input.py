"""The input that a scoring program finds: the predictions, as files of its own, and how they came about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chalicelib.contract import Fault, layout
from runner.errors import Faulty
from runner.files import remove
from runner.preparation import WritableFolders
from runner.programs import INGESTION, SUBMISSION
from runner.scores import UnreadableScores
from runner.stages import ProgramRun

_REPLACED = f"{layout.PREDICTION_METADATA} of the predictions was replaced: it says how the prediction went."
_TAKEN_OUT = f"{layout.PREDICTION_METADATA} of the submission was taken out: it says how a prediction went, and none ran."


@dataclass(frozen=True)
class Prediction:
    """The prediction to score: a folder of plain files. `runs` are the programs that ran for it; none, when the submission
    itself is to be scored. `may_run`: the phase takes code."""

    folder: Path
    runs: tuple[ProgramRun, ...] = ()
    may_run: bool = True

    def blamed(self, error: Faulty | UnreadableScores) -> Faulty:
        """The reason why there are no scores. A prediction that failed, and was to be scored all the same, counts first."""
        failed = [run for run in self.runs if run.has_failed]
        if failed:
            return Faulty(Fault.PARTICIPANT, f"{failed[0].complaint()} What there was could not be scored: {error}")
        return error if isinstance(error, Faulty) else Faulty(Fault.ORGANIZER, str(error))


def hand_over(prediction: Prediction, rooms: WritableFolders, in_place: bool) -> tuple[Path, list[str]]:
    """The folder that containers of the scoring stage may write to, and notes. Raises Faulty, or OSError for the disk.

    `in_place`: nothing else needs what was predicted, so it is no copy.
    """
    folder = rooms.take(prediction.folder) if in_place else rooms.copy(prediction.folder, "handed-over")
    return folder, _tell(prediction.runs, folder) if prediction.may_run else []


def of_version_1(record: Mapping[str, str], folder: Path) -> list[tuple[Path, str]]:
    """The files that a scoring program of CodaLab finds in its input besides, made in the new `folder`: each with
    its place there."""
    folder.mkdir()
    told = folder / "metadata"
    told.write_text("".join(f"{key}: {value}\n" for key, value in record.items()), encoding="utf-8")
    made = [(told, layout.RECORD)]
    for place in layout.EMPTY_FOLDERS:
        empty = folder / place.rpartition("/")[2]
        empty.mkdir()
        made.append((empty, place))
    return made


def _tell(runs: Sequence[ProgramRun], folder: Path) -> list[str]:
    """Write how the prediction went beside its files, in whose place a program, or who hands in results in the place of
    one, may have written something else: scores can depend on the time that it took."""
    file = folder / layout.PREDICTION_METADATA
    was_there = file.exists()
    remove(file)
    if runs:
        file.write_text(_how_it_went(runs), encoding="ascii")
    return [_REPLACED if runs else _TAKEN_OUT] if was_there else []


def _how_it_went(runs: Sequence[ProgramRun]) -> str:
    """As CodaLab and Codabench write it (FORMATS 2.3), in seconds; without a container of its own a submission has the
    ingestion program's exit code."""
    ended = {run.step.name: run.ended for run in runs}
    ingestion = ended.get(INGESTION)
    said: dict[str, object] = {
        "exitCode": ended.get(SUBMISSION, runs[0].ended).exit_code,
        "elapsedTime": round(max(one.seconds for one in ended.values()), 3),
    }
    if ingestion:
        said |= {"ingestionExitCode": ingestion.exit_code, "ingestionElapsedTime": round(ingestion.seconds, 3)}
    return "".join(f"{key}: {'null' if value is None else value}\n" for key, value in said.items())
