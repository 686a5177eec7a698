"""`agon competitions`, `join`, `submit`, `submissions` and `leaderboard`."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agon import fact_sheet
from chalicelib.contract import limits
from tests.unit import fake_api
from tests.unit.command_line import COLUMNS, NOW, CommandLine, competition, phase, submission, takes_uploads


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


@pytest.fixture
def predictions(tmp_path: Path) -> str:
    path = tmp_path / "predictions.csv"
    path.write_text("setosa")
    return str(path)


def scored(agon: CommandLine, *states: dict) -> None:
    takes_uploads(agon.api)
    agon.api.on("GET", "/competitions/c", competition()).on("POST", "/phases/c-0/submissions", submission("Submitted"), 201)
    for state in states:
        agon.api.on("GET", "/submissions/s", state)


def test_a_file_is_zipped_and_handed_in_to_the_open_phase(agon, predictions):
    scored(agon)
    ran = agon("submit", "c", predictions, "--json")
    assert (ran.code, ran.json["status"]) == (0, "Submitted")
    assert agon.api.asked("POST", "/phases/c-0/submissions")[0].body == {"upload": "u", "name": "predictions.csv"}
    form = agon.api.asked("POST", "/storage")[0].raw
    with zipfile.ZipFile(io.BytesIO(form[form.index(b"PK") :])) as zipped:
        assert zipped.read("predictions.csv") == b"setosa"


@pytest.mark.parametrize("letters", ["é" * 120 + ".zip", "n" * 250 + ".zip", "é" * 123 + ".csv", "n" * 255])
def test_a_file_with_a_long_name_is_handed_in_under_one_that_is_cut(agon, tmp_path, letters):
    scored(agon)
    path = tmp_path / letters
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("x", "y")
    ran = agon("submit", "c", str(path))
    assert ran.code == 0, ran.err
    begun, handed_in = agon.api.asked("POST", "/uploads")[0].body, agon.api.asked("POST", "/phases/c-0/submissions")[0].body
    assert len(begun["filename"]) <= 200 and begun["filename"].endswith(".zip")
    assert handed_in["name"] == letters[: 100 - len(Path(letters).suffix)] + Path(letters).suffix


def test_a_name_that_is_too_long_is_refused_before_anything_is_sent(agon, predictions):
    scored(agon)
    ran = agon("submit", "c", predictions, "--name", "n" * 101)
    assert (ran.code, "may have 100 characters; this one has 101" in ran.said) == (1, True)
    assert not agon.api.asked("POST", "/uploads")


def test_names_are_as_long_as_the_api_takes_them():
    schemas = json.loads((Path(__file__).parents[2] / "console/openapi.json").read_text())["components"]["schemas"]
    assert schemas["BeginUploadBody"]["properties"]["filename"]["maxLength"] == limits.MAX_FILENAME_CHARACTERS
    names = [schemas[body]["properties"]["name"]["maxLength"] for body in ("SubmitBody", "NewDatasetBody")]
    assert names == [limits.MAX_LABEL_CHARACTERS] * 2


def test_waiting_tells_each_status_then_the_scores(agon, predictions):
    scored(agon, submission("Preparing"), submission(scores={"accuracy": 0.96}, notes=["Odd."]))
    ran = agon("submit", "c", predictions, "--wait", "--name", "first")
    assert ran.code == 0
    assert ran.err.index("Preparing") < ran.err.index("Finished")
    assert "0.96" in ran.out and "Note: Odd." in ran.out
    assert agon.api.asked("POST", "/phases/c-0/submissions")[0].body["name"] == "first"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("participant", "The attempt counts."),
        ("organizer", "organizer's program, not in the submission. The attempt does not count."),
        ("platform", "in the site, not in the submission. The attempt does not count."),
    ],
)
def test_a_failure_ends_with_1_and_says_whose_it_was(agon, predictions, fault, words):
    scored(agon, submission("Failed", fault=fault, reason="It went wrong [here]."))
    ran = agon("submit", "c", predictions, "--wait", "--json")
    assert (ran.code, ran.json["status"], ran.json["fault"]) == (1, "Failed", fault)
    assert "It went wrong [here]." in ran.said and words in ran.said and "agon logs s" in ran.said


def test_a_phase_may_be_named_itself(agon, predictions):
    scored(agon)
    assert agon("submit", "c-0", predictions).code == 0


def test_no_attempt_is_spent_on_a_guess_between_open_phases(agon, predictions):
    agon.api.on("GET", "/competitions/c", competition(phase(0), phase(1)))
    ran = agon("submit", "c", predictions)
    assert ran.code == 1 and "c-0" in ran.said and "c-1" in ran.said
    assert not agon.api.asked("POST", "/uploads")


def test_nothing_is_uploaded_when_no_phase_is_open_or_one_has_not_joined(agon, predictions):
    agon.api.on("GET", "/competitions/c", competition(phase(0, "closed")))
    agon.api.on("GET", "/competitions/c", competition(my_status=None))
    assert "no open phase" in agon("submit", "c", predictions).err
    assert "agon join c" in agon("submit", "c", predictions).err
    assert not agon.api.asked("POST", "/uploads")


QUESTIONS = [
    {"key": "model", "type": "select", "title": "Model", "choices": ["tree", "net"], "required": True},
    {"key": "gpu", "type": "checkbox", "title": "On a GPU?", "choices": [], "required": False},
    {"key": "team", "type": "text", "title": "Team", "choices": [], "required": False},
]


def test_answers_to_the_fact_sheet_come_from_a_file(agon, predictions, tmp_path):
    scored(agon)
    agon.api.replies["GET", "/competitions/c"] = [(200, competition() | {"fact_sheet": QUESTIONS}, {})]
    (tmp_path / "answers.yaml").write_text("model: net\ngpu: true\nteam: 7\n")
    assert agon("submit", "c", predictions, "--fact-sheet", str(tmp_path / "answers.yaml")).code == 0
    sent = agon.api.asked("POST", "/phases/c-0/submissions")[0].body["fact_sheet"]
    assert sent == {"model": "net", "gpu": True, "team": "7"}


def test_a_script_is_told_what_is_asked_before_anything_is_sent(agon, predictions):
    scored(agon)
    agon.api.replies["GET", "/competitions/c"] = [(200, competition() | {"fact_sheet": QUESTIONS}, {})]
    ran = agon("submit", "c", predictions)
    assert ran.code == 1 and "model: Model (tree, net)" in ran.said and "team" not in ran.said
    assert not agon.api.asked("POST", "/uploads")


def test_at_a_terminal_each_question_is_asked_until_it_is_answered():
    with CliRunner().isolation(input="forest\nnet\ny\n\n"):
        assert fact_sheet.ask(QUESTIONS) == {"model": "net", "gpu": True}


def test_a_refusal_is_json_too(agon, predictions):
    scored(agon)
    problem = {"title": "No attempt left", "status": 429, "detail": "Tomorrow.", "errors": []}
    agon.api.replies["POST", "/phases/c-0/submissions"] = [(429, problem, {})]
    ran = agon("submit", "c", predictions, "--json")
    expected = {"status": 429, "title": "No attempt left", "detail": "Tomorrow.", "errors": []}
    assert (ran.code, ran.json) == (1, {"error": expected})


def test_complaints_are_listed_in_the_panel(agon):
    errors = [{"place": "accept_terms", "message": "Must be [true]."}]
    problem = {"title": "Invalid", "status": 422, "detail": "Change it.", "errors": errors}
    agon.api.on("GET", "/competitions/c", competition(my_status=None)).on(
        "POST", "/competitions/c/participants", problem, 422
    )
    ran = agon("join", "c")
    assert ran.code == 1 and "accept_terms: Must be [true]." in ran.said


@pytest.mark.parametrize(("status", "word"), [("approved", "agon submit c"), ("pending", "decides"), ("denied", "not let")])
def test_joining_says_what_comes_next(agon, status, word):
    participant = {"user": "1", "username": "ada", "status": status, "joined_at": NOW}
    agon.api.on("GET", "/competitions/c", competition(my_status=None))
    agon.api.on("POST", "/competitions/c/participants", participant, 201)
    assert word in agon("join", "c").out


def test_wrong_usage_ends_with_2(agon):
    assert agon("submit").code == 2
    assert agon("leaderboard", "c", "--page", "0").code == 2


def test_a_board_has_ranks_arrows_and_each_columns_precision(agon):
    scores = {"accuracy": 0.95, "error": None}
    row = {"rank": 1, "participant": "ada", "submission": "s", "scores": scores, "submitted_at": NOW}
    board = {"phase": "c-0", "title": "Results", "columns": COLUMNS, "rows": [row], "count": 1, "page": 1, "pages": 1}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/leaderboard", board | {"rebuilt_at": NOW})
    ran = agon("leaderboard", "c")
    assert ran.out.index("Accuracy ↑") < ran.out.index("Error ↓")
    assert "0.950" in ran.out and "–" in ran.out
    assert agon("leaderboard", "c", "--json").json["rows"] == [row]


def test_a_board_has_errors_behind_their_scores(agon):
    columns = [{**COLUMNS[1], "error_of": None}, {**COLUMNS[1], "key": "bar", "title": "Bar", "error_of": "accuracy"}]
    rows = [
        {"rank": at, "participant": "ada", "submission": "s", "scores": scores, "submitted_at": NOW}
        for at, scores in enumerate(({"accuracy": 0.95, "bar": 0.02}, {"accuracy": 0.5}), 1)
    ]
    board = {"phase": "c-0", "title": "Results", "columns": columns, "rows": rows, "count": 2, "page": 1, "pages": 1}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/leaderboard", board | {"rebuilt_at": NOW})
    ran = agon("leaderboard", "c")
    assert "0.950 ± 0.020" in ran.out and "0.500 ±" not in ran.out and "Bar" not in ran.out


def test_a_board_says_whose_rows_are_marked_and_that_it_is_frozen(agon):
    facts = {"submission": "s", "submitted_at": NOW, "scores": {"accuracy": 0.5}, "name": None}
    rows = [
        {"rank": 1, "participant": "ada", "verified": True, "mine": True, **facts},
        {"rank": 2, "participant": "olga", "baseline": True, **facts, "name": "majority"},
    ]
    out = {"participant": "eve", "submission": "s9", "disqualified": "It read the truth."}
    column = {"key": "accuracy", "title": "Accuracy", "sorting": "desc", "precision": 2, "index": 0, "group": "g"}
    board = {"title": "Speed", "columns": [column], "groups": [{"key": "g", "title": "Quality"}], "frozen_at": NOW}
    board |= {"rows": rows, "disqualified": [out], "count": 2, "page": 1, "pages": 1}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/leaderboard", board)
    ran = agon("leaderboard", "c", "--board", "speed")
    for words in ("ada (verified) ◀ you", "olga · majority (baseline)", "Quality", "It read the truth.", "Frozen"):
        assert words in ran.out + ran.err


def test_a_board_tells_the_answers_to_its_questions(agon):
    questions = [{"key": "model", "title": "Model"}, {"key": "gpu", "title": "On a GPU"}]
    facts = {"submission": "s", "submitted_at": NOW, "scores": {}, "rank": None}
    rows = [{"participant": "ada", "fact_sheet": {"model": "two\nlines", "gpu": False}, **facts}]
    rows.append({"participant": "eve", "fact_sheet": {}, **facts})
    board = {"title": "Results", "columns": [], "questions": questions, "rows": rows, "count": 2, "page": 1, "pages": 1}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/leaderboard", board)
    ran = agon("leaderboard", "c")
    for words in ("Model", "On a GPU", "two lines", "no", "–"):
        assert words in ran.out


def test_a_board_that_has_not_ones_own_scores_yet_is_waited_for(agon, monkeypatch):
    monkeypatch.setattr("agon.commands.leaderboards.sleep", lambda seconds: None)
    row = {"rank": 1, "participant": "ada", "submission": "s", "scores": {"accuracy": 0.5}, "submitted_at": NOW}
    empty = {"phase": "c-0", "title": "Results", "columns": COLUMNS, "rows": [], "count": 0, "page": 1, "pages": 1}
    own = {"id": "s", "status": "Finished", "created_at": NOW, "finished_at": datetime.now(UTC).isoformat()}
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("GET", "/phases/c-0/submissions", {"submissions": [own], "next": None})
    for board in (empty, empty, empty | {"rows": [row], "count": 1}):
        agon.api.on("GET", "/phases/c-0/leaderboard", board)
    ran = agon("leaderboard", "c")
    assert "ada" in ran.out and "Nobody" not in ran.said


@pytest.mark.parametrize(
    ("own", "asked", "said"),
    [
        ({"status": "Finished", "finished_at": NOW}, 1, "Nobody"),
        ({"status": "Running", "finished_at": None}, 1, "is Running"),
    ],
)
def test_who_finished_long_ago_or_has_not_is_not_waited_for(agon, own, asked, said):
    empty = {"phase": "c-0", "title": "Results", "columns": COLUMNS, "rows": [], "count": 0, "page": 1, "pages": 1}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/leaderboard", empty)
    agon.api.on("GET", "/phases/c-0/submissions", {"submissions": [{"id": "s", "created_at": NOW, **own}], "next": None})
    ran = agon("leaderboard", "c")
    assert said in ran.said and len(agon.api.asked("GET", "/phases/c-0/leaderboard")) == asked


def test_an_empty_board_is_said_in_words(agon):
    board = {"phase": "c-0", "title": "Results", "columns": COLUMNS, "rows": [], "count": 0, "page": 1, "pages": 1}
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/phases/c-0/leaderboard", board)
    ran = agon("leaderboard", "c")
    assert (ran.code, ran.out) == (0, "") and "Nobody" in ran.said


def test_submissions_are_listed_shown_and_cancelled(agon):
    waiting, done = submission("Running"), submission(scores={"accuracy": 0.5})
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("GET", "/phases/c-0/submissions", {"submissions": [waiting], "next": None})
    agon.api.on("GET", "/submissions/s", done).on("POST", "/submissions/s/cancel", submission("Cancelled"))
    agon.api.on("GET", "/submissions/s/attempts", {"attempts": []})
    assert "Running" in agon("submissions", "list", "c", "--everyone").out
    assert agon.api.asked("GET", "/phases/c-0/submissions")[0].query == "everyone=true"
    assert "accuracy" in agon("submissions", "show", "s").out
    assert agon("submissions", "cancel", "s").out == "s is cancelled.\n"


def test_a_submissions_tasks_and_earlier_attempts_are_shown_with_it(agon):
    task = {"task": "1", "name": "Dogs", "status": "Failed", "scores": {}, "reason": "No scores."}
    attempt = {"number": 1, "status": "Aborted", "finished_at": NOW, "scores": {}, "reason": "The disk was full."}
    agon.api.on("GET", "/submissions/s", submission(scores={"accuracy": 0.5}, tasks=[task]))
    agon.api.on("GET", "/submissions/s/attempts", {"attempts": [attempt]})
    out = agon("submissions", "show", "s").out
    for words in ("0.5", "Tasks", "Dogs", "No scores.", "Earlier attempts", "Aborted", "The disk was full."):
        assert words in out
    assert agon("submissions", "show", "s", "--json").json["attempts"] == [attempt]


def test_a_submissions_files_are_fetched(agon, tmp_path):
    urls = {"submission": None, "output": f"{agon.api.address}/storage/o", "scoring_stdout": f"{agon.api.address}/storage/t"}
    agon.api.on("GET", "/submissions/s/files", urls).on("GET", "/storage/o", "zip").on("GET", "/storage/t", "log")
    ran = agon("submissions", "download", "s", str(tmp_path / "got"), "--json")
    expected = {"output": str(tmp_path / "got/output.zip"), "scoring_stdout": str(tmp_path / "got/scoring_stdout.txt")}
    assert ran.json == {"files": expected}
    assert (tmp_path / "got/scoring_stdout.txt").read_text() == "log"
    assert "authorization" not in agon.api.asked("GET", "/storage/o")[0].headers


def test_a_competition_is_shown_with_phases_limits_and_ranking(agon):
    agon.api.on("GET", "/competitions/c", competition(phase(0, "closed"), phase(1)))
    out = agon("competitions", "show", "c").out
    for words in ("Iris [1]", "olga", "Part 0", "closed", "c-1", "5 a day", "Ranked by Accuracy ↑, then Error ↓"):
        assert words in out


def test_a_competition_is_shown_with_those_who_pay_for_it_where_there_are_some(agon):
    sponsors = [{"name": "Acme", "url": "https://acme.example"}, {"name": "The \x1b[31mLab", "url": None}]
    agon.api.on("GET", "/competitions/c", competition(phase(0)) | {"sponsors": sponsors})
    out = agon("competitions", "show", "c").out
    assert "Sponsored by Acme (https://acme.example), The " in out and "\x1b" not in out
    agon.api.replies["GET", "/competitions/c"] = [(200, competition(phase(0)) | {"sponsors": []}, {})]
    assert "Sponsored" not in agon("competitions", "show", "c").out


def imported(agon: CommandLine, tmp_path: Path, **state: object) -> str:
    takes_uploads(agon.api)
    whole = {"id": "i", "status": "Finished", "competition": "c", "done": 3, "total": 3, "errors": [], "warnings": []}
    agon.api.on("POST", "/competitions", {"id": "i", "status": "Waiting"}, 202)
    agon.api.on("GET", "/imports/i", whole | {"status": "Running", "done": 1}).on("GET", "/imports/i", whole | state)
    agon.api.on("POST", "/competitions/c/publish", competition())
    (tmp_path / "bundle").mkdir()
    (tmp_path / "bundle/competition.yaml").write_text("version: 2")
    return str(tmp_path / "bundle")


def test_a_bundle_becomes_a_published_competition(agon, tmp_path):
    ran = agon("competitions", "create", imported(agon, tmp_path), "--publish", "--json")
    assert (ran.code, ran.json["competition"]) == (0, "c")
    assert agon.api.asked("POST", "/uploads")[0].body["purpose"] == "bundle"
    assert len(agon.api.asked("POST", "/competitions/c/publish")) == 1
    assert "1 of 3 files" in ran.said


def test_a_draft_is_told_by_the_word_that_other_commands_take(agon, tmp_path):
    bundle = imported(agon, tmp_path)
    agon.api.on("GET", "/competitions/c", competition() | {"slug": "tides", "published": False})
    assert "tides is made as a draft. Show it to everybody: agon competitions publish tides" in agon(
        "competitions", "create", bundle
    ).out.replace("\n", " ")


def test_a_bad_bundles_complaints_are_all_listed(agon, tmp_path):
    error = {"file": "competition.yaml", "line": 4, "key": "phases", "message": "There is no phase."}
    warning = {"file": "competition.yaml", "line": None, "key": "foo", "message": "Unknown."}
    bundle = imported(agon, tmp_path, status="Failed", competition=None, errors=[error], warnings=[warning])
    ran = agon("competitions", "create", bundle, "--publish")
    assert ran.code == 1
    assert "There is no phase." in ran.said and "Unknown." in ran.said and "did not become" in ran.said
    assert not agon.api.asked("POST", "/competitions/c/publish")


def test_what_a_phase_hands_out_is_fetched(agon, tmp_path):
    links = {"starting_kit": f"{agon.api.address}/storage/k", "public_data": None}
    agon.api.on("GET", "/phases/c-0/handouts", links).on("GET", "/storage/k", "zip")
    ran = agon("kit", "c-0", str(tmp_path / "got"), "--json")
    assert ran.json == {"files": {"starting_kit": str(tmp_path / "got/starting_kit.zip")}}
    assert (tmp_path / "got/starting_kit.zip").read_text() == "zip"
