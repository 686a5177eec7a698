"""The terms of a queue: what its owner lets jobs have, and what of a competition goes beyond it."""

from collections.abc import Iterator
from dataclasses import dataclass

from chalicelib.contract import images, limits
from chalicelib.domain.bundle.model import Bundle

#: A place, and a sentence.
Finding = tuple[str, str]


@dataclass(frozen=True)
class QueueTerms:
    """`registries` are the hosts that images come from, `max_time_limit_seconds` the most that a step of a run may take."""

    registries: tuple[str, ...] = images.REGISTRIES
    max_time_limit_seconds: int = limits.DEFAULT_MAX_TIME_LIMIT_SECONDS


def demands(bundle: Bundle) -> frozenset[tuple[str, object]]:
    """The demands of a competition on a queue, and of which: what says the same twice is judged the same."""
    limits_asked = {(str(phase.index), phase.execution_time_limit_seconds) for phase in bundle.phases}
    return frozenset({("queue", bundle.queue), ("queues", bundle.queues), *_images(bundle), *limits_asked})


def foreign_images(bundle: Bundle, terms: QueueTerms) -> Iterator[Finding]:
    """The images of registries that a queue does not pull from: no job that names one of them can run."""
    for place, name in _images(bundle):
        if not images.problem(name) and (registry := images.read(name).registry) not in terms.registries:
            listed = ", ".join(terms.registries)
            message = f"The queue pulls no images from {registry}, but from {listed}. Name another image or queue"
            yield place, f"{message}, or ask the queue's owner to list it."


def long_time_limits(bundle: Bundle, terms: QueueTerms) -> Iterator[Finding]:
    """The phases whose steps get less time than they ask for."""
    most = terms.max_time_limit_seconds
    for phase in bundle.phases:
        if (asked := phase.execution_time_limit_seconds) > most:
            message = f"The queue gives each step {most:,} seconds at most, and {asked:,} stand here"
            yield f"phases[{phase.index}].execution_time_limit", f"{message}: it is stopped after {most:,}."


def _images(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Each place that names an image, with what it names."""
    named = [("docker_image", bundle.docker_image)]
    named += [(f"phases[{phase.index}].agon.docker_image", phase.docker_image) for phase in bundle.phases]
    for task in bundle.tasks:
        named += [(f"tasks[{task.index}].agon.scoring_image", task.scoring_image)]
        named += [(f"tasks[{task.index}].agon.ingestion_image", task.ingestion_image)]
    yield from ((place, name) for place, name in named if name)
