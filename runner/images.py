"""Images: what this machine has is used, what it lacks or what moved is pulled, and what is not used goes when room is
needed."""

import logging
import sys
import threading
import time
from collections.abc import Collection, Hashable, Sequence
from concurrent.futures import Future, TimeoutError
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from typing import Any

import requests
from docker import APIClient
from docker.errors import DockerException, ImageNotFound
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from chalicelib.contract import Registry
from runner.errors import RunnerError, Unable
from runner.halt import Halt
from runner.holds import Holds
from runner.pulled import PulledImages
from runner.registries import Registries, RegistryDenied, RegistryUnreachable, mark, one_line, repository, with_tag
from runner.retry import jittered

logger = logging.getLogger(__name__)

PULL_TRIES = 5
#: Longer than this no job waits; the pull goes on for the next one.
PULL_SECONDS = 3600.0
#: How often a registry is asked whether a tag has moved.
CHECK_SECONDS = 300.0
_LOOK_SECONDS = 0.5
_PAUSE_SECONDS = 1.0
_DISK_FULL = "no space left"


@dataclass(frozen=True)
class Image:
    """`id` is the engine's own and names exactly one image; `digest` is the registry's, else the id."""

    id: str
    digest: str


class ImageMissing(RunnerError):
    """The image does not exist, or not for this job. Its text is a sentence for whoever named it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The image `{name}` cannot be had: its registry has none of this name, or keeps it from this competition. "
            "Correct the name, push the image, or store a sign-in to its registry."
        )


class Images:
    """The images of one engine, for the jobs of one runner. Safe across threads.

    Of what lies on the machine already, jobs may use what their registry gives them as well, the runner's `own` images, and
    what its operator has `listed` by names in which `*` stands for anything: those as they lie here, whatever a registry
    has under their names. What an engine or a registry says goes to the log alone: a stranger chose
    whom to ask, and the answer may be from within a network that is closed to them.
    """

    def __init__(
        self,
        docker: APIClient,
        registries: Registries,
        pulled: PulledImages,
        max_bytes: int,
        own: Collection[str] = (),
        listed: Sequence[str] = (),
    ) -> None:
        self._docker = docker
        self._own = {with_tag(name) for name in own}
        self._listed = tuple(name if "*" in name else with_tag(name) for name in listed)
        self._registries = registries
        self._pulled = pulled
        self._max_bytes = max_bytes
        self._holds = Holds()
        self._guard = threading.Lock()
        self._settling: dict[tuple[str, str], Future[Image]] = {}
        self._asked_at: dict[tuple[str, str], float] = {}
        self._measured: tuple[list[str], int] = ([], 0)

    def find(self, image: str, registry: Registry | None, holder: Hashable, halt: Halt) -> Image:
        """The image, pulled when it is not here or its tag has moved, and held until the holder's `release`.

        Raises ImageMissing, Unable, or Halted. Jobs that want the same image wait for one pull.
        """
        name = with_tag(image)
        self._holds.take(name, holder)
        future = self._settle_in_background(name, registry)
        end = time.monotonic() + PULL_SECONDS
        while time.monotonic() < end:
            halt.check()
            with suppress(TimeoutError):
                found = future.result(_LOOK_SECONDS)
                self._holds.take(found.id, holder)
                self._pulled.touch(found.id)
                return found
        raise Unable(f"The image `{image}` could not be pulled within {PULL_SECONDS / 60:.0f} minutes.")

    def release(self, holder: Hashable) -> None:
        """The holder's job is over: its images may go when room is needed."""
        self._holds.release(holder)
        self._make_room(self._max_bytes)

    def _settle_in_background(self, name: str, registry: Registry | None) -> "Future[Image]":
        key = (name, mark(name, registry))
        with self._guard:
            if key in self._settling:
                return self._settling[key]
            future = self._settling[key] = Future()

        def settle() -> None:
            outcome: Image | RunnerError = Unable(f"The image `{name}` could not be looked for: a fault of the runner.")
            try:
                outcome = self._outcome(name, registry, key)
            finally:
                # First, or who asks next would be answered from before.
                with self._guard:
                    del self._settling[key]
                if isinstance(outcome, Image):
                    future.set_result(outcome)
                else:
                    future.set_exception(outcome)

        # A daemon: a registry that hangs must not keep the runner from ending.
        threading.Thread(target=settle, name=f"image-{name}", daemon=True).start()
        return future

    def _outcome(self, name: str, registry: Registry | None, key: tuple[str, str]) -> Image | RunnerError:
        """The image, or why there is none."""
        try:
            return self._settle(name, registry, key)
        except RunnerError as error:
            return error
        except (DockerException, requests.RequestException) as error:
            return _engine_trouble(name, error)

    def _settle(self, name: str, registry: Registry | None, key: tuple[str, str]) -> Image:
        found = self._inspect(name)
        if found and not _digests(name, found):
            self._check_is_for_jobs(name, found)
            return _image(name, found)
        if found and not self._is_to_be_asked(name, found, key):
            return _image(name, found)
        if found and self._is_still_there(name, found, registry, key):
            return _image(name, found)
        self._pull(name, registry, key)
        found = self._inspect(name)
        if not found:
            raise Unable(f"The image `{name}` was pulled, and is gone again. Is the disk of Docker full?")
        return _image(name, found)

    def _is_to_be_asked(self, name: str, found: dict[str, Any], key: tuple[str, str]) -> bool:
        """True when a registry has a say now in an image that is here."""
        if self._is_listed(name, found):
            return False
        if not self._may_use(name, found, key):
            return True
        is_fresh = time.monotonic() - self._asked_at.get(key, -CHECK_SECONDS) < CHECK_SECONDS
        return "@" not in name and not is_fresh

    def _is_still_there(self, name: str, found: dict[str, Any], registry: Registry | None, key: tuple[str, str]) -> bool:
        """True when the tag points to the image that is here, or when nobody can tell and the job may use it anyway.

        Raises ImageMissing when the registry keeps it from these credentials: that somebody else brought it here is no
        leave. Raises Unable when nobody answers.
        """
        try:
            digest = self._registries.digest(name, registry)
        except (RegistryDenied, RegistryUnreachable) as error:
            if not self._may_use(name, found, key):
                raise _refusal(name, error) from error
            logger.warning("Using the image %s that is here: its registry says: %s", name, error)
            self._asked_at[key] = time.monotonic()
            return True
        self._asked_at[key] = time.monotonic()
        if digest not in _digests(name, found):
            return False
        self._pulled.allow(found["Id"], key[1])
        return True

    def _may_use(self, name: str, found: dict[str, Any], key: tuple[str, str]) -> bool:
        """True when a job with these credentials may use what is here without asking anybody."""
        return self._is_own(name, found) or self._pulled.may_use(found["Id"], key[1])

    def _check_is_for_jobs(self, name: str, found: dict[str, Any]) -> None:
        """Raise ImageMissing for what was made on this machine unless its operator lets jobs have it."""
        if not self._is_own(name, found) and not self._is_listed(name, found):
            logger.warning("A job names the image %s of this machine: name it in --local-images to let jobs have it.", name)
            raise ImageMissing(name)

    def _is_own(self, name: str, found: dict[str, Any]) -> bool:
        return not self._own.isdisjoint(_names(name, found))

    def _is_listed(self, name: str, found: dict[str, Any]) -> bool:
        return any(fnmatchcase(one, pattern) for one in _names(name, found) for pattern in self._listed)

    def _pull(self, name: str, registry: Registry | None, key: tuple[str, str]) -> None:
        known = {item["Id"] for item in self._docker.images(all=True)}
        began = time.monotonic()
        self._insist(name, registry)
        self._asked_at[key] = time.monotonic()
        found = self._inspect(name)
        if not found:
            return
        logger.info("Pulled the image %s in %.1f s.", name, time.monotonic() - began)
        if found["Id"] not in known:
            self._pulled.add(found["Id"], name, int(found.get("Size") or 0))
        self._pulled.allow(found["Id"], key[1])
        self._make_room(self._max_bytes)

    def _insist(self, name: str, registry: Registry | None) -> None:
        """Pull, again and again while it is worth it. Raises ImageMissing or Unable."""
        pulling = Retrying(
            retry=retry_if_exception_type(RegistryUnreachable),
            stop=stop_after_attempt(PULL_TRIES),
            wait=jittered(_PAUSE_SECONDS),
            after=self._make_room_for_a_pull,
            before_sleep=partial(_warn, name),
            reraise=True,
        )
        try:
            pulling(self._registries.pull, name, registry)
        except (RegistryDenied, RegistryUnreachable) as error:
            raise _refusal(name, error) from error

    def _make_room_for_a_pull(self, failed: RetryCallState) -> None:
        if _DISK_FULL in str(failed.outcome and failed.outcome.exception()):
            self._make_room(0)

    def _make_room(self, max_bytes: int) -> None:
        """Remove what this runner pulled and used least recently, until the rest fits; never what a job holds."""
        for identity in self._pulled.by_age():
            if self._used_bytes(max_bytes) <= max_bytes:
                return
            # Nobody takes a hold meanwhile.
            with self._holds.guard:
                names = self._pulled.names(identity)
                if not any(self._holds.is_held(name) for name in (identity, *names)):
                    self._remove(identity, names)

    def _used_bytes(self, max_bytes: int) -> int:
        """What the images that this runner pulled take. Which layers they share is only asked about when it matters, and
        once for the same images."""
        each = self._pulled.total_bytes()
        if each <= max_bytes:
            return each
        ours = sorted(self._pulled.by_age())
        if self._measured[0] != ours:
            self._measured = (ours, self._measure(ours))
        return min(each, self._measured[1])

    def _measure(self, ours: Collection[str]) -> int:
        layers: dict[tuple[str, ...], int] = {}
        try:
            for identity in ours:
                layers |= self._layers(identity)
        except (DockerException, requests.RequestException) as error:
            logger.info("How much disk images share is not known: %s", _cause(error))
            return sys.maxsize
        return sum(layers.values())

    def _layers(self, identity: str) -> dict[tuple[str, ...], int]:
        """The sizes of an image's layers, each known by itself and those below it: only with those is it shared."""
        found = self._inspect(identity)
        if not found:
            return {}
        names = found.get("RootFS", {}).get("Layers") or []
        sizes = [step["Size"] for step in reversed(self._docker.history(identity)) if step["Size"]]
        if len(sizes) != len(names):
            # Steps that made an empty layer cannot be told from those that made none.
            return {(identity,): int(found.get("Size") or 0)}
        return {tuple(names[: number + 1]): size for number, size in enumerate(sizes)}

    def _remove(self, identity: str, ours: frozenset[str]) -> None:
        """Remove an image, unless somebody else gave it a name too, or a container uses it."""
        try:
            found = self._inspect(identity)
            tags = set(found.get("RepoTags") or ()) if found else set()
            if not tags <= ours:
                return
            for reference in sorted(tags) or [identity]:
                if found:
                    self._docker.remove_image(reference)
        except (DockerException, requests.RequestException) as error:
            logger.info("The image %s stays: %s", identity[:19], _cause(error))
            return
        self._pulled.forget(identity)
        logger.info("Removed the image %s (%s): room was needed.", ", ".join(sorted(ours)), identity[:19])

    def _inspect(self, name: str) -> dict[str, Any] | None:
        try:
            return dict(self._docker.inspect_image(name))
        except ImageNotFound:
            return self._made_here(name) if "@" in name else None

    def _made_here(self, name: str) -> dict[str, Any] | None:
        """An image that no registry knows by this name has no digest, so it was told by its id, and is found by it again."""
        try:
            found = dict(self._docker.inspect_image(name.partition("@")[2]))
        except ImageNotFound:
            return None
        # What was pulled by this name is found by its digest; here its id must open it to nobody.
        own = {repository(tag) for tag in found.get("RepoTags") or ()}
        return found if repository(name) in own and not _digests(name, found) else None


def _image(name: str, found: dict[str, Any]) -> Image:
    digests = _digests(name, found)
    wanted = name.partition("@")[2]
    return Image(found["Id"], wanted if wanted in digests else next(iter(digests), found["Id"]))


def _names(name: str, found: dict[str, Any]) -> list[str]:
    """The name that a job says; where that is a digest, the image's own tags of the same repository."""
    if "@" not in name:
        return [name]
    return [tag for tag in found.get("RepoTags") or () if repository(tag) == repository(name)]


def _digests(name: str, found: dict[str, Any]) -> list[str]:
    """The digests under which the image's own repository knows what is here."""
    own = repository(name)
    pairs = [entry.rpartition("@") for entry in found.get("RepoDigests") or ()]
    return [digest for place, _, digest in pairs if repository(place) == own]


def _warn(name: str, failed: RetryCallState) -> None:
    cause = failed.outcome and failed.outcome.exception()
    logger.warning("The image %s cannot be pulled, trying again in %.0f s: %s", name, failed.upcoming_sleep, cause)


def _refusal(name: str, error: RegistryDenied | RegistryUnreachable) -> RunnerError:
    """What people read of a registry's answer, whose words go to the log."""
    logger.warning("The image %s cannot be had: %s", name, error)
    if isinstance(error, RegistryDenied):
        return ImageMissing(name)
    if _DISK_FULL in str(error):
        return Unable(f"There is no room for the image `{name}` on this runner.")
    return Unable(f"The registry of the image `{name}` does not answer, or fails.")


def _engine_trouble(name: str, error: Exception) -> Unable:
    logger.warning("Docker cannot look at the image %s: %s", name, _cause(error))
    return Unable(f"The Docker engine of this runner cannot look at the image `{name}`.")


def _cause(error: Exception) -> str:
    return one_line(str(getattr(error, "explanation", None) or type(error).__name__))
