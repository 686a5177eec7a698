"""Queues, what waits on them and who serves them."""

from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class Queue:
    """A queue of runners. `sealed`: logs and outputs stay on its runners. `uses` counts the competitions that use it.

    Images come from these `registries`, and a step of a run may take `max_time_limit_seconds`.
    """

    id: str
    name: str
    description: str
    owner: str
    visibility: Literal["private", "shared", "public"]
    sealed: bool
    registries: list[str]
    max_time_limit_seconds: int
    uses: int
    created_at: datetime


@dataclass(frozen=True)
class Queues:
    """One page of queues, newest first. Send `next` as `cursor` for the following page."""

    queues: list[Queue]
    next: str | None


@dataclass(frozen=True)
class Capabilities:
    """The equipment of a runner's slot."""

    cpus: float
    memory_bytes: int
    gpus: int
    labels: list[str]


@dataclass(frozen=True)
class Runner:
    """A runner as it told of itself last. `gpus` are the names of its GPUs, `jobs` the submissions that it runs.

    `protocol` is the version of the runner protocol that it speaks. `advice` says what to do where that is not today's;
    a runner whose version the site does not speak is not `alive`: it gets no jobs.
    """

    name: str
    alive: bool
    last_seen_at: datetime
    version: str
    protocol: int
    advice: str
    slots: int
    capabilities: Capabilities
    gpus: list[str]
    jobs: list[str]


@dataclass(frozen=True)
class Waiting:
    """The number of a competition's submissions that wait on a queue."""

    competition: str
    submissions: int


@dataclass(frozen=True)
class QueueInFull:
    """A queue and how it does. `waiting`, `runners` and `shared_with` are told to its owner.

    `depth` is what waits, counted up to 5,000; `oldest_at` is since when the longest waiting of it waits.
    """

    queue: Queue
    depth: int
    oldest_at: datetime | None
    runners_alive: int
    waiting: list[Waiting]
    runners: list[Runner]
    shared_with: list[str]


@dataclass(frozen=True)
class Standing:
    """The state of a submission that waits: its place in line, from 1, and how many runners that can do it are alive."""

    place: int
    runners_alive: int


@dataclass(frozen=True)
class StoredRegistry:
    """A sign-in to a private registry of images. Its password is told to nobody."""

    server: str
    username: str
    created_at: datetime


@dataclass(frozen=True)
class Presence:
    """The submission that an idle runner should claim, should its wake-up have been lost: the first in line that
    fits, or null.

    `release` has the submissions whose logs and outputs this runner keeps, and is to send now.
    """

    waiting: str | None
    release: list[str]
