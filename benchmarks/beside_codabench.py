"""Agon beside a Codabench that somebody runs on this machine (docs/scale.md tells how): the same bundles on both, in turns.

`python -m benchmarks.beside_codabench --site http://127.0.0.1:8100 --user NAME --password WORD --image IMAGE`, of an account
there that may make competitions. IMAGE is what that site calls Agon's own image of competitions: its workers pull always, so
it is in a registry (Agon takes none from an address, and uses the one that is here). Which of this machine's
processes are Codabench's, `--processes REGEX` says, as often as needed: with what serves its files, since Agon counts with
its emulator of all of AWS, and with its runner. Without it, they are Codabench's own, which leaves its storage out.
Docker's engine and the containers count for neither.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from agon import archive
from agon.local.stack import Stack
from benchmarks import local, processes
from benchmarks.codabench import Codabench
from benchmarks.report import show

RUNS, IMPORTS = 8, 3
IMPORT_BYTES = 50 * 1024**2
SUBMISSION = local.EXAMPLE / "submissions" / "nearest_centroid"
#: Site, both kinds of workers, database, broker and cache.
CODABENCH = ("gunicorn", "celery", "postgres", "redis-server", "beam.smp")
#: What is timed is asked for often. Where processors are counted it is asked for rarely: asking counts as well.
_OFTEN_SECONDS, _RARELY_SECONDS = 0.05, 1.0
#: Long enough for the functions that idle to end, of which the local stack keeps one each (agon/local/ministack.py).
_SETTLING_SECONDS = 90
_PATIENCE_SECONDS = 300


class Both:
    """One competition on Agon and on Codabench, and a submission that scores the same on both."""

    def __init__(self, stack: Stack, there: Codabench, theirs: Sequence[str], bundles: tuple[Path, Path]) -> None:
        self._stack, self._there, self._theirs = stack, there, theirs
        self._bundle, self._bundle_there = bundles
        self._organizer, self._ada = stack.client(local.ORGANIZER, "organizer"), stack.client("ada")

    def imports(self) -> tuple[float, float]:
        """Seconds until the bundle is a competition that can be read."""
        return _seconds(self._import), _seconds(partial(self._there.imported, self._bundle_there, _OFTEN_SECONDS))

    def opens(self) -> None:
        """The competition on both, taken part in."""
        competition = self._import()
        self._organizer.publish(competition)
        self._ada.join(competition)
        self._phase = self._organizer.competition(competition)["phases"][0]["id"]
        self._phase_there = self._there.imported(self._bundle_there, _OFTEN_SECONDS)["phases"][0]["id"]

    def scores(self, poll_seconds: float = _OFTEN_SECONDS) -> tuple[float, float]:
        """Seconds from the POST of a file that has arrived to its score."""
        with archive.packed(SUBMISSION) as packed:
            here, there = self._ada.upload(packed, "submission")["id"], self._there.upload(packed)
        return (
            _seconds(partial(self._scored, here, poll_seconds)),
            _seconds(partial(self._there.scored, self._phase_there, there, poll_seconds)),
        )

    def uses(self) -> tuple[float, float]:
        """Seconds of processors from a file to its score, sending it included."""
        with archive.packed(SUBMISSION) as packed:
            return (
                _used(
                    self.ours,
                    lambda: self._scored(self._ada.upload(packed, "submission")["id"], _RARELY_SECONDS),
                ),
                _used(
                    self.others,
                    lambda: self._there.scored(self._phase_there, self._there.upload(packed), _RARELY_SECONDS),
                ),
            )

    def remembers(self) -> tuple[float, float]:
        """MiB when nothing happens."""
        time.sleep(_SETTLING_SECONDS)
        return processes.mebibytes(self.ours()), processes.mebibytes(self.others())

    def ours(self) -> set[int]:
        """Agon's processes: the emulator, its functions', the runner."""
        return {one for name in ("ministack", "runner") for one in processes.family(self._stack.state.get(name)["pid"])}

    def others(self) -> set[int]:
        """Codabench's."""
        return processes.started_as(self._theirs)

    def _import(self) -> str:
        upload = self._organizer.upload(self._bundle, "bundle")["id"]
        done = self._organizer.wait_for_import(self._organizer.import_bundle(upload)["id"])
        if not done["competition"]:
            raise SystemExit(f"Agon made no competition: {done}")
        return str(self._organizer.competition(done["competition"])["id"])

    def _scored(self, upload: str, poll_seconds: float) -> None:
        submission = self._ada.submit(self._phase, upload, "benchmark")["id"]
        began = time.perf_counter()
        while time.perf_counter() - began < _PATIENCE_SECONDS:
            state = self._ada.submission(submission)
            if state["status"] == "Finished":
                return
            if state["status"] == "Failed":
                raise SystemExit(f"Agon did not score: {state['reason']}")
            time.sleep(poll_seconds)
        raise SystemExit(f"Agon was not done within {_PATIENCE_SECONDS} s.")


def main() -> None:
    """Measure each row, and fail where Agon takes more of what Codabench takes than it may."""
    words = _words()
    there = Codabench(words.site, words.user, words.password)
    with local.stack() as stack, tempfile.TemporaryDirectory() as folder:
        stack.start_runner(stack.client(local.ORGANIZER, "organizer"))
        made = [_bundles(Path(folder), words.image, *kind) for kind in ((False, 0), (True, 0), (False, IMPORT_BYTES))]
        plain, page, large = (Both(stack, there, words.processes or CODABENCH, bundles) for bundles in made)
        for one in (plain, page):
            one.opens()
            one.scores()
        rows = [
            _row("POST to score, p50 (s)", plain.scores, RUNS, 0.12),
            _row("the same with a detailed page (s)", page.scores, RUNS, 0.08),
            _row("CPU of all but containers, a submission (s)", plain.uses, RUNS, 0.06),
            # Before what an import leaves in the memory of either.
            _row("memory when nothing happens (MiB)", plain.remembers, 1, 0.5),
            _row("import of 50 MB, from begin to usable (s)", large.imports, IMPORTS, 0.6),
        ]
    there.close()
    result = {name: {"agon": ours, "codabench": theirs, "ratio": ratio} for name, ours, theirs, ratio, _ in rows}
    show(f"Medians of {RUNS}, of {IMPORTS} imports", ("", "Agon", "Codabench", "ratio", "at most"), rows, result)
    if any(ratio > most for _, _, _, ratio, most in rows):
        raise SystemExit("Agon takes more of what Codabench takes than it may.")


def _row(
    name: str, measured: Callable[[], tuple[float, float]], runs: int, most: float
) -> tuple[str, float, float, float, float]:
    ours, theirs = (median(side) for side in zip(*(measured() for _ in range(runs)), strict=True))
    # The whole takes minutes.
    print(f"{name}: {ours:.3f} beside {theirs:.3f}", file=sys.stderr, flush=True)
    return name, ours, theirs, ours / theirs, most


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.beside_codabench", description=__doc__)
    for name in ("site", "user", "password"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--image", required=True)
    parser.add_argument("--processes", action="append", metavar="REGEX")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _bundles(folder: Path, image: str, has_page: bool, more_bytes: int) -> tuple[Path, Path]:
    """examples/iris for many submissions, with a page of results or without, and so much larger: for each site."""
    made = folder / f"{has_page}-{more_bytes}"
    shutil.copytree(local.EXAMPLE, made)
    manifest = made / "competition.yaml"
    text = re.sub(r"(max_submissions(?:_per_day)?:) \d+", r"\1 10000", manifest.read_text())
    text = text.replace("enable_detailed_results: true", f"enable_detailed_results: {str(has_page).lower()}")
    if more_bytes:
        # What nothing compresses.
        (made / "reference_data" / "more.bin").write_bytes(os.urandom(more_bytes))
    manifest.write_text(text)
    here = _zip(made, folder / f"{made.name}-here.zip")
    manifest.write_text(f"{text}\ndocker_image: {image}\n")
    return here, _zip(made, folder / f"{made.name}-there.zip")


def _zip(source: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, name in archive.files_in(source):
            zipped.write(path, name)
    return target


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def _used(found: Callable[[], set[int]], action: Callable[[], object]) -> float:
    before = processes.cpu_seconds(found())
    action()
    # What happens behind the score: removed containers, boards made anew.
    time.sleep(_RARELY_SECONDS)
    return processes.cpu_seconds(found()) - before


if __name__ == "__main__":
    main()
