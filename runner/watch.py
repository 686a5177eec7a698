"""The thread beside a running container: how much it has written, and how much memory it takes."""

import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import requests
from docker import APIClient
from docker.errors import DockerException

from runner import gpus
from runner.cgroups import Cgroup
from runner.config import Limits
from runner.output import FolderTooLarge, measure

#: Most scoring programs are over before the first look.
FIRST_LOOK_SECONDS = 0.1
INTERVAL_SECONDS = 0.5


class ContainerWatch:
    """A watch that, while inside, calls `kill` when the folders outgrow the limits; `breach` then says which, as a sentence.

    `peak_memory_bytes` is the largest sample, without the page cache, and `cpu_seconds` the last one; None when the
    container was too quick for one.
    """

    def __init__(
        self,
        docker: APIClient,
        container: str,
        folders: Sequence[Path],
        limits: Limits,
        kill: Callable[[], object],
        has_gpus: bool = False,
        group: Cgroup | None = None,
    ) -> None:
        self.breach = ""
        self.cpu_seconds: float | None = None
        self.peak_memory_bytes: int | None = None
        self.peak_gpu_memory_bytes: int | None = None
        self._docker = docker
        self._container = container
        self._folders = folders
        self._kill = kill
        self._has_gpus = has_gpus
        self._group = group
        self._done = threading.Event()
        # What the folders held before the start is not the container's doing.
        before = [measure(folder, sys.maxsize, sys.maxsize) for folder in folders]
        self._max_bytes = limits.output_bytes + sum(usage.bytes for usage in before)
        self._max_entries = limits.output_files + sum(usage.entries for usage in before)
        self._thread = threading.Thread(target=self._look, name=f"watch-{container[:12]}", daemon=True)

    def __enter__(self) -> "ContainerWatch":
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._done.set()
        self._thread.join(5.0)
        self._measure()

    def _look(self) -> None:
        delay = FIRST_LOOK_SECONDS
        while not self._done.wait(delay) and not self.breach:
            self._sample()
            self._measure()
            if self.breach:
                self._kill()
            # Often at first: what a short program used is only known from when somebody looked.
            delay = min(INTERVAL_SECONDS, 1.5 * delay)

    def _measure(self) -> None:
        """Also once at the end: what a short container wrote counts as well."""
        used = entries = 0
        try:
            for folder in self._folders:
                usage = measure(folder, self._max_bytes - used, self._max_entries - entries)
                used += usage.bytes
                entries += usage.entries
        except FolderTooLarge as error:
            self.breach = self.breach or str(error)

    def _sample(self) -> None:
        with suppress(DockerException, requests.RequestException):
            if self._group:  # Its counters cost the engine nothing, and the processors' are read at the end.
                self._note(self._group.memory_bytes())
                if self._has_gpus:
                    self._sample_gpus()
                return
            stats = self._docker.stats(self._container, stream=False, one_shot=True)
            used = _used_bytes(stats.get("memory_stats", {}))
            self._note(used)
            if used is not None:
                self.cpu_seconds = round(stats["cpu_stats"]["cpu_usage"]["total_usage"] / 1e9, 3)
            if self._has_gpus:
                self._sample_gpus()

    def _note(self, used_bytes: int | None) -> None:
        if used_bytes is not None:
            self.peak_memory_bytes = max(used_bytes, self.peak_memory_bytes or 0)

    def _sample_gpus(self) -> None:
        top = self._docker.top(self._container)
        place = top["Titles"].index("PID")
        used = gpus.used_bytes({process[place] for process in top["Processes"] or ()})
        if used is not None:
            self.peak_gpu_memory_bytes = max(used, self.peak_gpu_memory_bytes or 0)


def _used_bytes(memory: dict[str, Any]) -> int | None:
    if "usage" not in memory:
        return None
    counters = memory.get("stats", {})
    cached = counters.get("total_inactive_file", counters.get("inactive_file", 0))
    return max(0, int(memory["usage"]) - int(cached))
