"""Judging by people."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from chalicelib.contract.values import dataclass


@dataclass(frozen=True)
class Juror:
    """A member of a competition's jury. The judgements of one who is excluded do not count."""

    user: str
    username: str
    status: Literal["active", "excluded"]
    invited_by: str
    invited_at: datetime


@dataclass(frozen=True)
class Jurors:
    """A competition's jury."""

    jurors: list[Juror]


@dataclass(frozen=True)
class Jury:
    """A competition whose submissions one is asked to judge."""

    competition: str
    title: str
    organizer: str
    status: Literal["active", "excluded"]


@dataclass(frozen=True)
class Juries:
    """One page of the juries that one is on, those of the newest competitions first."""

    juries: list[Jury]
    next: str | None


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric. Marks are whole numbers from `lowest` to `highest`."""

    key: str
    title: str
    description: str
    lowest: int
    highest: int
    weight: float


@dataclass(frozen=True)
class ShownFile:
    """A file of an output. `url` is good for an hour, and null when the file is too large to be shown.

    Show text and html in a frame with an empty `sandbox` attribute, and nowhere else.
    """

    name: str
    kind: Literal["text", "image", "html", "other"]
    size_bytes: int
    url: str | None


@dataclass(frozen=True)
class Output:
    """The output of a submission. Whose it is, nobody is told."""

    files: list[ShownFile]


@dataclass(frozen=True)
class Judgement:
    """A decision of one's own: marks by criterion, or which of two outputs is better, in the order in which one sees
    them."""

    case: str
    marks: Mapping[str, int]
    preferred: Literal["first", "second", "equal"] | None
    comment: str
    made_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class Judgements:
    """One page of one's judgements in a phase, newest first."""

    judgements: list[Judgement]
    next: str | None


@dataclass(frozen=True)
class Case:
    """A thing that a juror is to decide about: one output to be marked (rubric), or two to be compared (pairwise).

    It is kept for the juror until `held_until`, which is null for what was decided before. `judgement` is one's own.
    """

    id: str
    phase: str
    task: str
    kind: Literal["rubric", "pairwise"]
    guidelines: str
    criteria: list[Criterion]
    outputs: list[Output]
    judgement: Judgement | None
    held_until: datetime | None


@dataclass(frozen=True)
class NextCase:
    """The case that a juror is to decide about next; null when there is nothing now. `done` counts what one has
    decided or passed.

    `made` and `wanted` count the judgements of the whole jury, a few seconds ago. `ends_at` null: judging never ends.
    """

    case: Case | None
    done: int
    made: int
    wanted: int
    ends_at: datetime | None


@dataclass(frozen=True)
class JudgedTask:
    """The jury's progress with a task. `agreement` is Krippendorff's alpha, of each criterion by its key and in all ("").

    1 is full agreement, 0 what chance gives; null where too little was judged twice.
    """

    task: str
    name: str
    kind: Literal["rubric", "pairwise"]
    column: str
    judgements_per_submission: int
    publish_at_once: bool
    made: int
    agreement: Mapping[str, float | None]


@dataclass(frozen=True)
class JudgedSubmission:
    """The jury's progress with a submission. `score` is what its judgements come to now, shown to participants or not.

    A submission that is broken cannot be shown to jurors; `problem` says why.
    """

    submission: str
    participant: str
    task: str
    state: Literal["new", "ready", "broken", "withdrawn"]
    problem: str
    judgements: int
    score: float | None


@dataclass(frozen=True)
class JurorProgress:
    """The progress of a juror."""

    user: str
    username: str
    status: Literal["active", "excluded", "removed"]
    judgements: int
    last_judged_at: datetime | None


@dataclass(frozen=True)
class JudgingProgress:
    """The jury's progress with a phase, for organizers. `published`: participants see the scores."""

    phase: str
    published: bool
    starts_at: datetime | None
    ends_at: datetime | None
    tasks: list[JudgedTask]
    submissions: list[JudgedSubmission]
    jurors: list[JurorProgress]


@dataclass(frozen=True)
class Published:
    """The publication of judging: whether participants see the scores of a phase's judgements."""

    phase: str
    published: bool
