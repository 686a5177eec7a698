"""An EvalAI challenge becomes a competition: each key of its configuration has a place, or is told (OTHERS 1.7)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.bundle.leaderboard import SubmissionRule
from chalicelib.domain.bundle.model import Phase
from tests.builders import archive
from tests.unit.challenges import (
    MAIN,
    Files,
    challenge,
    errors,
    phase_splits,
    phases,
    read,
    schema,
    settings_of,
    taken,
    unpacked,
    warnings,
)


def phase(**changes: Any) -> Phase:
    return taken(challenge(challenge_phases=phases(**changes))).phases[0]


def told(place: str, **changes: Any) -> list[str]:
    """What is said of a place of a challenge with these keys."""
    return [message for key, message in warnings(challenge(**changes)) if key == place]


def test_it_is_taken_without_a_remark() -> None:
    assert (errors(challenge()), warnings(challenge())) == ([], [])


def test_title_description_and_image_are_the_same() -> None:
    bundle = taken(challenge())
    assert (bundle.title, bundle.description, bundle.image) == ("Letters", "Guess the letters.", "logo.png")


def test_its_pages_are_pages_its_terms_terms_and_its_phases_are_described_in_plain_words() -> None:
    bundle, files = taken(challenge()), unpacked(challenge())
    assert [page.title for page in bundle.pages] == ["Overview", "Evaluation", "Submission guidelines"]
    assert [files[page.file] for page in bundle.pages][0] == b"<h1>description</h1><p>It is <b>so</b>.</p>"
    assert bundle.terms and files[bundle.terms].startswith(b"<h1>terms")
    assert {one.description for one in bundle.phases} == {"phase\nIt is so."}


def test_it_stays_a_draft_and_lets_people_in() -> None:
    assert taken(challenge()).registration_auto_approve
    assert not taken(challenge(is_registration_open=False)).registration_auto_approve
    assert told("published", published=True) == ["It is imported as a draft. Publish it when you have looked at it."]


def test_names_forum_teams_tags_and_who_may_join() -> None:
    bundle = taken(
        challenge(
            anonymous_leaderboard=True,
            enable_forum=False,
            max_team_members=4,
            tags=["vision"],
            allowed_email_domains=["uni.example"],
            blocked_email_domains=["spam.example"],
            banned_email_ids=["eve@uni.example"],
        )
    )
    assert bundle.anonymous_leaderboard and not bundle.forum_enabled
    assert bundle.enable_teams and bundle.max_team_members == 4 and bundle.tags == ("vision",)
    assert bundle.allowed_addresses == ("uni.example",)
    assert bundle.refused_addresses == ("spam.example", "eve@uni.example")


def test_the_addresses_of_a_phase_are_those_that_alone_submit_to_it() -> None:
    files = challenge(challenge_phases=[phases(allowed_email_ids=["Ada@Uni.example"])[0], phases()[1]])
    assert [one.allowed_addresses for one in taken(files).phases] == [("ada@uni.example",), ()]
    wrong = errors(challenge(challenge_phases=phases(allowed_email_ids=["somebody"])))
    assert [place for place, _ in wrong] == [f"challenge_phases[{at}].allowed_email_ids" for at in (0, 1)]


def test_prizes_are_a_reward_in_words() -> None:
    prizes = [{"rank": 1, "amount": "100USD"}, {"rank": 2, "amount": "50USD"}]
    assert taken(challenge(prizes=prizes)).reward == "1. 100USD, 2. 50USD"


def test_each_phase_has_a_task_with_its_annotation_under_its_own_name() -> None:
    bundle, files = taken(challenge()), unpacked(challenge())
    assert [(one.tasks, one.accepts_only_result_submissions) for one in bundle.phases] == [((0,), True), ((1,), True)]
    assert [task.reference_data for task in bundle.tasks] == ["reference_data/0", "reference_data/1"]
    assert files["reference_data/1/annotation/test.json"] == b'["a", "b", "c"]'
    said = settings_of(challenge(), "reference_data/1/phase.json")
    assert (said["codename"], said["annotation"]) == ("test", "annotation/test.json")
    assert list(said["splits"]) == ["train_split", "test_split"]


@pytest.mark.parametrize("named", ["evaluation_script.zip", "evaluation_script", "evaluation_script/"])
def test_its_script_is_taken_as_a_folder_whatever_the_configuration_calls_it(named: str) -> None:
    files = unpacked(challenge(evaluation_script=named))
    assert files["scoring_program/evaluation_script/main.py"] == MAIN.encode()
    assert b"def evaluate_of" in files["scoring_program/adapter.py"]


def test_its_script_is_taken_as_a_zip_as_it_is() -> None:
    zipped = archive({"__init__.py": "from .main import evaluate\n", "main.py": MAIN})
    files = {**challenge(("evaluation_script/",)), "evaluation_script.zip": zipped}
    assert errors(files) == [] and unpacked(files)["scoring_program/evaluation_script.zip"] == zipped


def test_dates_are_utc_and_an_end_is_kept_to_its_second() -> None:
    assert phase().start == datetime(2026, 1, 1, tzinfo=UTC)
    assert phase().end == datetime(2026, 6, 30, 23, 59, 59, tzinfo=UTC)


def test_a_phase_without_a_date_has_the_challenges() -> None:
    changed = phases()
    changed[1].update(start_date=None, end_date=None)
    second = taken(challenge(challenge_phases=changed)).phases[1]
    assert (second.start, second.end) == (datetime(2026, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert told("challenge_phases[1].end_date", challenge_phases=changed) == [
        "`end_date` is missing; the challenge's own is taken."
    ]


def test_limits_are_the_same_and_100000_is_none() -> None:
    limited = phase(
        max_submissions_per_day=5, max_submissions_per_month=50, max_submissions=100, max_concurrent_submissions_allowed=2
    )
    assert (limited.max_submissions_per_day, limited.max_submissions_per_month, limited.max_submissions) == (5, 50, 100)
    assert limited.max_concurrent_submissions == 2
    free = phase(max_submissions_per_day=100_000, max_submissions=100_000)
    assert (free.max_submissions_per_day, free.max_submissions_per_month, free.max_submissions) == (None, None, None)


def test_a_months_limit_is_that_in_all_without_one_and_at_once_are_no_more_than_a_day() -> None:
    said = phase(max_submissions=40, max_submissions_per_day=1)
    assert (said.max_submissions_per_month, said.max_concurrent_submissions) == (40, 1)
    assert phase().max_concurrent_submissions == 3


@pytest.mark.parametrize("limit", ["max_submissions", "max_submissions_per_day"])
def test_a_limit_of_0_allows_none_and_is_a_pause(limit: str) -> None:
    assert phase(**{limit: 0}).paused and not phase().paused


def test_a_paused_phase_is_paused_and_so_is_one_that_hosts_alone_see() -> None:
    assert phase(is_submission_paused=True).paused and phase(is_public=False).paused
    assert told("challenge_phases[0].is_public", challenge_phases=phases(is_public=False)) == [
        "On EvalAI hosts alone see this phase. Here everybody does, so it is paused until you let it go on."
    ]


def test_each_phase_and_split_is_a_board_that_the_phase_is_named_on() -> None:
    boards = taken(challenge()).leaderboards
    assert [board.title for board in boards] == ["Dev · Train split", "Test · Train split", "Test · Test split"]
    assert [board.key for board in boards] == ["dev_train_split", "test_train_split", "test_test_split"]
    assert [board.phases for board in boards] == [(0,), (1,), (1,)]
    assert [board.tie_break_indexes for board in boards] == [(), (), ()]


def test_columns_are_named_after_split_and_label_and_the_labels_are_their_titles() -> None:
    boards = taken(challenge()).leaderboards
    assert [column.key for column in boards[0].columns] == ["train_split__accuracy", "train_split__error_rate"]
    assert [column.title for column in boards[2].columns] == ["Accuracy", "Error rate"]
    assert [column.precision for column in boards[0].columns] == [3, 3]


def test_keys_of_columns_are_short_and_each_is_there_once() -> None:
    labels = ["F1 (%)", "f1", "A label that is very long indeed, longer than a key", "A label that is very long too"]
    (columns, *_) = (board.columns for board in taken(challenge(leaderboard=schema(labels=labels))).leaderboards)
    keys = [column.key for column in columns]
    assert len(set(keys)) == 4 and all(len(key) <= 36 for key in keys)
    assert [column.title for column in columns][2] == "A label that is very long indeed, lo"


def reporting(text: str) -> Files:
    """The challenge whose script has this text, too."""
    return {**challenge(), "evaluation_script/main.py": f"{MAIN}\n{text}\n"}


def test_errors_that_the_script_reports_stand_behind_their_scores_and_part_equal_ones() -> None:
    (board, *_) = taken(reporting('ERRORS = {"error": [{"dev": {"error_Accuracy": 0.1}}]}')).leaderboards
    [error] = board.columns[2:]
    assert (error.key, error.error_of, error.sorting, error.precision) == ("train_split__error_accuracy", 0, "asc", 3)
    assert (board.tie_break_indexes, board.primary_index, error.index) == ((2,), 0, 2)


def test_errors_whose_names_are_put_together_are_of_every_label() -> None:
    (board, *_) = taken(reporting('ERRORS = {"error": [{f"error_{label}": 0.1 for label in ()}]}')).leaderboards
    assert [column.error_of for column in board.columns] == [None, None, 0, 1]
    assert settings_of(reporting('X = ("error", "error_" + "Accuracy")'), "reference_data/0/phase.json")["splits"][
        "train_split"
    ]["errors"] == {"Accuracy": "train_split__error_accuracy", "Error rate": "train_split__error_error_rate"}


def test_of_equal_scores_the_larger_error_is_first_where_less_is_better_as_on_evalai() -> None:
    files = reporting('ERRORS = {"error": [{"dev": {"error_Accuracy": 0.1}}]}')
    said = challenge(challenge_phase_splits=phase_splits(is_leaderboard_order_descending=False))["challenge_config.yaml"]
    assert taken({**files, "challenge_config.yaml": said}).leaderboards[0].columns[2].sorting == "desc"


def test_a_script_that_speaks_of_errors_and_reports_none_has_none() -> None:
    assert len(taken(reporting('print("error_Accuracy")')).leaderboards[0].columns) == 2


def test_sponsors_come_with_their_websites() -> None:
    said = [{"name": "Acme", "website": "https://acme.example"}, {"name": "Lab", "website": "javascript:x"}]
    said.append({"website": "https://b.example"})
    found = taken(challenge(sponsors=said)).sponsors
    assert [(one.name, one.url) for one in found] == [("Acme", "https://acme.example"), ("Lab", None)]
    told = [place for place, _ in warnings(challenge(sponsors=said)) if place.startswith("sponsors")]
    assert told == ["sponsors[1].website", "sponsors[2].name"]
    assert len(taken(challenge(sponsors=[{"name": "A"}] * 40)).sponsors) == 30


def test_the_order_label_ranks() -> None:
    assert taken(challenge(leaderboard=schema(default_order_by="Error rate"))).leaderboards[0].primary_index == 1


@pytest.mark.parametrize(
    ("metadata", "flag", "sorting"),
    [
        (None, True, "desc"),
        (None, False, "asc"),
        ({"Error rate": {"sort_ascending": True}}, True, "desc"),
        ({"Accuracy": {"sort_ascending": False}}, False, "desc"),
        ({"Accuracy": {"sort_ascending": True}}, True, "asc"),
        ({"Accuracy": {"description": "says nothing of it"}}, True, "asc"),
        ({"Accuracy": {"sort_ascending": "no"}}, True, "asc"),
    ],
)
def test_the_direction_is_evalais_quirks_and_all(metadata: Any, flag: bool, sorting: str) -> None:
    files = challenge(
        leaderboard=schema(metadata=metadata), challenge_phase_splits=phase_splits(is_leaderboard_order_descending=flag)
    )
    assert taken(files).leaderboards[0].columns[0].sorting == sorting


def test_a_board_that_ranks_the_worst_first_is_kept_and_told_with_its_label_and_the_edit() -> None:
    upside_down = schema(metadata={"Accuracy": {"sort_ascending": True}})
    assert told("leaderboard[0].schema.metadata", leaderboard=upside_down) == [
        "The lowest `Accuracy` comes first, as on EvalAI. If the best should, write `sort_ascending: false`."
    ]
    by_errors = schema(default_order_by="Error rate")
    assert told("challenge_phase_splits[0].is_leaderboard_order_descending", leaderboard=by_errors) == [
        "The highest `Error rate` comes first, as on EvalAI. If the best should, write "
        "`is_leaderboard_order_descending: false`."
    ]
    right = schema(default_order_by="Error rate", metadata={"Error rate": {"sort_ascending": True}})
    assert warnings(challenge(leaderboard=right)) == []


@pytest.mark.parametrize(("visibility", "seen"), [(1, (True, False)), (2, (True, True)), (3, (False, False))])
def test_hosts_alone_see_a_board_or_owners_their_own_scores_of_it_or_everybody(
    visibility: int, seen: tuple[bool, bool]
) -> None:
    files = challenge(challenge_phase_splits=phase_splits(visibility=visibility))
    assert {(board.hidden, board.own_scores) for board in taken(files).leaderboards} == {seen}
    assert warnings(files) == []


def test_the_best_counts_or_the_latest_or_the_one_that_is_chosen() -> None:
    assert {board.submission_rule for board in taken(challenge()).leaderboards} == {SubmissionRule.FORCE_BEST}
    latest = challenge(challenge_phase_splits=phase_splits(show_leaderboard_by_latest_submission=True))
    assert {board.submission_rule for board in taken(latest).leaderboards} == {SubmissionRule.FORCE_LAST}
    chosen = challenge(challenge_phases=phases(is_restricted_to_select_one_submission=True))
    assert {board.submission_rule for board in taken(chosen).leaderboards} == {SubmissionRule.ADD}


def test_a_submission_is_one_file_of_the_extensions_that_the_phase_allows() -> None:
    assert [one.submission_extensions for one in taken(challenge()).phases] == [("json", "zip"), ("json",)]
    everything = phase(allowed_submission_file_types=None).submission_extensions
    assert everything == ("json", "zip", "txt", "tsv", "gz", "csv", "h5", "npy")


def test_hidden_logs_hide_the_output() -> None:
    assert phase(disable_logs=True).hide_output and not phase().hide_output
    assert settings_of(challenge(challenge_phases=phases(disable_logs=True)), "reference_data/0/phase.json")["hides_logs"]


def test_questions_are_a_fact_sheet_whose_titles_are_their_names() -> None:
    asked = [
        {"name": "Used data", "type": "text", "required": True},
        {"name": "Size", "type": "radio", "options": ["S", "L"]},
        {"name": "Parts", "type": "checkbox", "options": ["a", "b"], "required": True},
        {"name": "Open", "type": "boolean", "required": False},
    ]
    shown = [{"name": "method_name", "is_visible": True}, {"name": "project_url", "is_visible": False}]
    sheet = taken(
        challenge(challenge_phases=phases(submission_meta_attributes=asked, default_submission_meta_attributes=shown))
    ).fact_sheet
    assert sheet is not None
    assert [(one["title"], one["type"], one["is_required"]) for one in sheet.values()] == [
        ("Used data", "text", "true"),
        ("Size", "select", "false"),
        ("Parts: a", "checkbox", "false"),
        ("Parts: b", "checkbox", "false"),
        ("Open", "checkbox", "false"),
        ("method_name", "text", "false"),
    ]
    assert sheet["size"]["selection"] == ["S", "L"]


def test_a_question_is_required_when_each_phase_requires_it() -> None:
    changed = phases(submission_meta_attributes=[{"name": "Data", "type": "text", "required": True}])
    changed[1]["submission_meta_attributes"] = [{"name": "Data", "type": "text"}]
    sheet = taken(challenge(challenge_phases=changed)).fact_sheet
    assert sheet and sheet["data"]["is_required"] == "false"
    assert "Phases ask different questions" in told("challenge_phases", challenge_phases=changed)[0]


def test_public_submissions_and_the_time_limit() -> None:
    assert not taken(challenge()).can_participants_make_submissions_public
    assert taken(challenge(challenge_phases=phases(is_submission_public=True))).can_participants_make_submissions_public
    assert phase().execution_time_limit_seconds == 7200
    assert taken(challenge(submission_time_limit=86400)).phases[0].execution_time_limit_seconds == 86400


def test_an_image_with_evalais_pins_is_named_beside_it() -> None:
    files = {**challenge(), "agon.yaml": "docker_image: ghcr.io/lab/evalai-worker:3.9\n"}
    assert taken(files).docker_image == "ghcr.io/lab/evalai-worker:3.9" and taken(challenge()).docker_image == ""


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("remote_evaluation", "The host's own worker evaluates this challenge"),
        ("is_docker_based", "Submissions to this challenge are Docker images, which need EvalAI's cluster"),
    ],
)
def test_what_needs_evalais_cluster_comes_with_pages_and_boards_and_runs_nothing(key: str, why: str) -> None:
    files = challenge(("evaluation_script/",), **{key: True})
    bundle = taken(files)
    assert len(bundle.pages) == 3 and len(bundle.leaderboards) == 3 and all(one.paused for one in bundle.phases)
    assert warnings(files) == [
        (key, f"{why}. Its pages, phases and boards are imported, and nothing runs: every phase is paused.")
    ]
    assert settings_of(files, "reference_data/0/phase.json")["cannot_run"] == why


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("worker_python_version", {"worker_python_version": "3.8"}),
        ("require_complete_profile", {"require_complete_profile": True}),
        ("challenge_phases[0].environment_image", {"challenge_phases": phases(environment_image="image:1")}),
        (
            "challenge_phases[0].is_partial_submission_evaluation_enabled",
            {"challenge_phases": phases(is_partial_submission_evaluation_enabled=True)},
        ),
        (
            "challenge_phase_splits[0].show_execution_time",
            {"challenge_phase_splits": phase_splits(show_execution_time=True)},
        ),
        (
            "challenge_phase_splits[0].show_scores_on_leaderboard",
            {"challenge_phase_splits": phase_splits(show_scores_on_leaderboard=False)},
        ),
        ("image", {"image": "logo.tiff"}),
        ("description", {"description": "templates/nowhere.html"}),
    ],
)
def test_what_cannot_be_mapped_is_told(place: str, changes: dict[str, Any]) -> None:
    assert len(told(place, **changes)) == 1


def test_unknown_keys_are_told_with_the_one_that_is_meant() -> None:
    assert told("allowed_email_domain", allowed_email_domain=["uni.example"]) == [
        "`allowed_email_domain` is no key that is read here; it is ignored. Did you mean `allowed_email_domains`?"
    ]


def bad(**changes: Any) -> dict[str, str]:
    return dict(errors(challenge(**changes)))


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("title", {"title": ...}),
        ("evaluation_script", {"evaluation_script": "nowhere.zip"}),
        ("evaluation_script", {"evaluation_script": "annotations/dev.json"}),
        ("challenge_phases", {"challenge_phases": ...}),
        ("challenge_phases", {"challenge_phases": "none"}),
        ("challenge_phases[1].codename", {"challenge_phases": phases(codename="dev")}),
        (
            "challenge_phases[0].test_annotation_file",
            {"challenge_phases": phases(test_annotation_file="annotations/no.json")},
        ),
        ("challenge_phases[0].end_date", {"challenge_phases": phases(end_date="2025-01-01")}),
        ("challenge_phases[0].start_date", {"challenge_phases": phases(start_date="soon")}),
        ("challenge_phase_splits", {"challenge_phase_splits": ...}),
        ("challenge_phase_splits[0].dataset_split_id", {"challenge_phase_splits": phase_splits(dataset_split_id=9)}),
        ("challenge_phase_splits[1]", {"challenge_phase_splits": phase_splits(dataset_split_id=1, challenge_phase_id=1)}),
        ("leaderboard[0].schema.labels", {"leaderboard": schema(labels=[])}),
        ("leaderboard[0].schema", {"leaderboard": [{"id": 1}]}),
        (
            "dataset_splits[1].codename",
            {"dataset_splits": [{"id": n, "name": "A", "codename": "train_split"} for n in (1, 2)]},
        ),
    ],
)
def test_bad_configurations_are_complaints_with_their_places(place: str, changes: dict[str, Any]) -> None:
    assert place in bad(**changes)
    assert all(one.file == "challenge_config.yaml" for one in read(challenge(**changes)).errors)


def test_a_phase_that_is_on_no_board_is_left_out_and_told() -> None:
    changes = {"challenge_phase_splits": phase_splits()[1:]}
    bundle = taken(challenge(**changes))
    assert [(phase.name, phase.tasks) for phase in bundle.phases] == [("Test", (0,))]
    assert [board.phases for board in bundle.leaderboards] == [(0,), (0,)]
    assert settings_of(challenge(**changes), "reference_data/0/phase.json")["codename"] == "test"
    assert told("challenge_phases[0]", **changes) == [
        "No `challenge_phase_splits` names this phase, so nothing of it would have a board: it is left out. "
        "Write one to have it."
    ]


def test_keys_of_evalais_own_templates_that_mean_nothing_are_passed_over() -> None:
    assert warnings(challenge(challenge_phases=phases(challenge=1, is_active=True))) == []


def test_two_configurations_are_an_error() -> None:
    files = {**challenge(), "challenge_config.yml": "title: x\n"}
    assert errors(files)[0][1].startswith("There is `challenge_config.yaml` and `challenge_config.yml`")


@pytest.mark.parametrize("text", ["", "just words", "a: [", "\x00", "- a\n- b\n"])
def test_no_yaml_and_no_mapping_is_an_error_and_nothing_raises(text: str) -> None:
    assert errors({**challenge(), "challenge_config.yaml": text})


def test_an_order_label_that_is_none_is_told_and_the_first_ranks() -> None:
    files = challenge(leaderboard=schema(default_order_by="Total"))
    assert taken(files).leaderboards[0].primary_index == 0
    assert told("leaderboard[0].schema.default_order_by", leaderboard=schema(default_order_by="Total")) == [
        "`Total` is no label, and EvalAI refuses that; `Accuracy` ranks. Write one of `Accuracy`, `Error rate`."
    ]


def test_a_split_without_a_direction_is_told() -> None:
    changes = {"challenge_phase_splits": phase_splits(is_leaderboard_order_descending=...)}
    assert len(told("challenge_phase_splits[0].is_leaderboard_order_descending", **changes)) == 1


def script(**modules: str) -> list[tuple[str, str]]:
    """What is said of a script of these modules."""
    files = challenge(("evaluation_script/",))
    files |= {f"evaluation_script/{name}.py": text for name, text in modules.items()}
    return [(key, message) for key, message in (*errors(files), *warnings(files)) if key == "evaluation_script"]


def test_a_script_is_read_by_its_syntax_tree_and_never_run() -> None:
    ((_, message),) = script(__init__="import os\nos.abort(\n", main=MAIN)
    assert message == "`evaluation_script/__init__.py, line 2` is no Python that can be read: '(' was never closed."
    ((_, message),) = script(__init__="", main="def other(): pass\n")
    assert message.startswith("`evaluation_script` has no `evaluate`.")
    ((_, message),) = script(__init__="", main=MAIN)
    assert message == "Its __init__.py has no `evaluate`, which EvalAI needs; that of main.py is called."
    assert script(__init__="raise SystemExit('run!')\nfrom .main import evaluate\n", main=MAIN) == []


def test_a_file_of_the_script_that_nothing_imports_may_be_no_python() -> None:
    files = challenge() | {"evaluation_script/lib/old/notes.py": "print 'two'\n"}
    assert taken(files).tasks
    ((place, message),) = warnings(files)
    assert place == "evaluation_script" and message.startswith("`evaluation_script/lib/old/notes.py, line 1` is no Python")
    assert message.endswith("Nothing seems to import it.")


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("from .lib.old import notes", {}),
        ("from lib.old.notes import x", {}),
        ("from . import lib", {"lib/__init__": "from .old import notes"}),
        ("import lib", {"lib/__init__": "from .other import a", "lib/other": "from ..lib.old import notes"}),
    ],
)
def test_a_file_of_the_script_that_is_imported_must_be_python(line: str, more: dict[str, str]) -> None:
    modules = {"__init__": f"{line}\nfrom .main import evaluate\n", "main": MAIN, "lib/old/notes": "print 'two'\n"}
    ((_, message),) = script(**modules, **more)
    assert message.startswith("`evaluation_script/lib/old/notes.py, line 1` is no Python that can be read")
    assert not message.endswith("Nothing seems to import it.")


def test_a_module_of_the_script_that_is_imported_and_is_not_there_is_told() -> None:
    begin = "from .main import evaluate\nfrom .tools.maths import total\nfrom .fast import sums\nfrom . import data\n"
    files = challenge() | {"evaluation_script/__init__.py": begin, "evaluation_script/fast.cpython-39.so": b"\x7fELF"}
    assert warnings(files) == [
        (
            "evaluation_script",
            "`__init__.py, line 2` imports `.tools.maths`, which is not there. Add the file.",
        )
    ]
    assert warnings({**files, "evaluation_script/tools/maths.py": "total = sum\n"}) == []


def test_packages_that_it_needs_are_listed_with_what_to_do() -> None:
    begin = "from .main import evaluate\nimport torch, cv2, numpy, main, os\n"
    ((_, message),) = script(__init__=begin, main=MAIN)
    assert message == (
        "It imports `opencv-python-headless`, `torch`, which the site's own image has not. Build an image that has what it "
        "needs, and name it in agon.yaml as `docker_image: …`."
    )


@pytest.mark.parametrize(
    "call",
    [
        "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'pip', 'ins' 'tall', '-q', 'shapely==1.7.1'])\n",
        "import os\nos.system('pip ins' 'tall shapely==1.7.1')\n",
        "def get(package):\n    import pip\n    run(['pip', 'ins' 'tall', package])\nget('shapely==1.7.1')\n",
    ],
)
def test_what_it_installs_is_listed(call: str) -> None:
    ((_, message),) = script(__init__=f"from .main import evaluate\n{call}", main=MAIN)
    assert message.startswith("It installs `shapely==1.7.1` by pip. There is no network where it runs")


def test_what_it_downloads_is_quoted() -> None:
    ((_, message),) = script(
        __init__="from .main import evaluate\nimport os\nurlretrieve('https://x.example/a', 'a')\n", main=MAIN
    )
    assert "(__init__.py, line 3) downloads something" in message


def test_codenames_that_it_never_mentions_are_told_where_they_stand() -> None:
    changes = {"challenge_phases": phases(codename="rehearsal")[:1], "challenge_phase_splits": phase_splits()[:1]}
    assert told("challenge_phases[0].codename", **changes) == [
        "The evaluation script never mentions `rehearsal`. Is it spelled so there?"
    ]
