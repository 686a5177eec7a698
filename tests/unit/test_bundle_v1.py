"""CodaLab's own format: each key of versions 1, 1.5 and 1.8, and what becomes of it."""

from datetime import UTC, datetime

import pytest

from agon import words
from chalicelib.domain.bundle.check import check
from chalicelib.domain.bundle.images import clean
from chalicelib.domain.bundle.leaderboard import ColumnGroup, SubmissionRule
from chalicelib.domain.bundle.model import Download, Page
from chalicelib.domain.bundle.reading import Reading

NAMES = ["competition.yaml", "logo.png", "overview.html", "evaluation.html", "terms.html", "data.html", "kit.zip"]
NAMES += ["program.zip", "reference.zip", "input.zip", "ingestion.zip", "public.zip", "assets/style.css", "assets/a/b.png"]

TOP = """\
version: {version}
title: Tumours
image: logo.png
{extra}
html:
  overview: overview.html
  evaluation: evaluation.html
  terms: terms.html
  data: data.html
phases:
  2: &second
    phasenumber: 2
    label: Final
    start_date: 2019-09-30
    scoring_program: program.zip
    reference_data: reference.zip
  1:
    phasenumber: 1
    label: Development
    start_date: 2019-01-01
    scoring_program: program.zip
    reference_data: reference.zip
    {phase_extra}
"""
BOARD = """\
leaderboard:
  leaderboards:
    SECOND: &second_board {label: Timing, rank: 2}
    RESULTS: &results {label: Results, rank: 1}
  column_groups:
    Dice: &dice {label: Dice score, rank: 1}
    Kappa: &kappa {label: Kappa, rank: 2}
  columns:
    rank: {leaderboard: *results, label: Rank, rank: 1, sort: asc, selection_default: 2,
      computed: {operation: Avg, fields: "dice, kappa"}}
    dice: {leaderboard: *results, column_group: *dice, label: Dice, rank: 2, numeric_format: 4}
    kappa: {leaderboard: *results, column_group: *kappa, label: Kappa, rank: 3, sort: asc}
    weighted: {leaderboard: *results, label: Weighted, rank: 4,
      computed: {operation: Avg, fields: "dice, kappa", weights: "0.8, 0.2"}}
    mrr: {leaderboard: *results, label: MRR, rank: 5, computed: {operation: MRR, fields: "dice"}}
    most: {leaderboard: *results, label: Most, rank: 6, computed: {operation: Max, fields: "dice, kappa"}}
    seconds: {leaderboard: *second_board, label: Seconds, rank: 1}
"""
#: Every other key of a phase, and of the competition, that means something here.
WHOLE_PHASE = """\
description: Try.
max_submissions: 7
execution_time_limit: 60
is_scoring_only: false
auto_migration: true
color: blue
max_submission_size: 2
participant_max_storage_use: 3
delete_submissions_except_best_and_last: true
input_data: input.zip
ingestion_program: ingestion.zip
ingestion_program_only_during_scoring: true
starting_kit: kit.zip
public_data: public.zip
default_docker_image: a/b:1
scoring_program_docker_image: c/d
ingestion_program_docker_image: e/f
hide_output: true
datasets:
  1: {name: Images, url: 'https://data.example/images', description: All of them.}"""
WHOLE_TOP = """\
description: Find them.
has_registration: true
start_date: 2018-12-01
competition_docker_image: codalab/codalab-legacy:py37
enable_detailed_results: true
enable_forum: true
enable_per_submission_metadata: true
enable_teams: true
require_team_approval: false
allow_organizer_teams: true
allow_teams: true
allow_public_submissions: true
anonymous_leaderboard: true
show_datasets_from_yaml: false
reward: 1000
upper_bound_max_submission_size: 5
admin_names: ada, grace"""


def read(extra: str = "", phase_extra: str = "", board: str = BOARD, version: str = "1.5", names=NAMES) -> Reading:
    text = TOP.format(version=version, extra=extra, phase_extra=phase_extra.replace("\n", "\n    ")) + board
    return check(text.encode(), names)


def bundle(*args, **kwargs):
    reading = read(*args, **kwargs)
    assert reading.errors == () and reading.bundle is not None, reading.errors
    return reading.bundle


def warned(*args, **kwargs) -> dict[str, str]:
    reading = read(*args, **kwargs)
    assert reading.bundle is not None, reading.errors
    return {complaint.key: complaint.message for complaint in reading.warnings}


def wrong(*args, **kwargs) -> dict[str, str]:
    return {complaint.key: complaint.message for complaint in read(*args, **kwargs).errors}


def test_a_whole_bundle_is_read_without_a_complaint():
    assert (read().errors, read().warnings) == ((), ())
    assert read().summary() == {
        "version": "1.5",
        "title": "Tumours",
        "phases": 2,
        "tasks": 2,
        "leaderboards": 2,
        "errors": [],
        "warnings": [],
    }


@pytest.mark.parametrize(("written", "version"), [("1", "1"), ("1.0", "1"), ("'1.5'", "1.5"), ("1.8", "1.8")])
def test_each_version_is_known(written, version):
    assert bundle(version=written).version == version


def test_without_a_version_a_map_of_phases_is_version_1():
    text = TOP.format(version="", extra="", phase_extra="").replace("version: \n", "") + BOARD
    reading = check(text.encode(), NAMES)
    assert reading.bundle is not None and reading.bundle.version == "1"
    assert [complaint.key for complaint in reading.warnings] == ["version"]


def test_pages_are_titled_by_their_keys_and_the_terms_stand_apart():
    whole = bundle()
    assert whole.pages == (
        Page("overview", "overview.html"),
        Page("evaluation", "evaluation.html"),
        Page("data", "data.html"),
    )
    assert (whole.terms, whole.image, whole.assets) == ("terms.html", "logo.png", ("assets/a/b.png", "assets/style.css"))


def test_phases_are_ordered_by_number_and_end_when_the_next_begins():
    first, second = bundle("end_date: 2020-01-01").phases
    assert (first.name, first.index, first.end) == ("Development", 0, datetime(2019, 9, 30, tzinfo=UTC))
    assert (second.name, second.index, second.end) == ("Final", 1, datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("end", ["", "end_date: null", "end_date: 'null'", "end_date: ''"])
def test_without_an_end_the_last_phase_never_ends(end):
    assert bundle(end).phases[1].end is None


def test_a_phase_that_never_ends_does_not():
    whole = bundle(phase_extra="phase_never_ends: true")
    assert whole.phases[0].end is None
    assert "goes on" in warned(phase_extra="phase_never_ends: true")["phases.1.phase_never_ends"]


def test_the_defaults_are_codalabs():
    phase, task = bundle().phases[0], bundle().tasks[0]
    assert (phase.max_submissions_per_day, phase.max_submissions, phase.execution_time_limit_seconds) == (999, 100, 300)
    assert phase.accepts_only_result_submissions and not phase.auto_migrate_to_this_phase
    assert (task.contract, task.score_failed_predictions, task.name) == ("1", False, "Development Task")
    whole = bundle()
    assert whole.registration_auto_approve and not whole.forum_enabled
    assert not whole.can_participants_make_submissions_public
    assert {board.submission_rule for board in whole.leaderboards} == {SubmissionRule.ADD_AND_DELETE}


def test_zero_a_day_allows_none():
    assert bundle(phase_extra="max_submissions_per_day: 0").phases[0].max_submissions_per_day == 0


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("force_submission_to_leaderboard: true", SubmissionRule.FORCE_LAST),
        ("disallow_leaderboard_modifying: true", SubmissionRule.ADD),
    ],
)
def test_how_submissions_get_onto_the_boards(written, rule):
    assert {board.submission_rule for board in bundle(written).leaderboards} == {rule}


def test_a_phase_with_an_ingestion_program_takes_code_unless_it_says_otherwise():
    program = "ingestion_program: ingestion.zip"
    assert not bundle(phase_extra=program).phases[0].accepts_only_result_submissions
    assert "takes code" in warned(phase_extra=program)["phases.1.is_scoring_only"]
    assert not bundle(phase_extra=f"{program}\nis_scoring_only: false").phases[0].accepts_only_result_submissions
    assert "phases.1.is_scoring_only" not in warned(phase_extra=f"{program}\nis_scoring_only: false")


def test_an_ingestion_program_that_never_runs_is_told():
    extra = "ingestion_program: ingestion.zip\nis_scoring_only: true"
    assert bundle(phase_extra=extra).phases[0].accepts_only_result_submissions
    assert "never runs" in warned(phase_extra=extra)["phases.1.is_scoring_only"]


@pytest.mark.parametrize("written", ["", "\nis_scoring_only: true"])
def test_an_ingestion_program_beside_the_scoring_program_runs_on_results_too(written):
    beside = "ingestion_program: ingestion.zip\ningestion_program_only_during_scoring: true"
    assert bundle(phase_extra=beside + written).phases[0].accepts_only_result_submissions
    assert "phases.1.is_scoring_only" not in warned(phase_extra=beside + written)


def test_a_phases_own_rule_comes_before_the_boards():
    extra = "force_best_submission_to_leaderboard: true\nleaderboard_management_mode: hide_results"
    phase = bundle(phase_extra=extra).phases[0]
    assert (phase.submission_rule, phase.is_blind) == (SubmissionRule.FORCE_BEST, True)
    blind = bundle(phase_extra="leaderboard_management_mode: hide_results").phases[0]
    assert (blind.submission_rule, blind.is_blind) == (SubmissionRule.FORCE_LAST, True)
    assert "phases.1.leaderboard_management_mode" in warned(phase_extra="leaderboard_management_mode: odd")


def test_everything_else_of_a_phase_is_read():
    whole = bundle(phase_extra=WHOLE_PHASE)
    phase, task = whole.phases[0], whole.tasks[0]
    assert (phase.description, phase.max_submissions, phase.execution_time_limit_seconds) == ("Try.", 7, 60)
    assert not phase.accepts_only_result_submissions and phase.color == "blue" and phase.hide_output
    assert not phase.auto_migrate_to_this_phase  # nothing comes before it
    assert (phase.max_submission_bytes, phase.max_participant_bytes) == (2 * 1024**2, 3 * 1024**2)
    assert phase.keeps_best_and_last_only and (phase.starting_kit, phase.public_data) == ("kit.zip", "public.zip")
    assert phase.downloads == (Download("Images", "https://data.example/images", "All of them."),)
    assert (task.input_data, task.ingestion_program, task.ingestion_only_during_scoring) == (
        "input.zip",
        "ingestion.zip",
        True,
    )
    assert (phase.docker_image, task.scoring_image, task.ingestion_image) == ("a/b:1", "c/d", "e/f")


def test_everything_else_of_the_competition_is_read():
    whole = bundle(WHOLE_TOP)
    assert not whole.registration_auto_approve and whole.start == datetime(2018, 12, 1, tzinfo=UTC)
    assert whole.docker_image == "codalab/codalab-legacy:py37" and whole.enable_detailed_results and whole.forum_enabled
    assert whole.fact_sheet is not None and whole.fact_sheet["team_name"]["type"] == "text"
    assert whole.enable_teams and not whole.require_team_approval and whole.allow_organizer_teams and whole.show_team_names
    assert whole.can_participants_make_submissions_public and whole.anonymous_leaderboard and not whole.show_downloads
    assert (whole.reward, whole.max_submission_bytes) == ("1000", 5 * 1024**2)
    assert whole.admin_names == ("ada", "grace")
    idle = {"admin_names", "allow_teams", "start_date"}
    assert {key for key, message in warned(WHOLE_TOP).items() if "does nothing" in message} == idle


@pytest.mark.parametrize(
    "key",
    ["published", "url_redirect", "hide_top_three", "hide_chart", "enable_medical_image_viewer", "titel"],
)
def test_what_means_nothing_here_is_named_in_a_warning_with_its_line(key):
    [complaint] = read(f"{key}: true").warnings
    assert (complaint.key, complaint.line) == (key, 4)


def test_boards_have_their_own_columns_in_order_of_rank():
    results, timing = bundle().leaderboards
    assert [board.title for board in (results, timing)] == ["Results", "Timing"]
    assert [column.key for column in results.columns] == ["rank", "dice", "kappa", "weighted", "mrr", "most"]
    assert [column.key for column in timing.columns] == ["seconds"]
    assert [(column.precision, column.sorting) for column in results.columns[1:3]] == [(4, "desc"), (2, "asc")]
    assert (results.primary_index, timing.primary_index, results.tie_break_indexes) == (0, 0, ())


def test_computed_columns_and_their_groups_are_kept():
    results = bundle().leaderboards[0]
    computed = {
        column.key: (column.computation, column.computation_indexes) for column in results.columns if column.computation
    }
    assert computed == {
        "rank": ("avg_dense_rank", (1, 2)),
        "weighted": ("weighted_dense_rank", (1, 2)),
        "mrr": ("mrr", (1,)),
        "most": ("max", (1, 2)),
    }
    assert results.columns[3].computation_weights == (0.8, 0.2)
    assert results.column_groups == (ColumnGroup("Dice", "Dice score", 1), ColumnGroup("Kappa", "Kappa", 2))
    assert [column.group for column in results.columns[:3]] == [None, "Dice", "Kappa"]


def column(text: str) -> str:
    return BOARD + f"    odd: {text}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{leaderboard: *results, label: O, computed: {operation: Avg, fields: 'rank'}}", "`odd` names `rank`"),
        ("{leaderboard: *results, label: O, computed: {operation: Avg, fields: 'odd'}}", "`odd` names itself"),
    ],
)
def test_a_column_that_cannot_be_is_named(text, words):
    assert any(words in message for message in wrong(board=column(text)).values())


@pytest.mark.parametrize("text", ["{leaderboard: {label: Nowhere}, label: O}", "{label: O}"])
def test_a_column_on_no_leaderboard_is_left_out_with_a_warning(text):
    assert bundle(board=column(text)).leaderboards == bundle().leaderboards
    assert (
        "`odd` is on no leaderboard, so it is left out" in warned(board=column(text))["leaderboard.columns.odd.leaderboard"]
    )


def test_a_computed_column_is_computed_without_what_is_not_there_or_left_to_the_program():
    computed = "{{leaderboard: *results, label: O, computed: {{operation: Avg, fields: '{}', weights: '{}'}}}}"
    some = bundle(board=column(computed.format("dice, nothing, kappa", "0.5, 0.3, 0.2"))).leaderboards[0].columns[-1]
    assert (some.computation_indexes, some.computation_weights) == ((1, 2), (0.5, 0.2))
    none = bundle(board=column(computed.format("nothing", "1"))).leaderboards[0].columns[-1]
    assert (none.key, none.computation, none.computation_indexes) == ("odd", None, ())
    told = read(board=column(computed.format("nothing", "1"))).warnings
    assert ["`nothing`" in one.message or "to fill" in one.message for one in told] == [True, True]


def test_a_leaderboard_without_columns_is_left_out_unless_it_is_the_only_one():
    empty = BOARD.replace("    seconds: {leaderboard: *second_board, label: Seconds, rank: 1}\n", "")
    assert [(board.key, board.index) for board in bundle(board=empty).leaderboards] == [("RESULTS", 0)]
    assert "left out" in warned(board=empty)["leaderboard.leaderboards.SECOND"]
    only = "leaderboard:\n  leaderboards: {R: {label: R, rank: 1}}\n  columns: {}\n"
    assert "leaderboard.leaderboards.R.columns" in wrong(board=only)


def test_a_column_finds_its_board_by_the_label_in_any_case_and_the_only_board_by_itself():
    assert bundle(board=column("{leaderboard: {label: RESULTS}, label: O}")).leaderboards[0].columns[-1].key == "odd"
    only = "leaderboard:\n  leaderboards: {R: {label: R, rank: 1}}\n  columns: {a: {label: A}}\n"
    assert bundle(board=only).leaderboards[0].columns[0].key == "a"


def test_without_a_leaderboard_or_phases_or_a_program_it_cannot_be_used():
    assert "leaderboard" in wrong(board="")
    reading = check(b"version: 1\ntitle: T\n" + BOARD.encode(), NAMES)
    assert "phases" in {complaint.key for complaint in reading.errors}
    assert "phases.1.scoring_program" in wrong(names=[name for name in NAMES if name != "program.zip"])


def test_a_competition_that_ends_before_its_last_phase_is_read_with_a_warning_that_names_both_dates():
    whole = bundle("end_date: 2019-09-01")
    assert whole.phases[1].end == datetime(2019, 9, 1, tzinfo=UTC)
    told = warned("end_date: 2019-09-01")["end_date"]
    assert "“Final” never opens" in told and "2019-09-01 00:00 UTC" in told and "2019-09-30 00:00 UTC" in told


def test_a_colour_that_codalab_did_not_know_is_told_and_left_out():
    assert bundle(phase_extra="color: grey").phases[0].color == ""
    assert "no colour" in warned(phase_extra="color: grey")["phases.1.color"]


def test_parallel_phases_lose_their_parent_and_run_side_by_side():
    text = """version: 1.8
title: T
end_date: 2019-12-31
html: {terms: terms.html}
image: logo.png
phases:
  0: {phasenumber: 0, label: Parent, start_date: 2019-01-01, is_parallel_parent: true, scoring_program: program.zip}
  1: {phasenumber: 1, label: A, start_date: 2019-01-02, parent_phasenumber: 0,
    scoring_program: program.zip, reference_data: reference.zip}
  2: {phasenumber: 2, label: B, start_date: 2019-01-02, parent_phasenumber: 0,
    scoring_program: program.zip, reference_data: reference.zip}
"""
    reading = check((text + BOARD).encode(), NAMES)
    assert reading.errors == () and reading.bundle is not None
    end = datetime(2019, 12, 31, tzinfo=UTC)
    assert [(phase.name, phase.end) for phase in reading.bundle.phases] == [("A", end), ("B", end)]
    assert any("parent of parallel phases" in complaint.message for complaint in reading.warnings)


#: What CodaLab's format_value makes of 0.12834956 (FORMATS 3.5). An empty text is to us what an absent key is.
SHOWN = {"1": "0.1", "2": "0.13", "3": "0.128", "4": "0.1283", "5": "0.12835", "": "0.13", "20": "0.1283495600"}
SHOWN |= dict.fromkeys(("0", "-2", "2.13", "2fooo"), "0.1")


@pytest.mark.parametrize(("written", "shown"), SHOWN.items())
def test_decimals_are_what_codalab_made_of_them(written, shown):
    board = BOARD.replace("numeric_format: 4", f"numeric_format: '{written}'")
    column = bundle(board=board).leaderboards[0].columns[1]
    assert words.score(0.12834956, {"precision": column.precision}) == shown


def test_without_a_format_two_decimals_are_shown():
    column = bundle(board=BOARD.replace(", numeric_format: 4", "")).leaderboards[0].columns[1]
    assert words.score(0.12834956, {"precision": column.precision}) == "0.13"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("continuumio/anaconda:4.3.0 && sudo rm -rf /", "continuumio/anaconda:4.3.0"),
        ("continuumio/ anaconda:4.3.0", "continuumio/"),
        ("###continuumio###/###anaconda:4.3.0###", "continuumio/anaconda:4.3.0"),
        ("lisesun/codalab_automl2016", "lisesun/codalab_automl2016"),
        ("a/b@sha256:0123", "a/b@sha256:0123"),
        ("", ""),
        (" ", ""),
    ],
)
def test_names_of_images_are_cleaned(written, cleaned):
    assert clean(written) == cleaned
