"""Each key of version 2: what it becomes, and what is said when it is wrong."""

import dataclasses
from datetime import UTC, datetime

import pytest
import yaml

from chalicelib.domain.bundle.check import check, check_values
from chalicelib.domain.bundle.keys import is_extension
from chalicelib.domain.bundle.leaderboard import Column, SubmissionRule
from chalicelib.domain.bundle.model import Bundle, DatasetKey, Page, Phase, Solution, Task
from tests.unit.manifests import NAMES, board, bundle, changed, column, errors, manifest, phase, read, task, warnings


def test_a_whole_bundle_becomes_the_model_without_a_complaint():
    reading = read(manifest())
    assert (reading.errors, reading.warnings) == ((), ())
    assert reading.bundle is not None
    assert reading.bundle.pages == (Page("Overview", "overview.md"),)
    assert reading.bundle.tasks == (Task(0, "T", scoring_program="scoring.zip", reference_data="reference"),)
    assert reading.bundle.phases == (Phase(0, "P", datetime(2026, 1, 1, tzinfo=UTC), tasks=(0,)),)
    assert reading.bundle.leaderboards[0].columns == (Column("accuracy", "Accuracy", 0),)


def test_defaults_are_those_of_version_2():
    assert bundle() == bundle(docker_image="", queue=None, auto_run_submissions=True, competition_type="competition")
    first = bundle().phases[0]
    assert (first.max_submissions_per_day, first.max_submissions, first.execution_time_limit_seconds) == (5, 100, 600)
    assert bundle().leaderboards[0].submission_rule is SubmissionRule.ADD


def test_everything_that_can_be_written_is_read():
    whole = bundle(
        description="D",
        registration_auto_approve=True,
        docker_image="name@sha256:" + "0a" * 32,
        queue="q",
        make_programs_available=True,
        make_input_data_available="yes",
        enable_detailed_results=True,
        show_detailed_results_in_submission_panel=False,
        show_detailed_results_in_leaderboard="false",
        auto_run_submissions=False,
        can_participants_make_submissions_public=False,
        competition_type="Benchmark",
        reward="1000 €",
        contact_email="a@example.org",
        forum_enabled=False,
        tasks=[task(description="d", input_data="public", ingestion_program="program", ingestion_only_during_scoring=True)],
        solutions=[{"index": 0, "tasks": [0], "path": "solution.zip", "name": "s"}],
        phases=[
            phase(
                description="d",
                end="2026-02-01 12:00",
                max_submissions_per_day="3",
                max_submissions=7,
                execution_time_limit=60,
                hide_output=True,
                hide_prediction_output=True,
                hide_score_output=True,
                starting_kit="./kit.zip",
                public_data="public/",
            )
        ],
        leaderboards=[
            board(
                index=0,
                hidden=True,
                submission_rule="Force_Best",
                primary_index=2,
                columns=[
                    column(index=2, sorting="ASC", precision=4, hidden=True),
                    column(key="b", index=1),
                    column(key="c", index=3, computation="avg", computation_indexes="1, 2"),
                ],
            )
        ],
    )
    defaults = {field.name: field.default for field in dataclasses.fields(Bundle) if not is_extension(field)}
    same = {name for name, default in defaults.items() if getattr(whole, name) == default}
    assert same == {"fact_sheet"}
    assert whole.solutions == (Solution(0, (0,), "s", path="solution.zip"),)
    assert whole.phases[0].starting_kit == "kit.zip" and whole.phases[0].public_data == "public"
    assert whole.phases[0].end == datetime(2026, 2, 1, 12, tzinfo=UTC)
    assert [part.index for part in whole.leaderboards[0].columns] == [1, 2, 3]
    assert whole.leaderboards[0].columns[2].computation_indexes == (1, 2)


@pytest.mark.parametrize("written", [0, None])
def test_a_limit_of_zero_or_null_means_none(written):
    first = bundle(phases=[phase(max_submissions_per_day=written, max_submissions=written)]).phases[0]
    assert (first.max_submissions_per_day, first.max_submissions) == (None, None)


def test_unknown_keys_are_warnings_at_every_level():
    found = warnings(
        colour="red",
        pages=[{"title": "x", "file": "overview.md", "a": 1}],
        tasks=[task(b=1)],
        phases=[phase(c=1)],
        leaderboards=[board(d=1, columns=[column(e=1)])],
    )
    assert sorted(key for key, _ in found) == sorted(
        ["colour", "pages[0].a", "tasks[0].b", "phases[0].c", "leaderboards[0].d", "leaderboards[0].columns[0].e"]
    )


@pytest.mark.parametrize("key", ["image", "terms", "pages"])
def test_what_codabench_needs_and_we_do_not_is_a_warning(key):
    assert [found for found, _ in warnings(**{key: ...})] == [key]


def test_a_missing_file_for_people_is_a_warning_and_left_out():
    reading = read(
        manifest(
            image="no.png",
            terms="no.md",
            pages=[{"title": "x", "file": "no.md"}],
            phases=[phase(starting_kit="no.zip", public_data="no")],
        )
    )
    assert reading.bundle is not None
    keys = {complaint.key for complaint in reading.warnings}
    assert keys == {"image", "terms", "pages[0].file", "phases[0].starting_kit", "phases[0].public_data"}
    assert (reading.bundle.image, reading.bundle.terms, reading.bundle.pages) == (None, None, ())
    assert reading.bundle.phases[0].starting_kit is None and reading.bundle.phases[0].public_data is None


@pytest.mark.parametrize("key", ["scoring_program", "reference_data", "input_data", "ingestion_program"])
def test_a_missing_file_that_a_task_needs_is_an_error(key):
    assert [found for found, _ in errors(tasks=[task(**{key: "no.zip"})])] == [f"tasks[0].{key}"]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("../secret.zip", "outside the bundle"),
        ("/etc/passwd", "outside the bundle"),
        ("a/../../b.zip", "outside the bundle"),
        (".", "outside the bundle"),
        ("C:\\a.zip", "with `/`"),
        ("a\\b.zip", "with `/`"),
        ("nowhere.zip", "no zip and no folder"),
    ],
)
def test_a_path_that_leads_nowhere_says_what_to_write(written, words):
    [(key, message)] = errors(tasks=[task(reference_data=written)])
    assert key == "tasks[0].reference_data" and words in message


@pytest.mark.parametrize(("written", "taken"), [("scoring", "scoring.zip"), ("public.zip", "public")])
@pytest.mark.parametrize("kind", ["reference_data", "input_data"])
def test_a_folder_is_taken_for_a_zip_of_its_name_and_a_zip_for_a_folder(kind, written, taken):
    [(key, message)] = warnings(tasks=[task(**{kind: written})])
    assert key == f"tasks[0].{kind}" and f"`{taken}` is taken" in message
    assert getattr(bundle(tasks=[task(**{kind: written})]).tasks[0], kind) == taken


def test_a_program_that_is_zipped_for_its_organizer_later_is_read_from_its_folder():
    whole = bundle(tasks=[task(scoring_program="program.zip", ingestion_program="program.zip")])
    assert (whole.tasks[0].scoring_program, whole.tasks[0].ingestion_program) == ("program", "program")


@pytest.mark.parametrize("kind", ["reference_data", "input_data"])
def test_data_may_be_a_file_by_itself(kind):
    [(key, message)] = warnings(tasks=[task(**{kind: "labels.csv"})])
    assert key == f"tasks[0].{kind}" and "`labels.csv` is a file by itself" in message
    assert getattr(bundle(tasks=[task(**{kind: "labels.csv"})]).tasks[0], kind) == "labels.csv"


def test_what_is_handed_out_and_solutions_may_be_files_by_themselves():
    solution = {"index": 0, "tasks": [0], "path": "labels.csv"}
    whole = bundle(phases=[phase(starting_kit="labels.csv", public_data="labels.csv")], solutions=[solution])
    assert (whole.phases[0].starting_kit, whole.phases[0].public_data) == ("labels.csv", "labels.csv")
    assert whole.solutions[0].path == "labels.csv"


@pytest.mark.parametrize("kind", ["scoring_program", "ingestion_program"])
def test_a_program_is_no_file_by_itself_because_nothing_could_start_it(kind):
    [(key, message)] = errors(tasks=[task(**{kind: "program/score.py"})])
    assert key == f"tasks[0].{kind}" and "metadata.yaml" in message


def test_a_program_folder_without_metadata_is_told():
    [(key, message)] = warnings(tasks=[task(scoring_program="bare")])
    assert key == "tasks[0].scoring_program" and "metadata.yaml" in message
    assert warnings(tasks=[task(scoring_program="program")]) == []


def test_a_task_without_a_scoring_program_is_an_error_and_without_reference_data_a_warning():
    assert errors(tasks=[task(scoring_program=...)])[0][0] == "tasks[0].scoring_program"
    assert warnings(tasks=[task(reference_data=...)])[0][0] == "tasks[0].reference_data"


KEY = "0b4d4a2e-7a4e-4f5e-9d8e-0d6d2b1f1c11"


def test_keys_are_taken_where_files_may_stand_and_are_told_with_their_lines():
    reading = read(
        manifest(
            tasks=[task(reference_data=KEY), {"index": 1, "key": KEY, "name": "ignored"}],
            phases=[phase(tasks=[0, 1], starting_kit=KEY)],
            solutions=[{"index": 0, "tasks": [0], "key": KEY}],
        )
    )
    assert reading.bundle is not None and isinstance(reading.bundle.tasks[0].reference_data, DatasetKey)
    assert reading.bundle.tasks[1] == Task(index=1, key=KEY)
    kinds = {(use.place, use.kind, use.key) for use in reading.keys}
    assert kinds == {
        ("tasks[0].reference_data", "reference_data", KEY),
        ("tasks[1].key", "task", KEY),
        ("phases[0].starting_kit", "starting_kit", KEY),
        ("solutions[0].key", "solution", KEY),
    }
    assert all(use.line and reading.complaint(use.place, "x").line == use.line for use in reading.keys)


def test_a_file_of_the_bundle_wins_over_a_key_and_what_is_no_key_is_an_error():
    content = manifest(tasks=[task(reference_data=KEY)])
    reading = check(yaml.safe_dump(content).encode(), [*NAMES, f"{KEY}/a.csv"])
    assert reading.keys == () and reading.bundle.tasks[0].reference_data == KEY
    assert errors(tasks=[{"index": 0, "key": "my task"}])[0][0] == "tasks[0].key"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("title", "x" * 257), ("title", ""), ("title", None), ("title", ["x"]), ("docker_image", "x" * 129)),
        *(("forum_enabled", "maybe"), ("forum_enabled", [True]), ("competition_type", "race"), ("reward", "x" * 257)),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_at_its_key(key, value):
    assert [found for found, _ in errors(**{key: value})] == [key]


@pytest.mark.parametrize("value", [-1, "many", 1.5, 10**30, "1" * 5000, True, [1]])
def test_a_limit_is_a_whole_number(value):
    assert [key for key, _ in errors(phases=[phase(max_submissions=value)])] == ["phases[0].max_submissions"]


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"docker_image": "127.0.0.1:5000/x"}, "docker_image"),
        ({"agon": {"docker_image": "Lab/Tool"}}, "agon.docker_image"),
        ({"phases": [phase(agon={"docker_image": "localhost/x"})]}, "phases[0].agon.docker_image"),
        ({"tasks": [task(agon={"scoring_image": "registry:5000/x"})]}, "tasks[0].agon.scoring_image"),
        ({"tasks": [task(agon={"ingestion_image": "a//b"})]}, "tasks[0].agon.ingestion_image"),
    ],
)
def test_an_image_that_no_runner_can_get_is_told_at_its_key(changes, place):
    [(found, message)] = errors(**changes)
    assert found == place and "is no image that a runner can get" in message


def test_an_image_of_a_registry_that_queues_do_not_pull_from_by_themselves_is_told():
    reading = check(yaml.safe_dump(manifest(docker_image="registry.lab.example/tool:1")).encode(), NAMES)
    assert reading.errors == () and reading.bundle.docker_image == "registry.lab.example/tool:1"
    assert any(one.key == "docker_image" and "owner lists it" in one.message for one in reading.warnings)


def test_a_time_limit_beyond_what_queues_give_is_told():
    reading = check(yaml.safe_dump(manifest(phases=[phase(execution_time_limit=999_999_999)])).encode(), NAMES)
    assert reading.errors == ()
    assert [one.message for one in reading.warnings if one.key == "phases[0].execution_time_limit"] == [
        "Queues give a step 604,800 seconds and not 999,999,999, unless their owner lets it take more."
    ]


def test_numbers_and_dates_where_text_belongs_are_the_text_that_was_written():
    text = yaml.safe_dump(manifest(title=...)).encode() + b"title: 2024-01-01\n"
    reading = check(text, NAMES)
    assert reading.bundle is not None and reading.bundle.title == "2024-01-01"


def question(**changes: object) -> dict:
    whole = {"key": "method", "type": "text", "title": "Method", "selection": "", "is_required": "true"}
    return changed(whole | {"is_on_leaderboard": False}, changes)


def test_a_fact_sheet_is_kept_in_codabenchs_words():
    sheet = bundle(fact_sheet={"method": question()}).fact_sheet
    assert sheet == {"method": question(is_on_leaderboard="false")}


@pytest.mark.parametrize(
    "sheet",
    [
        *([1], {"method": 1}, {"method": question(key="other")}, {"method": question(type="date")}),
        *({"method": question(title=...)}, {"method": question(title="x" * 5000)}),
    ],
)
def test_a_fact_sheet_that_cannot_be_asked_is_an_error(sheet):
    assert {key.partition(".")[0] for key, _ in errors(fact_sheet=sheet)} == {"fact_sheet"}


def test_what_is_wrong_with_a_question_is_told_at_its_place_and_line():
    content = manifest(fact_sheet={"method": question(), "data.used": question(key="data.used", type="date", title=...)})
    text = yaml.safe_dump(content, sort_keys=False)
    found = check(text.encode(), NAMES).errors
    line = text.splitlines().index("  data.used:") + 1
    places = {"fact_sheet.data.used.title": line + 1, "fact_sheet.data.used.type": line + 2}
    assert {one.key: one.line for one in found} == places


@pytest.mark.parametrize(("kind", "selection"), [("text", ""), ("checkbox", [True, False])])
def test_a_question_whose_answer_is_no_choice_needs_no_selection_and_is_kept_with_codabenchs(kind, selection):
    sheet = bundle(fact_sheet={"method": question(type=kind, selection=...)}).fact_sheet
    assert sheet["method"]["selection"] == selection


def test_a_choice_needs_its_selection():
    sheet = {"method": question(type="select", selection=...)}
    assert [key for key, _ in errors(fact_sheet=sheet)] == ["fact_sheet.method.selection"]


def test_what_a_question_has_beyond_the_format_is_kept_with_a_warning():
    sheet = {"method": question(is_on_leaderboard="false", placeholder="CNN, SVM…")}
    assert bundle(fact_sheet=sheet).fact_sheet == sheet
    assert [key for key, _ in warnings(fact_sheet=sheet)] == ["fact_sheet.method.placeholder"]


def test_what_dumps_write_is_named_and_an_empty_list_of_it_is_not():
    found = warnings(tasks=[task(is_public=False)], phases=[phase(solutions=[])], solutions=[])
    assert [key for key, _ in found] == ["tasks[0].is_public"]


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"enable_forum": False}, "enable_forum", "as `forum_enabled`"),
        ({"has_registration": True}, "has_registration", "(its opposite); here it stands as `registration_auto_approve`"),
        ({"html": {"terms": "terms.md"}}, "html", "as `pages`"),
        ({"phases": [phase(end_date="2026-02-01")]}, "phases[0].end_date", "as `end`"),
        ({"phases": [phase(label="P")]}, "phases[0].label", "as `name`"),
        ({"phases": [phase(max_submission_size=3)]}, "phases[0].max_submission_size", "(MB); here it stands below `agon:`"),
        ({"phases": [phase(reference_data="reference")]}, "phases[0].reference_data", "in `tasks`"),
        ({"phases": [phase(docker_image="a/b")]}, "phases[0].docker_image", "below `agon:` as `docker_image`"),
        ({"tasks": [task(network=["scoring"])]}, "tasks[0].network", "below `agon:` as `network`"),
        ({"leaderboards": [board(rank=1)]}, "leaderboards[0].rank", "as `index`"),
        ({"leaderboards": [board(columns=[column(sort="asc")])]}, "leaderboards[0].columns[0].sort", "as `sorting`"),
        ({"enable_teams": True}, "enable_teams", "below `agon:` as `enable_teams`"),
    ],
)
def test_a_word_of_version_1_or_in_another_place_is_told_with_where_it_stands_here(changes, key, words):
    [(found, message)] = warnings(**changes)
    assert found == key and words in message


def test_a_key_may_be_written_as_the_reference_names_it():
    whole = bundle(
        **{"agon.enable_teams": True, "agon": {"timezone": "Europe/Paris"}}, phases=[phase(**{"agon.is_blind": True})]
    )
    assert whole.enable_teams and whole.timezone == "Europe/Paris" and whole.phases[0].is_blind
    [(key, message)] = warnings(**{"agon.enable_temas": True})
    assert key == "agon.enable_temas" and "Did you mean `enable_teams`?" in message
    [(key, _)] = errors(**{"agon.enable_teams": "perhaps"})
    assert key == "agon.enable_teams"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"competition_type": "benchmark"}, "competition_type"),
        ({"agon": {"admin_names": ["ada"]}}, "agon.admin_names"),
        ({"agon": {"show_team_names": True}}, "agon.show_team_names"),
        ({"agon.start": "2026-01-01"}, "agon.start"),
        ({"phases": [phase(agon={"color": "blue"})]}, "phases[0].agon.color"),
        ({"phases": [phase(agon={"downloads": [{"name": "D", "key": "7"}]})]}, "phases[0].agon.downloads[0].key"),
    ],
)
def test_a_key_that_does_nothing_is_told_where_it_asks_for_something(changes, key):
    [(found, message)] = warnings(**changes)
    assert found == key and message.startswith("This is kept, and does nothing. ")


def test_a_key_that_does_nothing_is_not_told_where_it_asks_for_nothing():
    assert warnings(forum_enabled=False, competition_type="competition", reward="", agon={"admin_names": []}) == []
    assert warnings() == []


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"phases": [phase(execution_time_limit=0)]}, "phases[0].execution_time_limit"),
        ({"leaderboards": [board(columns=[column(precision=20)])]}, "leaderboards[0].columns[0].precision"),
        ({"leaderboards": [board(columns=[column(precision=-1)])]}, "leaderboards[0].columns[0].precision"),
        ({"leaderboards": [board(primary_index=9)]}, "leaderboards[0].primary_index"),
        ({"phases": [phase(start="05/06/2026")]}, "phases[0].start"),
        ({"title": "Iris \u202ecup"}, "title"),
    ],
)
def test_what_has_something_near_it_is_a_warning_in_a_bundle_and_an_error_for_who_writes_it_now(changes, key):
    assert [found for found, _ in warnings(**changes)] == [key]
    assert [one.key for one in check_values(manifest(**changes), NAMES).errors] == [key]


def test_what_is_taken_instead_is_the_nearest_or_the_default():
    whole = bundle(phases=[phase(execution_time_limit=0)], leaderboards=[board(columns=[column(precision=20)])])
    assert whole.phases[0].execution_time_limit_seconds == 600 and whole.leaderboards[0].columns[0].precision == 15


@pytest.mark.parametrize(("written", "flag"), [("t", True), ("Y", True), ("F", False), ("n", False)])
def test_a_letter_may_stand_for_yes_and_no_as_on_codabench(written, flag):
    assert bundle(make_programs_available=written).make_programs_available is flag


@pytest.mark.parametrize("sheet", ["", [], {}, False])
def test_a_fact_sheet_that_is_empty_is_none(sheet):
    assert bundle(fact_sheet=sheet).fact_sheet is None
