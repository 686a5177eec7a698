"""Scores a submission with an EvalAI challenge's evaluation script, called as EvalAI calls it.

`python3 adapter.py INPUT OUTPUT`: beside this file stands the script, as the folder or the zip `evaluation_script`; in
INPUT/ref the phase's settings (phase.json) and its annotation, in INPUT/res what was submitted. Runs wherever Python 3.8
does, with the standard library alone, on Agon and on Codabench.
"""

from __future__ import annotations

import html
import importlib
import inspect
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
import types
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NoReturn

PACKAGE = "challenge_data.challenge_1"
#: A file above it is not copied but linked to: who writes into such a one of the script is unknown.
COPIED_BYTES = 1024 * 1024
PRINTED_CHARACTERS = 1024 * 1024
TOLD_CHARACTERS = 300
#: What a script raises for no fault of a submission: something lacks, or is called otherwise in this Python.
OWN_FAULTS = (ImportError, NameError, SyntaxError, MemoryError)
#: The same by their names, of a network that is not there, in whichever library.
NETWORK_FAULTS = {"ConnectionError", "URLError", "gaierror"}
_PIP = re.compile(r"(^|[\s/;&])pip[\d.]*(\.exe)?\s+install\b")
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db")


def main(given: Path, output: Path) -> None:
    """Score, or end with why not: in submission_error.txt for the participant, else in the error output."""
    settings = json.loads((given / "ref" / "phase.json").read_text("utf-8"))
    if settings["cannot_run"]:
        fail(f"{settings['cannot_run']}. So nothing is scored here.")
    root = Path(tempfile.mkdtemp(prefix="evalai-"))
    work = root / "work"
    work.mkdir()
    submission = submitted(given / "res", settings["extensions"], root, output)
    annotation = given / "ref" / settings["annotation"] if settings["annotation"] else root / "annotation"
    if not settings["annotation"]:
        annotation.touch()
    lay_out(Path(__file__).resolve().parent, root)
    do_not_install()
    os.chdir(work)
    # Siblings by bare names are found last, as nowhere on EvalAI: some scripts want them.
    sys.path[:] = [*(path for path in sys.path if Path(path or ".").resolve() != Path(__file__).resolve().parent)]
    sys.path += [str(root), str(root / PACKAGE.replace(".", "/"))]
    sys.stdout, sys.stderr = Capped(sys.stdout), Capped(sys.stderr)
    metadata = about(submission)
    call = inspect_call(evaluate_of(), str(annotation), str(submission), settings["codename"], metadata)
    try:
        returned = call()
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        blame(error, settings["hides_logs"], output)
    if isinstance(returned, BaseException):
        blame(returned, settings["hides_logs"], output)
    keep(returned, settings["splits"], output)


def fail(why: str) -> NoReturn:
    """End for a fault that is not the participant's."""
    sys.stdout.flush()
    print(why, file=sys.stderr, flush=True)
    sys.exit(1)


def refuse(why: str, output: Path) -> NoReturn:
    """End because of the submission, with a sentence for its participant."""
    (output / "submission_error.txt").write_text(why, "utf-8")
    fail(why)


def blame(error: BaseException, hides_logs: bool, output: Path) -> NoReturn:
    """End because the script raised an error on a submission: EvalAI shows that, unless logs are hidden."""
    if is_own_fault(error):
        fail("The evaluation script cannot run: " + told(error))
    said = "" if hides_logs else f" It says: {told(error)}"
    refuse(f"The evaluation script could not score this submission.{said}", output)


def is_own_fault(error: BaseException) -> bool:
    """True for an error that no submission is the cause of."""
    if isinstance(error, OWN_FAULTS) or (isinstance(error, AttributeError) and str(error).startswith("module ")):
        return True
    # Libraries raise the plain one for data that they would have to download.
    return type(error) is LookupError or bool(NETWORK_FAULTS & {kind.__name__ for kind in type(error).__mro__})


def told(error: BaseException | None) -> str:
    """An error in a line; of one without a word, such as a bare `assert` raises, the line that raised it."""
    said = " ".join(str(error).split())
    if not said and error is not None and error.__traceback__:
        said = f"`{traceback.extract_tb(error.__traceback__)[-1].line}`"
    text = f"{type(error).__name__}: {said}" if said else type(error).__name__
    return text if len(text) <= TOLD_CHARACTERS else text[: TOLD_CHARACTERS - 1] + "…"


def submitted(folder: Path, extensions: list[str], room: Path, output: Path) -> Path:
    """The one file that was submitted. What came unpacked although the script wants the archive is zipped again."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not set(path.parts) & set(_LITTER))
    # How a prediction went, where the platform tells of it.
    files = [path for path in files if path != folder / "metadata"]
    fitting = [path for path in files if path.suffix.lower().lstrip(".") in extensions or not extensions]
    if len(fitting) == 1:
        return fitting[0]
    if files and "zip" in extensions:
        archive = room / "submission.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as zipped:
            for path in files:
                zipped.write(path, path.relative_to(folder).as_posix())
        return archive
    if len(files) == 1:
        return files[0]
    allowed = ", ".join("." + one for one in extensions) or "any name"
    refuse(
        f"A submission here is one file, with one of these extensions: {allowed}. This one has {len(files)} files.", output
    )


def lay_out(program: Path, root: Path) -> None:
    """Make the script a package that can be written to, as EvalAI's worker does."""
    package = root / PACKAGE.replace(".", "/")
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    archive, folder = program / "evaluation_script.zip", program / "evaluation_script"
    if archive.is_file():
        with zipfile.ZipFile(archive) as zipped:
            zipped.extractall(package)
    elif folder.is_dir():
        shutil.copytree(folder, package, dirs_exist_ok=True, copy_function=copied)
    else:
        fail("The evaluation script is missing beside the adapter.")
    (package / "__init__.py").touch()


def copied(source: str, target: str) -> str:
    """Copy a file, or link to a large one."""
    if os.path.getsize(source) > COPIED_BYTES:
        os.symlink(source, target)
        return target
    return str(shutil.copy(source, target))


def do_not_install() -> None:
    """Turn calls of `pip install` into notes: there is no network, and what the image has is what there is."""

    class Popen(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, args: Any, *others: Any, **more: Any) -> None:
            if is_pip(args):
                args, more["shell"] = [sys.executable, "-c", ""], False
            super().__init__(args, *others, **more)

    system = os.system
    subprocess.Popen = Popen  # type: ignore[misc]
    os.system = lambda command: 0 if is_pip(command) else system(command)
    # As some call it: `from pip._internal import main`.
    for name in ("pip", "pip._internal", "pip._internal.cli", "pip._internal.cli.main"):
        module: Any = types.ModuleType(name)
        module.__path__, module.__version__ = [], "0"
        module.main = lambda args=None: 0 if is_pip(["pip", *(args or [])]) else 1
        sys.modules[name] = module


def is_pip(args: Any) -> bool:
    """True for a command that installs packages, of which a note is printed."""
    words = [args] if isinstance(args, (str, bytes)) else args if isinstance(args, (list, tuple)) else []
    text = " ".join(word.decode("utf-8", "replace") if isinstance(word, bytes) else str(word) for word in words)
    if not _PIP.search(text):
        return False
    print(f"[agon] not run, for there is no network: {text[:300]}", file=sys.stderr)
    return True


class Capped(io.TextIOBase):
    """A stream that takes so much and passes over the rest: scripts print whole submissions."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._left = stream, PRINTED_CHARACTERS

    def write(self, text: str) -> int:
        if self._left > 0:
            self._stream.write(text[: self._left])
            if len(text) >= self._left:
                self._stream.write("\n[agon] the rest is not kept\n")
            self._left -= len(text)
        return len(text)

    def flush(self) -> None:
        self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def about(submission: Path) -> dict[str, Any]:
    """Facts of a submission, as EvalAI tells them. Nobody is named here."""
    now = datetime.now(timezone.utc).isoformat()  # noqa: UP017
    said: dict[str, Any] = {"id": 1, "participant_team": 1, "participant_team_name": "participant", "challenge_phase": 1}
    said.update(created_by="participant", status="running", submitted_at=now, started_at=now, completed_at=None)
    said.update(input_file=str(submission), submission_input_file=None, stdout_file=None, stderr_file=None)
    said.update(environment_log_file=None, submission_result_file=None, submission_metadata_file=None)
    said.update(method_name="", method_description="", project_url="", publication_url="", submission_metadata=None)
    said.update(is_public=False, is_flagged=False, is_baseline=False, when_made_public=None, execution_time="None")
    return said


def evaluate_of() -> Any:
    """The script's `evaluate`: of the package, or of its main.py. Whatever hinders the import is the organizer's fault."""
    try:
        module = importlib.import_module(PACKAGE)
        found = getattr(module, "evaluate", None)
        return found or importlib.import_module(f"{PACKAGE}.main").evaluate
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        fail(f"The evaluation script cannot be imported: {told(error)}")


def inspect_call(evaluate: Any, annotation: str, submission: str, codename: str, metadata: dict[str, Any]) -> Any:
    """The call of `evaluate` as EvalAI has it: three by their places, one by its name."""
    try:
        inspect.signature(evaluate).bind(annotation, submission, codename, submission_metadata=metadata)
    except TypeError as error:
        fail(f"`evaluate` cannot be called as EvalAI calls it: {error}. Give it **kwargs.")
    except ValueError:
        pass  # Of what is written in C nothing is known beforehand.
    return lambda: evaluate(annotation, submission, codename, submission_metadata=metadata)


def keep(returned: Any, splits: dict[str, Any], output: Path) -> None:
    """Write what `evaluate` returned: scores by the keys of columns, the participant's result, the host's own."""
    if not isinstance(returned, dict) or not isinstance(returned.get("result"), (list, tuple)):
        fail("`evaluate` must return a mapping with `result`, a list of {split: {label: number}}.")
    rows = best_rows(returned["result"], splits)
    if not rows:
        fail("`evaluate` returned no result, so there is no row for any board.")
    scores, lacking = {}, []
    for split, row in rows.items():
        for label, key in splits[split]["columns"].items():
            number = number_of(row.get(label))
            if number is None:
                lacking.append(f"{split}/{label} is {str(row[label])[:40] if label in row else 'missing'}")
            else:
                scores[key] = number
        if others := [str(label)[:40] for label in row if label not in splits[split]["columns"]]:
            print(f"[agon] no column shows {', '.join(others[:20])} of {split}", file=sys.stderr)
    if lacking:
        print(f"[agon] no number, so not shown: {', '.join(lacking[:40])}", file=sys.stderr)
    write_results(returned, output)
    if scores:
        scores.update(errors_of(returned.get("error"), splits))
    else:
        refuse(f"No score of this submission is a number: {', '.join(lacking[:10])}.", output)
    (output / "scores.json").write_text(json.dumps(scores, allow_nan=False), "utf-8")


def best_rows(entries: Any, splits: dict[str, Any]) -> dict[str, dict[Any, Any]]:
    """The row of each split. Of an entry the first key counts; of two rows of a split the one that ranks before."""
    rows: dict[str, dict[Any, Any]] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not entry:
            fail("An entry of `result` is no mapping {split: {label: number}}.")
        split, row = next(iter(entry.items()))
        if split not in splits:
            known = ", ".join(splits) or "none"
            fail(f"The result names the split `{str(split)[:60]}`, which this phase has not. It has: {known}.")
        if not isinstance(row, dict):
            fail(f"The result of `{split}` is no mapping {{label: number}}.")
        if len(entry) > 1:
            print(f"[agon] an entry of the result has {len(entry)} splits, of which `{split}` counts", file=sys.stderr)
        if split not in rows or ranks_before(row, rows[split], splits[split]):
            rows[split] = row
    return rows


def errors_of(entries: Any, splits: dict[str, Any]) -> dict[str, float]:
    """The error bars, by the keys of columns: of an entry the first key counts, and what is no number is left out."""
    found = {}
    for entry in entries if isinstance(entries, (list, tuple)) else ():
        split, row = next(iter(entry.items())) if isinstance(entry, dict) and entry else (None, None)
        if split in splits and isinstance(row, dict):
            for label, key in splits[split]["errors"].items():
                number = number_of(row.get(f"error_{label}"))
                if number is not None:
                    found[key] = number
    return found


def ranks_before(row: dict[Any, Any], other: dict[Any, Any], split: dict[str, Any]) -> bool:
    """True when a row stands above another one of the same submission."""
    mine, theirs = (number_of(one.get(split["order_by"])) or 0.0 for one in (row, other))
    return mine > theirs if split["descending"] else mine < theirs


def number_of(value: Any) -> float | None:
    """A finite number, whatever it came as: numpy's, a text, a tensor of one. None for what is none."""
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def write_results(returned: dict[str, Any], output: Path) -> None:
    """Keep what is the participant's, also as a page, and what is the host's."""
    if returned.get("submission_result") not in (None, "", [], {}):
        text = as_text(returned["submission_result"])
        (output / "submission_result.json").write_text(text, "utf-8")
        page = f"<!doctype html><meta charset='utf-8'><title>Result</title><pre>{html.escape(text)}</pre>"
        (output / "detailed_results.html").write_text(page, "utf-8")
    if returned.get("submission_metadata") not in (None, "", [], {}):
        (output / "private").mkdir(exist_ok=True)
        (output / "private" / "submission_metadata.json").write_text(as_text(returned["submission_metadata"]), "utf-8")


def as_text(value: Any) -> str:
    """Any value as JSON, as far as it goes."""
    return json.dumps(value, indent=1, default=str, skipkeys=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
