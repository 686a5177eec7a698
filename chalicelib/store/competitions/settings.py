"""Settings of a competition and of a phase, as the code asks for them: typed, and with the format's defaults.

definition.py stores them as the bundle has them, with the format's own names (docs/format.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeVar

from chalicelib.contract.expected import expectations
from chalicelib.contract.expected.expectations import Expectations

Question = Mapping[str, Any]


@dataclass(frozen=True)
class CompetitionSettings:
    """The settings that a competition has for all its phases. Sizes in bytes; `queue` None is the default queue."""

    queue: str | None = None
    requires: Mapping[str, Any] = field(default_factory=dict)
    timezone: str = "UTC"
    tags: Sequence[str] = ()
    sponsors: Sequence[Mapping[str, Any]] = ()
    reward: str | None = None
    paused: bool = False
    archived: bool = False
    forum_enabled: bool = True
    fact_sheet: Mapping[str, Question] = field(default_factory=dict)
    auto_run_submissions: bool = True
    can_participants_make_submissions_public: bool = True
    make_programs_available: bool = False
    make_input_data_available: bool = False
    enable_detailed_results: bool = False
    show_detailed_results_in_submission_panel: bool = True
    show_detailed_results_in_leaderboard: bool = True
    anonymous_leaderboard: bool = False
    enable_teams: bool = False
    require_team_approval: bool = True
    allow_organizer_teams: bool = False
    max_team_members: int | None = None
    team_merges: Literal["within_limits", "always", "never"] = "within_limits"
    team_merge_deadline: str | None = None
    max_submission_bytes: int | None = None
    allowed_addresses: Sequence[str] = ()
    refused_addresses: Sequence[str] = ()
    contact_email: str | None = None
    registration_questions: Mapping[str, Question] = field(default_factory=dict)
    groups: Sequence[Mapping[str, Any]] = ()
    show_downloads: bool = True
    expects: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class PhaseSettings:
    """The settings of a phase beside its dates, tasks and limits. Sizes in bytes; an image of "" is the competition's."""

    paused: bool = False
    docker_image: str = ""
    accepts_only_result_submissions: bool = False
    hide_output: bool = False
    hide_prediction_output: bool = False
    hide_score_output: bool = False
    keeps_best_and_last_only: bool = False
    licence_at_end: str = ""
    auto_migrate_to_this_phase: bool = False
    migrate: Literal["last", "best"] = "last"
    max_submissions_per_month: int | None = None
    min_interval_seconds: int | None = None
    max_concurrent_submissions: int | None = None
    max_submission_bytes: int | None = None
    max_participant_bytes: int | None = None
    freeze_board_at: str | None = None
    final_selection: int | None = None
    submission_extensions: Sequence[str] = ()
    allowed_addresses: Sequence[str] = ()
    downloads: Sequence[Mapping[str, Any]] = ()
    expects: Mapping[str, Any] | None = None


AnySettings = TypeVar("AnySettings", CompetitionSettings, PhaseSettings)


def read(kind: type[AnySettings], stored: Mapping[str, Any] | None) -> AnySettings:
    """Settings as they are stored. What is not stored, or stored as null, is as the format has it by default."""
    kept = {name: value for name, value in (stored or {}).items() if value is not None}
    return kind(**{one.name: kept[one.name] for one in fields(kind) if one.name in kept})


def of(item: object, stored: Mapping[str, Any] | None, kind: type[AnySettings]) -> AnySettings:
    """The settings of an item, read once for what it has stored: who asks for one asks for others."""
    known = vars(item).get("read_settings")
    if known is None or known[0] is not stored:
        known = vars(item)["read_settings"] = (stored, read(kind, stored))
    return known[1]


def expected(competition: CompetitionSettings, phase: PhaseSettings) -> Expectations | None:
    """The expectations of a phase about submissions: its own, else its competition's."""
    return expectations.of_stored(phase.expects) or expectations.of_stored(competition.expects)
