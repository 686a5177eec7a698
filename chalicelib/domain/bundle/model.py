"""What a bundle says, whatever the version that said it. Values only: reading is in v2.py, judging in check.py.

Times are aware datetimes in UTC, limits are numbers or None for "no limit", and paths are relative to the manifest's
folder, without a leading `./` and without a trailing `/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

DEFAULT_SUBMISSIONS_PER_DAY = 5
DEFAULT_SUBMISSIONS = 100
DEFAULT_EXECUTION_TIME_LIMIT_SECONDS = 600
DEFAULT_PRECISION = 2


class SubmissionRule(StrEnum):
    """How a finished submission gets onto the leaderboard (FORMATS 3.1)."""

    ADD = "Add"
    ADD_AND_DELETE = "Add_And_Delete"
    ADD_AND_DELETE_MULTIPLE = "Add_And_Delete_Multiple"
    FORCE_LAST = "Force_Last"
    FORCE_LATEST_MULTIPLE = "Force_Latest_Multiple"
    FORCE_BEST = "Force_Best"

    @property
    def is_automatic(self) -> bool:
        """True when submissions go on the board by themselves, and nobody but an administrator adds them by hand."""
        return self in (self.FORCE_LAST, self.FORCE_LATEST_MULTIPLE, self.FORCE_BEST)

    @property
    def keeps_several(self) -> bool:
        """True when a participant may have more than one row."""
        return self in (self.ADD_AND_DELETE_MULTIPLE, self.FORCE_LATEST_MULTIPLE)

    @property
    def allows_removal(self) -> bool:
        """True when a participant may take their own row off the board."""
        return self in (self.ADD_AND_DELETE, self.ADD_AND_DELETE_MULTIPLE)


@dataclass(frozen=True)
class Complaint:
    """Something wrong with a bundle, where it is, and what to write instead. `line` counts from 1."""

    file: str
    line: int | None
    key: str
    message: str


@dataclass(frozen=True)
class Page:
    """A page of text. `file` ends in .md or .html."""

    title: str
    file: str


@dataclass(frozen=True)
class Task:
    """A scoring program and the data it needs, each a zip or a folder of the bundle.

    `key` is set instead of the rest when the task is one that exists already.
    """

    index: int
    name: str = ""
    description: str = ""
    scoring_program: str | None = None
    reference_data: str | None = None
    input_data: str | None = None
    ingestion_program: str | None = None
    ingestion_only_during_scoring: bool = False
    key: str | None = None


@dataclass(frozen=True)
class Solution:
    """A submission that is known to work for some tasks: a zip or folder, or the key of one that exists already."""

    index: int
    tasks: tuple[int, ...] = ()
    name: str = ""
    description: str = ""
    path: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Phase:
    """A period in which submissions are taken. `end` is exclusive, None means never; `tasks` are indexes of tasks."""

    index: int
    name: str
    start: datetime
    end: datetime | None = None
    tasks: tuple[int, ...] = ()
    description: str = ""
    max_submissions_per_day: int | None = DEFAULT_SUBMISSIONS_PER_DAY
    max_submissions: int | None = DEFAULT_SUBMISSIONS
    execution_time_limit_seconds: int = DEFAULT_EXECUTION_TIME_LIMIT_SECONDS
    auto_migrate_to_this_phase: bool = False
    hide_output: bool = False
    hide_prediction_output: bool = False
    hide_score_output: bool = False
    starting_kit: str | None = None
    public_data: str | None = None


@dataclass(frozen=True)
class Column:
    """One score of a leaderboard. `computation` (avg, sum, min, max) fills it from the columns named beside it."""

    key: str
    title: str
    index: int
    sorting: Literal["asc", "desc"] = "desc"
    precision: int = DEFAULT_PRECISION
    hidden: bool = False
    computation: str | None = None
    computation_indexes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Leaderboard:
    """A board. `primary_index` is the `index` of the column that ranks; `columns` stand in order of their indexes."""

    index: int
    title: str
    key: str
    hidden: bool = False
    submission_rule: SubmissionRule = SubmissionRule.ADD
    primary_index: int = 0
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Bundle:
    """A competition as its organizer wrote it down. A `docker_image` of "" means the platform's default image."""

    version: str
    title: str
    description: str = ""
    image: str | None = None
    terms: str | None = None
    registration_auto_approve: bool = False
    docker_image: str = ""
    queue: str | None = None
    make_programs_available: bool = False
    make_input_data_available: bool = False
    enable_detailed_results: bool = False
    show_detailed_results_in_submission_panel: bool = True
    show_detailed_results_in_leaderboard: bool = True
    auto_run_submissions: bool = True
    can_participants_make_submissions_public: bool = True
    competition_type: str = "competition"
    fact_sheet: Mapping[str, Any] | None = None
    reward: str | None = None
    contact_email: str | None = None
    forum_enabled: bool = True
    pages: tuple[Page, ...] = ()
    tasks: tuple[Task, ...] = ()
    solutions: tuple[Solution, ...] = ()
    phases: tuple[Phase, ...] = ()
    leaderboards: tuple[Leaderboard, ...] = ()
