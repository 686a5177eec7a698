"""Any bundle that can be: for properties that must hold of all of them."""

import string
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from chalicelib.domain.bundle.expected import Constraints, Expectations, ExpectedField, ExpectedFile
from chalicelib.domain.bundle.group import Group, GroupLimits
from chalicelib.domain.bundle.leaderboard import (
    COMPUTATIONS,
    EXTENDED_COMPUTATIONS,
    Column,
    ColumnGroup,
    Leaderboard,
    SubmissionRule,
)
from chalicelib.domain.bundle.model import (
    STEPS,
    Bundle,
    Criterion,
    DatasetKey,
    Download,
    FinalBoard,
    Judging,
    Page,
    Phase,
    Requires,
    Solution,
    Task,
)

_LETTERS = string.ascii_letters + string.digits + " äßλ漢🙂:#-'\"{}[]|>&*!%@`?,\\/~.=_"
DIGEST = "sha256:" + "0a" * 32
_STAMPS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
KEYS = st.text("0123456789abcdef", min_size=26, max_size=26).map(DatasetKey)
WORDS = st.text(_LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool)
LONG = st.one_of(st.just(""), st.text(_LETTERS + "\n", max_size=200).filter(lambda text: text == "" or text.strip() != ""))
FLAGS = st.booleans()
SIZES = st.one_of(st.none(), st.integers(1, 5 * 1024**4))
STEP_SETS = st.sets(st.sampled_from(STEPS)).map(lambda found: tuple(step for step in STEPS if step in found))
LIMITS = st.one_of(st.none(), st.integers(0, 10**6))


REQUIRES = st.builds(
    Requires,
    cpus=st.sampled_from([0.0, 0.5, 2.0, 64.0]),
    memory_bytes=st.integers(0, 5 * 1024**4),
    gpus=st.integers(0, 8),
    labels=st.lists(st.sampled_from(["a100", "eu", "lab.example:8", "1e3", "true"]), unique=True, max_size=3).map(tuple),
)


_NUMBERS = st.sampled_from([None, -1.5, 0.0, 1e-7, 3.0, 1e20])
_FIELDS = st.builds(
    ExpectedField,
    name=WORDS,
    type=st.sampled_from(["integer", "number"]),
    constraints=st.builds(
        Constraints,
        required=FLAGS,
        unique=FLAGS,
        minimum=_NUMBERS.filter(lambda number: number is None or number <= 0),
        maximum=_NUMBERS.filter(lambda number: number is None or number > 0),
        enum=st.lists(st.sampled_from(["1", "a b", "true", "a,b"]), unique=True, max_size=3).map(tuple),
    ),
)
_FIELD_LISTS = st.lists(_FIELDS, min_size=1, max_size=3, unique_by=lambda field: field.name).map(tuple)
_COUNTS = st.one_of(st.none(), st.integers(0, 10**6))
_EXPECTED_FILES = st.one_of(
    st.builds(ExpectedFile, path=st.just("a.csv"), description=WORDS, required=FLAGS, max_bytes=SIZES),
    st.builds(
        ExpectedFile,
        path=st.sampled_from(["b.csv", "**/ü ?.csv"]),
        format=st.sampled_from(["csv", "tsv"]),
        header=FLAGS,
        rows=_COUNTS,
        fields=_FIELD_LISTS,
        fields_match=st.sampled_from(["superset", "equal", "exact"]),
    ),
    st.builds(
        ExpectedFile, path=st.just("c"), format=st.just("json"), type=st.sampled_from([None, "array"]), min_rows=_COUNTS
    ),
    st.builds(
        ExpectedFile,
        path=st.just("d/*.npy"),
        count=st.sampled_from([None, 7]),
        format=st.just("npy"),
        dtype=st.sampled_from([None, "bool"]),
        shape=st.sampled_from([None, (), (-1, 0, 1000)]),
    ),
)
EXPECTATIONS = st.one_of(
    st.none(),
    st.builds(
        Expectations,
        files=st.lists(_EXPECTED_FILES, min_size=1, max_size=3, unique_by=lambda one: one.path).map(tuple),
        others=FLAGS,
        max_files=st.sampled_from([None, 0, 3]),
    ),
)

EXTENSIONS = st.sampled_from([(), ("csv",), ("json", "zip")])


def paths(*suffixes: str) -> st.SearchStrategy[str]:
    """Names of files of `NAMES`."""
    return st.sampled_from([name for name in NAMES if name.endswith(suffixes)])


NAMES = ["a.zip", "b.zip", "deep/c d.zip", "ü.zip", "x.md", "deep/y.html", "z.txt", "logo.png", "deep/logo.svg"]
DATA = st.one_of(paths(".zip"), KEYS)
OPTIONAL_DATA = st.one_of(st.none(), DATA)


def tasks(indexes: list[int], judged: list[str]) -> st.SearchStrategy[tuple[Task, ...]]:
    return st.tuples(
        *(st.one_of(_task(index, judged), KEYS.map(lambda key, index=index: Task(index, key=key))) for index in indexes)
    )


@st.composite
def _task(draw: st.DrawFn, index: int, judged: list[str]) -> Task:
    judging = draw(st.one_of(st.none(), _judging(judged))) if judged else None
    return draw(_plain_task(index, judging))


def _plain_task(index: int, judging: Judging | None) -> st.SearchStrategy[Task]:
    return st.builds(
        Task,
        index=st.just(index),
        name=WORDS,
        description=LONG,
        scoring_program=OPTIONAL_DATA if judging else DATA,
        reference_data=OPTIONAL_DATA,
        input_data=OPTIONAL_DATA,
        ingestion_program=OPTIONAL_DATA,
        ingestion_only_during_scoring=FLAGS,
        contract=st.sampled_from(["1", "2"]),
        score_failed_predictions=FLAGS,
        scoring_image=st.sampled_from(["", "a/b:1"]),
        ingestion_image=st.sampled_from(["", f"a/b@{DIGEST}"]),
        network=STEP_SETS,
        confidential_data=STEP_SETS,
        requires=REQUIRES,
        key=st.none(),
        judging=st.just(judging),
    )


@st.composite
def _judging(draw: st.DrawFn, columns: list[str]) -> Judging:
    kind = draw(st.sampled_from(["rubric", "pairwise"]))
    criteria = [
        Criterion(key, draw(WORDS), (low, low + draw(st.integers(1, 100))), draw(LONG), draw(st.floats(0.125, 10, width=32)))
        for key in draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
        for low in [draw(st.integers(0, 9))]
    ]
    return Judging(
        column=draw(st.sampled_from(columns)),
        kind=kind,
        judgements_per_submission=draw(st.integers(1, 50)),
        criteria=tuple(criteria) if kind == "rubric" else (),
        guidelines=draw(LONG),
        publish_at_once=draw(FLAGS),
    )


def _fit_for_jurors(boards: tuple[Leaderboard, ...]) -> list[str]:
    """The keys of columns that people may fill whatever the rule: plain ones that grow and that no ranking depends on."""
    columns = {column.key: column for board in boards for column in board.columns}
    ranking: set[str] = set()
    for board in boards:
        primary = next(column for column in board.columns if column.index == board.primary_index)
        ranking |= {one.key for one in board.columns if one.index in (primary.index, *primary.computation_indexes)}
    fit = [key for key, one in columns.items() if one.sorting == "desc" and one.computation is None]
    return [key for key in fit if key not in ranking]


def phases(count: int, indexes: list[int]) -> st.SearchStrategy[tuple[Phase, ...]]:
    times = st.lists(_STAMPS, min_size=count + 1, max_size=count + 1, unique=True).map(sorted)
    used = st.lists(st.sampled_from(indexes), min_size=1, unique=True).map(tuple)
    each = st.tuples(*(used for _ in range(count)))
    return st.tuples(times, each).flatmap(
        lambda pair: st.tuples(*(_phase(at, pair[0][at], pair[0][at + 1], pair[1][at], count) for at in range(count)))
    )


def _final_boards(index: int, used: tuple[int, ...], count: int) -> st.SearchStrategy[FinalBoard | None]:
    # The last phase names none, so that the others may name it.
    found: list[st.SearchStrategy[FinalBoard | None]] = [st.none()]
    if index < count - 1:
        found.append(st.just(FinalBoard(phase=count - 1)))
        if len(used) > 1:
            found.append(st.sampled_from(used).map(lambda task: FinalBoard(task=task)))
    return st.one_of(found)


def _phase(index: int, start: datetime, end: datetime, used: tuple[int, ...], count: int) -> st.SearchStrategy[Phase]:
    return st.builds(
        Phase,
        index=st.just(index),
        name=WORDS,
        start=st.just(start),
        end=st.just(end),
        tasks=st.just(used),
        description=LONG,
        max_submissions_per_day=LIMITS,
        max_submissions=LIMITS,
        execution_time_limit_seconds=st.integers(1, 10**6),
        auto_migrate_to_this_phase=FLAGS if index else st.just(False),
        hide_output=FLAGS,
        hide_prediction_output=FLAGS,
        hide_score_output=FLAGS,
        starting_kit=OPTIONAL_DATA,
        public_data=OPTIONAL_DATA,
        accepts_only_result_submissions=FLAGS,
        is_blind=FLAGS,
        freeze_board_at=st.sampled_from([None, start]),
        final_board_from=_final_boards(index, used, count),
        submission_rule=st.one_of(st.none(), st.sampled_from(SubmissionRule)),
        max_submission_bytes=SIZES,
        max_participant_bytes=SIZES,
        max_submissions_per_month=LIMITS,
        min_interval_seconds=st.one_of(st.none(), st.integers(1, 10**6)),
        max_concurrent_submissions=LIMITS,
        paused=FLAGS,
        migrate=st.sampled_from(["last", "best"]),
        keeps_best_and_last_only=FLAGS,
        docker_image=st.sampled_from(["", "a/b:1"]),
        color=st.sampled_from(["", "blue"]),
        downloads=st.lists(
            st.builds(Download, WORDS, st.sampled_from([None, "https://a.example/b"]), LONG, st.none()), max_size=2
        ).map(tuple),
        licence_at_end=st.sampled_from(["", "CC-BY-4.0"]),
        expects=EXPECTATIONS,
        submission_extensions=EXTENSIONS,
        allowed_addresses=ADDRESSES,
        judging_start=st.one_of(st.none(), st.just(start)),
        judging_end=st.one_of(st.none(), st.just(end)),
    )


@st.composite
def boards(draw: st.DrawFn) -> tuple[Leaderboard, ...]:
    keys = draw(st.lists(WORDS, min_size=1, max_size=2, unique=True))
    return tuple(draw(_board(index, key)) for index, key in enumerate(keys))


@st.composite
def _board(draw: st.DrawFn, index: int, key: str) -> Leaderboard:
    plain = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    groups = tuple(
        ColumnGroup(name, draw(WORDS), draw(st.integers(0, 9))) for name in draw(st.lists(WORDS, max_size=2, unique=True))
    )
    columns = [draw(_column(at, name, groups)) for at, name in enumerate(plain)]
    if draw(FLAGS):
        columns.append(draw(_computed(len(plain), [*range(len(plain))], "computed " + plain[0][:20])))
    indexes = [column.index for column in columns]
    if draw(FLAGS):
        errors = {"index": len(columns), "error_of": 0, "hidden": columns[0].hidden}
        columns.append(Column("error " + plain[0][:20], draw(WORDS), **errors))
    return Leaderboard(
        index=index,
        title=draw(WORDS),
        key=key,
        hidden=draw(FLAGS),
        own_scores=draw(FLAGS),
        submission_rule=draw(st.sampled_from(SubmissionRule)),
        primary_index=draw(st.sampled_from(indexes)),
        columns=tuple(columns),
        tie_break_indexes=draw(st.one_of(st.none(), st.lists(st.sampled_from(indexes), unique=True).map(tuple))),
        column_groups=groups,
    )


def _column(index: int, key: str, groups: tuple[ColumnGroup, ...]) -> st.SearchStrategy[Column]:
    return st.builds(
        Column,
        key=st.just(key),
        title=WORDS,
        index=st.just(index),
        sorting=st.sampled_from(["asc", "desc"]),
        precision=st.integers(0, 15),
        hidden=FLAGS,
        group=st.sampled_from([None, *(group.key for group in groups)]),
        computation=st.none(),
        computation_indexes=st.just(()),
        computation_weights=st.just(()),
        former_keys=st.sampled_from([(), (f"was {index}",), (f"was {index}", f"once, {index}")]),
    )


@st.composite
def _computed(draw: st.DrawFn, index: int, sources: list[int], key: str) -> Column:
    named = tuple(draw(st.lists(st.sampled_from(sources), min_size=1, unique=True)))
    computation = draw(st.sampled_from((*COMPUTATIONS, *EXTENDED_COMPUTATIONS)))
    is_weighted = computation == "weighted_dense_rank"
    weights = tuple(draw(st.floats(0, 10, width=32)) for _ in named) if is_weighted else ()
    return Column(key, draw(WORDS), index, computation=computation, computation_indexes=named, computation_weights=weights)


def _that_can_be_met(made: tuple[Phase, ...], expects: Expectations | None) -> tuple[Phase, ...]:
    """Where something is expected, it is of zips."""
    return tuple(replace(one, submission_extensions=()) if one.expects or expects else one for one in made)


@st.composite
def _of_phases(draw: st.DrawFn, found: tuple[Leaderboard, ...], count: int) -> tuple[Leaderboard, ...]:
    """Where there are two, the second is of some phases alone."""
    chosen = draw(st.lists(st.sampled_from(range(count)), unique=True).map(tuple))
    return tuple(replace(board, phases=chosen) if board.index else board for board in found)


@st.composite
def _choosing(draw: st.DrawFn, found: tuple[Phase, ...], boards: tuple[Leaderboard, ...]) -> tuple[Phase, ...]:
    """Participants choose where a rule leaves them anything to choose."""
    rules = [phase.submission_rule or boards[0].submission_rule for phase in found]
    numbers = [None if rule.keeps_several else draw(st.sampled_from([None, 1, 10])) for rule in rules]
    return tuple(replace(phase, final_selection=number) for phase, number in zip(found, numbers, strict=True))


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """A bundle of version 2 in which everything fits together, with files of `NAMES`."""
    indexes = draw(st.lists(st.integers(0, 50), min_size=1, max_size=3, unique=True))
    found = draw(phases(draw(st.integers(1, 3)), indexes))
    leaderboards = draw(boards())
    found, leaderboards = draw(_choosing(found, leaderboards)), draw(_of_phases(leaderboards, len(found)))
    solved = st.lists(st.sampled_from(indexes), min_size=1, unique=True).map(tuple)
    solutions = tuple(
        Solution(index, draw(solved), draw(st.one_of(st.just(""), WORDS)), draw(LONG), *draw(_place()))
        for index in range(draw(st.integers(0, 2)))
    )
    is_asked, expects = draw(FLAGS), draw(EXPECTATIONS)
    return Bundle(
        version="2",
        title=draw(WORDS),
        description=draw(LONG),
        image=draw(st.one_of(st.none(), paths(".png", ".svg"))),
        terms=draw(st.one_of(st.none(), paths(".md", ".html"))),
        registration_auto_approve=draw(FLAGS),
        docker_image=draw(st.sampled_from(["", "python:3.12", f"a/b@{DIGEST}", "a/" * 30 + f"b@{DIGEST}"])),
        queue=draw(st.one_of(st.none(), KEYS)),
        make_programs_available=draw(FLAGS),
        make_input_data_available=draw(FLAGS),
        enable_detailed_results=draw(FLAGS),
        show_detailed_results_in_submission_panel=draw(FLAGS),
        show_detailed_results_in_leaderboard=draw(FLAGS),
        auto_run_submissions=draw(FLAGS),
        can_participants_make_submissions_public=draw(FLAGS),
        competition_type=draw(st.sampled_from(["competition", "benchmark"])),
        reward=draw(st.one_of(st.none(), WORDS)),
        contact_email=draw(st.sampled_from([None, "a@b.example"])),
        forum_enabled=draw(FLAGS),
        pages=tuple(draw(st.lists(st.builds(Page, WORDS, paths(".md", ".html"), FLAGS), max_size=3))),
        tasks=draw(tasks(indexes, _fit_for_jurors(leaderboards))),
        solutions=solutions,
        phases=_that_can_be_met(found, expects),
        leaderboards=leaderboards,
        start=draw(st.one_of(st.none(), _STAMPS)),
        anonymous_leaderboard=draw(FLAGS),
        max_submission_bytes=draw(SIZES),
        admin_names=tuple(draw(st.lists(st.text(string.ascii_letters, min_size=1, max_size=9), max_size=2))),
        enable_teams=draw(FLAGS),
        require_team_approval=draw(FLAGS),
        allow_organizer_teams=draw(FLAGS),
        max_team_members=draw(st.one_of(st.none(), st.integers(1, 25))),
        team_merges=draw(st.sampled_from(["within_limits", "always", "never"])),
        team_merge_deadline=draw(st.one_of(st.none(), _STAMPS)),
        show_team_names=draw(FLAGS),
        show_downloads=draw(FLAGS),
        requires=draw(REQUIRES),
        timezone=draw(st.sampled_from(["UTC", "Europe/Paris", "America/Argentina/Buenos_Aires"])),
        paused=draw(FLAGS),
        tags=draw(st.sampled_from([(), ("vision",), ("Computer vision", "Médecine")])),
        allowed_addresses=draw(ADDRESSES),
        refused_addresses=draw(ADDRESSES),
        registration_questions={"lab": LAB} if is_asked else None,
        expects=expects,
        groups=draw(st.sampled_from([(), GROUPS] if is_asked else [()])),
    )


LAB = {"key": "lab", "type": "text", "title": "Lab?", "selection": "", "is_required": "true"}
GROUPS = (
    Group(
        "a-1",
        "Students",
        board=True,
        phases=(0,),
        limits=(GroupLimits(None, 0, None, 7), GroupLimits(0, None, 3, None)),
        addresses=("uni.example",),
        question="lab",
        answers=("yes", "no"),
    ),
    Group("b", "Others"),
)
ADDRESSES = st.sampled_from([(), ("example.org",), ("ada@example.org", "cs.uni.example")])


def _place() -> st.SearchStrategy[tuple[str | None, str | None]]:
    return st.one_of(paths(".zip").map(lambda path: (path, None)), KEYS.map(lambda key: (None, key)))
