"""The content of a bundle, whatever the version that said it. Values only: reading is in v1.py and v2.py, judging in
check.py.

Times are aware datetimes in UTC, limits are numbers or None for "no limit", and paths are relative to the manifest's
folder, without a leading `./` and without a trailing `/`. Each field knows what it means and under which key each
version writes it (keys.py): the organizers' reference and the dump are made from that. Boards are in leaderboard.py.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from chalicelib.contract.values import dataclass
from chalicelib.domain.bundle.expected import Expectations
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.keys import said
from chalicelib.domain.bundle.leaderboard import Leaderboard, SubmissionRule
from chalicelib.domain.bundle.sponsor import Sponsor

DEFAULT_SUBMISSIONS_PER_DAY = 5
DEFAULT_SUBMISSIONS = 100
DEFAULT_EXECUTION_TIME_LIMIT_SECONDS = 600
DEFAULT_SCALE = (1, 5)
DEFAULT_JUDGEMENTS = 3
STEPS = ("ingestion", "submission", "scoring")


class DatasetKey(str):
    """The id of a dataset, task or solution that exists already, where a path of the bundle could stand."""

    __slots__ = ()


@dataclass(frozen=True)
class Complaint:
    """A fault of a bundle, where it is, and what to write instead. `line` counts from 1."""

    file: str
    line: int | None
    key: str
    message: str


@dataclass(frozen=True)
class Page:
    """A page of text, in Markdown or HTML."""

    title: str = said("What its tab says.", v1="the page's key")
    file: str = said("The text: a .md or .html file.", v1="the page's value")
    participants_only: bool = said("Show the text to approved participants only; everybody sees the title.", False, v2=None)


@dataclass(frozen=True)
class Download:
    """A link that a phase shows beside its data: an address, or a dataset that exists already."""

    name: str = said("What the link says.", v1="name")
    url: str | None = said("Where it leads.", None, v1="url")
    description: str = said("What is to be found there.", "", v1="description")
    key: str | None = said(
        "The dataset that it hands out, instead of `url`.",
        None,
        v1="key",
        idle="A link without `url` is not shown: hand the file out as the phase's public data.",
    )


@dataclass(frozen=True)
class Requires:
    """The equipment that a runner must have for each job. Nothing is asked for by default."""

    cpus: float = said("Processors.", 0.0)
    memory_bytes: int = said("Memory, in bytes.", 0)
    gpus: int = said("GPUs.", 0)
    labels: tuple[str, ...] = said("Labels that the queue's owner gave to runners, such as a100.", ())


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: a mark is a whole number of its scale."""

    key: str = said("The name that marks go by, at most 36 characters.")
    title: str = said("What jurors are asked.")
    scale: tuple[int, int] = said("The lowest and the highest mark, such as [1, 5].", DEFAULT_SCALE)
    description: str = said("What a low mark means, and what a high one.", "")
    weight: float = said("How much it counts beside the others.", 1.0)


@dataclass(frozen=True)
class Judging:
    """The way people judge what submissions to a task put out, and which column their judgements fill."""

    column: str = said("The key of the leaderboard's column that the judgements fill. More is better there.")
    kind: Literal["rubric", "pairwise"] = said(
        "rubric: jurors give each output marks. pairwise: they say which of two is better.", "rubric"
    )
    judgements_per_submission: int = said(
        "How many jurors mark each submission; with pairwise, how many comparisons it stands in.", DEFAULT_JUDGEMENTS
    )
    criteria: tuple[Criterion, ...] = said("The rubric's lines.", ())
    guidelines: str = said("What jurors should know, in Markdown.", "")
    publish_at_once: bool = said(
        "Show a score as soon as a submission has its judgements; otherwise an organizer publishes them all.", True
    )


@dataclass(frozen=True)
class Task:
    """A scoring program and the data it needs, each a zip or a folder of the bundle, or a dataset's key.

    Without a scoring program there is a `judging`. `key` is set instead of the rest when the task exists already.
    """

    index: int = said("The number by which phases name the task.")
    name: str = said("Its name, at most 256 characters.", "", v1="the phase's label")
    description: str = said("What is to be done.", "")
    scoring_program: str | None = said(
        "The program that writes the scores; needed unless people judge.", None, v1="scoring_program"
    )
    reference_data: str | None = said("The truth, which the scoring program alone sees.", None, v1="reference_data")
    input_data: str | None = said("The data that code submissions work on.", None, v1="input_data")
    ingestion_program: str | None = said("The program that runs a code submission.", None, v1="ingestion_program")
    ingestion_only_during_scoring: bool = said(
        "Run the ingestion program beside the scoring program, not before it.",
        False,
        v1="ingestion_program_only_during_scoring",
    )
    key: str | None = said("An existing task's id, instead of everything else.", None)
    contract: Literal["1", "2"] = said(
        "Whose program contract holds: 1 has the working directory /app in the shape of a CodaLab run.", "2", v2=None
    )
    score_failed_predictions: bool = said(
        "Score what there is when the prediction step exited with an error.", True, v2=None
    )
    scoring_image: str = said("A Docker image for scoring alone.", "", v2=None, v1="scoring_program_docker_image")
    ingestion_image: str = said("A Docker image for ingestion alone.", "", v2=None, v1="ingestion_program_docker_image")
    network: tuple[str, ...] = said("The containers that may use the network: ingestion, submission, scoring.", (), v2=None)
    confidential_data: tuple[str, ...] = said(
        "The containers that see the runner's /app/data: ingestion, submission, scoring.", ("scoring",), v2=None
    )
    requires: Requires = said(
        "What a runner must have for this task, besides what the competition asks for.", Requires(), v2=None
    )
    judging: Judging | None = said(
        "How people judge the outputs, beside the scoring program or in its place.", None, v2=None
    )


@dataclass(frozen=True)
class Solution:
    """A submission that is known to work for some tasks: a zip or folder, or the key of one that exists already."""

    index: int = said("Its number.")
    tasks: tuple[int, ...] = said("The indexes of the tasks that it solves.", ())
    name: str = said("Its name.", "")
    description: str = said("What it does.", "")
    path: str | None = said("A zip or a folder of the bundle.", None)
    key: str | None = said("An existing solution's id, instead of `path`.", None)


@dataclass(frozen=True)
class FinalBoard:
    """The source of a phase's final ranking, once the phase is over: another phase, or one of its own tasks or boards."""

    phase: int | None = said("The index of the phase whose board takes this one's place.", None)
    task: int | None = said("The index of the task that alone ranks then, and of which nothing is shown before.", None)
    leaderboard: int | None = said(
        "The index of the hidden leaderboard of the same runs that is shown then, and ranks.", None
    )


@dataclass(frozen=True)
class Phase:
    """A period in which submissions are taken. `end` is exclusive, None means never; `tasks` are indexes of tasks."""

    index: int = said("Its place among the phases.", v1="phasenumber")
    name: str = said("Its name, at most 256 characters.", v1="label")
    start: datetime = said("When it opens.", v1="start_date")
    end: datetime | None = said(
        "When it closes; without one it never does. Dumps may write the second before it, and itself below `agon:`.",
        None,
        v1="the next phase's start_date",
    )
    tasks: tuple[int, ...] = said("The indexes of its tasks.", ())
    description: str = said("What it is about.", "", v1="description")
    max_submissions_per_day: int | None = said(
        "Submissions a participant may make a day; 0 or null is no limit.",
        DEFAULT_SUBMISSIONS_PER_DAY,
        v1="max_submissions_per_day",
    )
    max_submissions: int | None = said(
        "Submissions a participant may make in all; 0 or null is no limit.", DEFAULT_SUBMISSIONS, v1="max_submissions"
    )
    execution_time_limit_seconds: int = said(
        "Seconds that each step of a run may take.",
        DEFAULT_EXECUTION_TIME_LIMIT_SECONDS,
        v2="execution_time_limit",
        v1="execution_time_limit",
    )
    auto_migrate_to_this_phase: bool = said(
        "Bring participants' submissions over from the phase before.", False, v1="auto_migration"
    )
    hide_output: bool = said("Show participants no output and no logs.", False, v1="hide_output")
    hide_prediction_output: bool = said("Show participants no output of predictions.", False, v1="hide_prediction_output")
    hide_score_output: bool = said("Show participants no output of scoring.", False, v1="hide_score_output")
    starting_kit: str | None = said("What participants start from.", None, v1="starting_kit")
    public_data: str | None = said("Data for participants.", None, v1="public_data")
    accepts_only_result_submissions: bool = said("Take predictions only, never code.", False, v1="is_scoring_only")
    is_blind: bool = said(
        "Show participants no scores and no board while the phase is open.",
        False,
        v2=None,
        v1="leaderboard_management_mode: hide_results",
    )
    freeze_board_at: datetime | None = said(
        "From then to the phase's end participants see the board as it was.", None, v2=None
    )
    final_board_from: FinalBoard | None = said("What ranks when the phase is over.", None, v2=None)
    final_selection: int | None = said(
        "How many submissions participants may choose, 10 at most: the best of these counts when the phase is over.",
        None,
        v2=None,
    )
    submission_rule: SubmissionRule | None = said(
        "How submissions get onto the board in this phase, in place of the board's own rule.",
        None,
        v2=None,
        v1="force_best_submission_to_leaderboard",
    )
    max_submission_bytes: int | None = said(
        "The largest submission taken, in bytes.", None, v2=None, v1="max_submission_size (MB)"
    )
    max_participant_bytes: int | None = said(
        "What a participant's submissions may take together, in bytes.", None, v2=None, v1="participant_max_storage_use (MB)"
    )
    max_submissions_per_month: int | None = said("Submissions a participant may make a month; 0 allows none.", None, v2=None)
    min_interval_seconds: int | None = said("Seconds between two submissions of a participant.", None, v2=None)
    max_concurrent_submissions: int | None = said(
        "Submissions of a participant that may be waiting or running at once; 0 allows none.", None, v2=None
    )
    paused: bool = said("Take no submissions for now.", False, v2=None)
    migrate: Literal["last", "best"] = said(
        "Which submission of the phase before comes over: a participant's last or best one.", "last", v2=None
    )
    keeps_best_and_last_only: bool = said(
        "Delete a participant's finished submissions but the best and the last, and what is on the board or public.",
        False,
        v2=None,
        v1="delete_submissions_except_best_and_last",
    )
    docker_image: str = said("A Docker image for this phase alone.", "", v2=None, v1="default_docker_image")
    color: str = said("A colour for its tab.", "", v2=None, v1="color", idle="It is shown nowhere yet.")
    downloads: tuple[Download, ...] = said("Links that participants find beside the data.", (), v2=None, v1="datasets")
    licence_at_end: str = said(
        "When the phase is over, everybody may have each submission that has finished under this licence, such as "
        "CC-BY-4.0. Without one each participant decides.",
        "",
        v2=None,
    )
    never_ends: bool = said("It has no `end`, and is to go on while later phases are open.", False, v2=None)
    expects: Expectations | None = said("What submissions must hold, in place of what the competition says.", None, v2=None)
    submission_extensions: tuple[str, ...] = said(
        "Take one plain file with one of these extensions, such as csv, as it is; without any, submissions are zips.",
        (),
        v2=None,
    )
    allowed_addresses: tuple[str, ...] = said(
        "E-mail addresses that alone submit here, and domains with all below them; without any, all participants do.",
        (),
        v2=None,
    )
    judging_start: datetime | None = said("When jurors can begin; without one, with the first submission.", None, v2=None)
    judging_end: datetime | None = said("When jurors can judge no more; without one they always can.", None, v2=None)


@dataclass(frozen=True)
class Bundle:
    """A competition as its organizer wrote it down. A `docker_image` of "" means the platform's default image."""

    version: str = said("The format's version: 2.", v1="version")
    title: str = said("The competition's title, at most 256 characters.", v1="title")
    description: str = said("A few sentences for the list of competitions.", "", v1="description")
    image: str | None = said("The logo: png, jpeg, gif, webp or svg.", None, v1="image")
    terms: str | None = said("The terms that participants accept, as .md or .html.", None, v1="html.terms")
    registration_auto_approve: bool = said("Let everybody in who asks.", False, v1="has_registration (its opposite)")
    docker_image: str = said("The Docker image that programs run in.", "", v1="competition_docker_image")
    queue: str | None = said("The id of the queue whose runners do the work.", None, v1="queue")
    make_programs_available: bool = said("Let participants download the programs.", False, v1="make_programs_available")
    make_input_data_available: bool = said(
        "Let participants download the input data.", False, v1="make_input_data_available"
    )
    enable_detailed_results: bool = said("Show the page that scoring writes.", False, v1="enable_detailed_results")
    show_detailed_results_in_submission_panel: bool = said(
        "Show it with the submission.", True, v1="show_detailed_results_in_submission_panel"
    )
    show_detailed_results_in_leaderboard: bool = said(
        "Show it from the leaderboard.", True, v1="show_detailed_results_in_leaderboard"
    )
    auto_run_submissions: bool = said(
        "Run submissions at once; otherwise an organizer starts each.", True, v1="auto_run_submissions"
    )
    can_participants_make_submissions_public: bool = said(
        "Let participants show their submissions to all.", True, v1="allow_public_submissions"
    )
    competition_type: str = said(
        "competition or benchmark.", "competition", idle="A benchmark is a competition like others.", acts_as="competition"
    )
    fact_sheet: Mapping[str, Any] | None = said(
        "Questions about each submission.", None, v1="enable_per_submission_metadata"
    )
    reward: str | None = said("What is to be won: it is shown on the list.", None, v1="reward")
    contact_email: str | None = said("Whom to ask, told to who is signed in; answers to mails go there.", None)
    forum_enabled: bool = said("Have a forum.", True, v1="enable_forum")
    pages: tuple[Page, ...] = said("Pages of text.", (), v1="html")
    tasks: tuple[Task, ...] = said("What is to be done.", ())
    solutions: tuple[Solution, ...] = said("Submissions that are known to work.", ())
    phases: tuple[Phase, ...] = said("When it is done.", (), v1="phases")
    leaderboards: tuple[Leaderboard, ...] = said("How it is ranked.", (), v1="leaderboard")
    start: datetime | None = said(
        "When the competition as a whole begins.", None, v2=None, v1="start_date", idle="Only phases have starts that count."
    )
    anonymous_leaderboard: bool = said("Hide names on boards.", False, v2=None, v1="anonymous_leaderboard")
    max_submission_bytes: int | None = said(
        "The largest submission taken in any phase, in bytes.", None, v2=None, v1="upper_bound_max_submission_size (MB)"
    )
    admin_names: tuple[str, ...] = said(
        "People whom the organizer named.",
        (),
        v2=None,
        v1="admin_names",
        idle="Nobody becomes an organizer by a bundle. Add them on the competition's page.",
    )
    enable_teams: bool = said("Let participants form teams.", False, v2=None, v1="enable_teams")
    require_team_approval: bool = said("Have an organizer approve teams.", True, v2=None, v1="require_team_approval")
    allow_organizer_teams: bool = said("Let organizers make teams.", False, v2=None, v1="allow_organizer_teams")
    max_team_members: int | None = said("The most members of a team, 25 at most.", None, v2=None)
    team_merges: Literal["within_limits", "always", "never"] = said(
        "Whether two teams may become one: while both together have used no more than one team could, always, or never.",
        "within_limits",
        v2=None,
    )
    team_merge_deadline: datetime | None = said("Until when teams may merge; at any time without it.", None, v2=None)
    show_team_names: bool = said(
        "Show the team of each participant's profile.",
        False,
        v2=None,
        v1="allow_teams",
        idle="Profiles have no team here. Those who compete as a team always stand under its name.",
    )
    show_downloads: bool = said("Show the phases' links.", True, v2=None, v1="show_datasets_from_yaml")
    requires: Requires = said("What a runner must have for every task.", Requires(), v2=None)
    timezone: str = said("The time zone whose days and months limits go by, such as Europe/Paris.", "UTC", v2=None)
    paused: bool = said("Take no submissions in any phase for now.", False, v2=None)
    archived: bool = said(
        "Keep it to be read: nobody joins, submits or posts any more, and lists leave it out.", False, v2=None
    )
    slug: str = said(
        "Its name in addresses and commands, such as iris-2027, where nobody has it: else one like it. "
        "Without one it is made of the title.",
        "",
        v2=None,
    )
    tags: tuple[str, ...] = said("Words that it is found by, 10 at most, such as vision or medicine.", (), v2=None)
    sponsors: tuple[Sponsor, ...] = said("Those who pay for it, for its page to name.", (), v2=None)
    allowed_addresses: tuple[str, ...] = said(
        "E-mail addresses that alone may join, and domains with all below them, such as example.org.", (), v2=None
    )
    refused_addresses: tuple[str, ...] = said("E-mail addresses and domains that may not join.", (), v2=None)
    registration_questions: Mapping[str, Any] | None = said("Questions to those who join.", None, v2=None)
    expects: Expectations | None = said(
        "What submissions must hold, in each phase that says nothing of its own.", None, v2=None
    )
    groups: tuple[Group, ...] = said("Groups of participants that have something of their own.", (), v2=None)
    assets: tuple[str, ...] = said(
        "Files of the folder assets/, for pages to link to.", (), v2=None, v1="the folder assets/"
    )

    @property
    def queues(self) -> tuple[str, ...]:
        """The ids of the queues whose runners do the work: the competition's and those of groups, without the site's own."""
        named = (self.queue, *(group.queue for group in self.groups))
        return tuple(dict.fromkeys(queue for queue in named if queue))
