"""Lent files: those of somebody else's task that a competition runs on, and whose datasets its organizers may not read.

To use is not to read. What is lent leaves in no dump and no hand-out, stands beside the other files and settings of its own
task alone, and is run by nothing that the borrower brought: no image and no runner of theirs.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain.bundle.model import Bundle, Phase, Task
from chalicelib.errors import Complaint, Sentence, say
from chalicelib.store.competitions.definition import TASK_FILES, Placed, Ref, task_settings
from chalicelib.store.library import datasets

#: The files of tasks, by their kinds, by the tasks' indexes.
TaskFiles = Mapping[int, Mapping[str, Ref]]
#: What reads which files: whose image it is decides who reads them. Input data every submission sees anyway.
_READERS = {"scoring": ("scoring_program", "reference_data"), "ingestion": ("ingestion_program",)}
_APART = say(
    "lent_apart",
    "This file is of somebody else's task, which you may use and not read. It stays beside that task's "
    "own files and settings: use the whole task, or files of your own, or ask its owner to share the "
    "dataset with you.",
)


def by_key(bundle: Bundle, placed: Placed, kept: Collection[str]) -> tuple[Bundle, Placed, list[Task]]:
    """A competition for its organizers to read: each task with a file of those that are `kept` is its key alone.

    Gives those tasks, too.
    """
    borrowed = [task for task in bundle.tasks if _datasets(placed.tasks.get(task.index, {})) & set(kept)]
    named = {task.index: _named(task, placed.task_ids.get(task.index, "")) for task in borrowed}
    tasks = tuple(named.get(task.index, task) for task in bundle.tasks)
    files = {index: {} if index in named else refs for index, refs in placed.tasks.items()}
    return replace(bundle, tasks=tasks), replace(placed, tasks=files), borrowed


def judge(bundle: Bundle, files: TaskFiles, organizer_ids: Collection[str]) -> list[tuple[str, Sentence]]:
    """The places of a competition that would let its organizers read what is lent to them: the places, each with a sentence.

    `files` are those that may be lent, by the indexes of tasks. Costs a call only where there is a queue or an image of the
    organizers' own.
    """
    if not (bundle.queues or bundle.docker_image or any(phase.docker_image for phase in bundle.phases)):
        return []
    kept = datasets.lent({id_ for refs in files.values() for id_ in _datasets(refs)}, organizer_ids)
    lent = {index: [kind for kind, ref in refs.items() if ref["dataset"] in kept] for index, refs in files.items()}
    return [finding for task in bundle.tasks for finding in _judge_task(bundle, task, lent.get(task.index, []))]


def check_edit(
    before: tuple[Bundle, Placed], after: tuple[Bundle, Placed], taken: Collection[str], organizer_ids: Collection[str]
) -> list[Complaint]:
    """The effects of an edit on files that are lent: each that would stand elsewhere, or beside something else.

    `taken` are the datasets that somebody was just found to be able to read. A task that is named by its key is whole, as in
    the bank. No call where no file stands otherwise.
    """
    named = [task for task in after[0].tasks if task.key]
    stood, stands = _placements(*before), _placements(replace(after[0], tasks=_others(after[0], named)), after[1])
    moved = {place: ref for place, (ref, beside) in stands.items() if stood.get(place) != (ref, beside)}
    unsure = {place: ref for place, ref in moved.items() if ref not in taken}
    kept = datasets.lent(set(unsure.values()), organizer_ids)
    apart = [Complaint(place, _APART) for place, ref in unsure.items() if ref in kept]
    if apart or not (unsure or named or _runs_elsewhere(before[0], after[0])):
        return apart
    return [Complaint(*finding) for finding in judge(after[0], after[1].tasks, organizer_ids)]


def _judge_task(bundle: Bundle, task: Task, kinds: Collection[str]) -> Iterator[tuple[str, Sentence]]:
    if kinds and bundle.queues:
        place = "queue" if bundle.queue else "agon.groups"
        yield (
            place,
            say(
                "lent_on_queue",
                "The task “{task}” has files that you may use and not read, and whoever has a queue's runners can read what "
                "these run. Leave the queue out, or ask the task's owner to share the datasets with you.",
                task=task.name[:60],
            ),
        )
    own = {"scoring": task.scoring_image, "ingestion": task.ingestion_image}
    if any(not own[step] and set(kinds) & set(read) for step, read in _READERS.items()):
        places = {"docker_image": bundle.docker_image} | {_place(phase): phase.docker_image for phase in _with(bundle, task)}
        message = say(
            "lent_in_image",
            "The task “{task}” has files that you may use and not read, so they run in the image that the task itself "
            "names, or else in the site's. Leave this image out, or ask the task's owner to share the datasets with you.",
            task=task.name[:60],
        )
        yield from ((place, message) for place, image in places.items() if image)


def _others(bundle: Bundle, tasks: Collection[Task]) -> tuple[Task, ...]:
    return tuple(task for task in bundle.tasks if task not in tasks)


def _named(task: Task, key: str) -> Task:
    without: dict[str, Any] = dict.fromkeys(TASK_FILES)
    return replace(task, key=key, **without)


def _with(bundle: Bundle, task: Task) -> list[Phase]:
    return [phase for phase in bundle.phases if task.index in phase.tasks]


def _place(phase: Phase) -> str:
    return f"phases[{phase.index}].agon.docker_image"


def _datasets(refs: Mapping[str, Ref]) -> set[str]:
    return {ref["dataset"] for ref in refs.values()}


def _placements(bundle: Bundle, placed: Placed) -> dict[str, tuple[str, Any]]:
    """Where each dataset stands, and beside which files and settings."""
    found: dict[str, tuple[str, Any]] = {}
    for task in bundle.tasks:
        refs = placed.tasks.get(task.index, {})
        beside = (task_settings(task), {kind: ref["dataset"] for kind, ref in refs.items()})
        found |= {f"tasks[{task.index}].{kind}": (ref["dataset"], beside) for kind, ref in refs.items()}
    for index, handouts in placed.phases.items():
        found |= {f"phases[{index}].{kind}": (ref["dataset"], None) for kind, ref in handouts.items()}
    return found | {f"solutions[{index}]": (ref["dataset"], None) for index, ref in placed.solutions.items()}


def _runs_elsewhere(before: Bundle, after: Bundle) -> bool:
    """True when another queue or image is to run what is submitted."""

    def where(bundle: Bundle) -> tuple[Any, ...]:
        return (
            bundle.queues,
            bundle.docker_image,
            [(phase.index, phase.tasks, phase.docker_image) for phase in bundle.phases],
        )

    return where(before) != where(after)
