"""The files that leave this machine: logs and the detailed page while a job runs, and everything that came of it at
the end."""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chalicelib.contract import Job, correlation, uploads
from runner import output, result_pages
from runner.errors import RunnerError, Unable
from runner.files import UploadExpired, content_type, named
from runner.halt import Halt
from runner.logs import Log
from runner.preparation import JobTools

logger = logging.getLogger(__name__)

#: Seen by the API within 3 s of being printed.
INTERVAL_SECONDS = 1.5
#: Of a log that is still growing.
LIVE_BYTES = 128 * 1024


@dataclass(frozen=True)
class OutputFolders:
    """The folders that the containers left: scoring's output, and predictions that a container made."""

    output: Path | None = None
    predictions: Path | None = None


class Reporting:
    """One job's. `uploaded` has the names of what was sent, as Outcome.uploaded; `notes` name what was not kept."""

    def __init__(self, job: Job, folder: Path, tools: JobTools, halt: Halt, logs: Mapping[str, Log]) -> None:
        self.uploaded: set[str] = set()
        self.notes: list[str] = []
        self._uploads = dict(job.uploads)
        self._job = job
        self._folder = folder
        self._tools = tools
        self._halt = halt
        self._logs = logs
        self._sent_bytes = dict.fromkeys(logs, 0)
        self._watched: Path | None = None
        self._page_state: tuple[int, int] | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._follow, name=f"reporting-{job.submission}", daemon=True)

    def start(self) -> None:
        """Send what changes, every now and then, until `send` or `stop`."""
        self._thread.start()

    def watch(self, output: Path) -> None:
        """Send the detailed page too, from this folder, whenever it changes."""
        self._watched = output

    def stop(self) -> None:
        """Send nothing more of what changes, and wait for what is under way."""
        self._stopped.set()
        if self._thread.ident:
            self._thread.join()

    def send(self, found: OutputFolders) -> None:
        """Send what exists, side by side; keep it here when the job is sealed.

        What is too large is noted and left out; a store that is gone is fatal.
        """
        self.stop()
        if self._job.sealed:
            self._keep(found)
            return
        makers = {name: maker for name, maker in self._makers(found).items() if name in self._job.uploads}
        futures = [self._tools.executor.submit(self._send_made, name, make) for name, make in makers.items()]
        if found.output and uploads.RESULTS in self._job.uploads:
            results, notes = result_pages.find_results(found.output)
            self.notes += [*self._missing(found.output), *notes]
            named = {f"{uploads.RESULTS}/{name}": path for name, path in results.items()}
            futures += [self._tools.executor.submit(self._send, name, path) for name, path in named.items()]
        wait(futures)
        for future in futures:
            future.result()

    def _missing(self, room: Path) -> list[str]:
        page = result_pages.find_detailed_results(room)
        note = result_pages.missing_beside(page) if page else ""
        return [note] if note else []

    def _keep(self, found: OutputFolders) -> None:
        """What a sealed job left stays on this machine."""
        made = {name: make() for name, make in self._makers(found).items()}
        files = {name: path for name, path in made.items() if path}
        if found.output:
            results, notes = result_pages.find_results(found.output)
            self.notes += notes
            files |= {f"{uploads.RESULTS}/{name}": path for name, path in results.items()}
        self.notes += self._tools.sealed.keep(self._job, files, self._tools.config.limits.output_bytes, self._halt.event)

    def _makers(self, found: OutputFolders) -> Mapping[str, Callable[[], Path | None]]:
        makers: dict[str, Callable[[], Path | None]] = {
            name: partial(log.save, self._folder / uploads.FILENAMES[name]) for name, log in self._logs.items()
        }
        if found.output:
            room = found.output
            makers["output"] = lambda: self._pack(room, "output")
            makers["private_output"] = lambda: self._pack(room, "private_output", private=True)
            makers[uploads.DETAILED_RESULTS] = lambda: result_pages.find_detailed_results(room)
        if found.predictions:
            predictions = found.predictions
            makers["prediction_output"] = lambda: self._pack(predictions, "prediction_output")
        return makers

    def _pack(self, room: Path, name: str, private: bool = False) -> Path | None:
        limit = self._tools.config.limits.output_bytes
        archive, notes = output.pack(room, self._folder / uploads.FILENAMES[name], limit, self._halt.event, private)
        self.notes += notes
        return archive

    def _send_made(self, name: str, make: Callable[[], Path | None]) -> None:
        path = make()
        if path:
            self._send(name, path)

    def _send(self, name: str, path: Path) -> None:
        try:
            self._upload(name, path, self._halt.event)
        except UploadExpired as error:
            raise Unable(f"The {name} cannot be uploaded. {error}") from error
        except output.NotPlainFile as error:
            self.notes.append(f"The {name.replace('_', ' ')} was not kept: {error}.")

    def _upload(self, name: str, path: Path, stopped: threading.Event) -> None:
        kind, _, own_name = name.partition("/")
        store, kind_of_content = self._tools.store, content_type(name, path)
        try:
            store.upload(named(self._uploads[kind], own_name), path, kind_of_content, stopped)
        except UploadExpired:
            self._uploads.update(self._tools.backend.uploads(self._job, stopped))
            store.upload(named(self._uploads[kind], own_name), path, kind_of_content, stopped)
        self.uploaded.add(name)

    def _follow(self) -> None:
        with correlation.during(self._job.request):
            while not self._stopped.wait(INTERVAL_SECONDS) and not self._halt.event.is_set():
                # Whatever does not get through now is sent with the rest at the end, and fails there if it must.
                with suppress(RunnerError, UploadExpired, output.NotPlainFile, OSError):
                    self._send_logs()
                    self._send_page()

    def _send_logs(self) -> None:
        for name, log in self._logs.items():
            total_bytes = log.total_bytes
            if total_bytes == self._sent_bytes[name] or name not in self._uploads:
                continue
            path = self._folder / f"live-{uploads.FILENAMES[name]}"
            path.write_bytes(log.content(LIVE_BYTES))
            self._upload(name, path, self._stopped)
            self._sent_bytes[name] = total_bytes

    def _send_page(self) -> None:
        page = result_pages.find_detailed_results(self._watched) if self._watched else None
        if not page or uploads.DETAILED_RESULTS not in self._uploads:
            return
        info = page.lstat()
        state = (info.st_mtime_ns, info.st_size)
        if info.st_size and state != self._page_state:
            self._upload(uploads.DETAILED_RESULTS, page, self._stopped)
            self._page_state = state
