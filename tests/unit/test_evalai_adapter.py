"""EvalAI's adapter calls the script as EvalAI does, and tells whose fault it is when nothing comes of it."""

import ast
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from chalicelib.domain.bundle.foreign.translation import adapter
from tests.builders import archive
from tests.unit.adapting import Ran, run
from tests.unit.challenges import Files, challenge, phases, unpacked

GUESS = {"submission.json": '["a", "x"]'}
BOUND = "from .main import evaluate\n"


def script(main: str, begin: str = BOUND, **modules: str) -> Files:
    """The challenge with another script."""
    written = {f"evaluation_script/{name}.py": text for name, text in {"__init__": begin, "main": main, **modules}.items()}
    return {**challenge(("evaluation_script/",)), **written}


def returning(value: str, before: str = "") -> Files:
    """The challenge whose script returns what is written."""
    return script(f"{before}\ndef evaluate(annotation, submission, phase_name, **kwargs):\n    return {value}\n")


def tried(files: Files, room: Path, task: str = "0") -> Ran:
    return run(files, GUESS, room / "run", task)


def test_labels_of_splits_are_scores_by_the_keys_of_columns(tmp_path: Path) -> None:
    done = tried(challenge(), tmp_path)
    assert (done.exit_code, done.scores) == (0, {"train_split__accuracy": 0.5, "train_split__error_rate": 0.5})
    second = run(challenge(), {"submission.json": '["a", "b", "c"]'}, tmp_path / "run", "1")
    assert second.scores and second.scores["test_split__accuracy"] == second.scores["train_split__accuracy"] == 1


def test_an_error_without_a_word_is_told_with_its_line(tmp_path: Path) -> None:
    checked = script("def evaluate(truth, guess, phase, **kwargs):\n    assert len(guess) == 3  # rows\n")
    said = "The evaluation script could not score this submission. It says: AssertionError"
    assert tried(checked, tmp_path).refusal == f"{said}: `assert len(guess) == 3  # rows`"
    assert tried(returning("ValueError()"), tmp_path).refusal == said.replace("AssertionError", "ValueError")


def test_two_splits_of_a_phase_share_labels_and_have_scores_of_their_own(tmp_path: Path) -> None:
    value = '[{"train_split": {"Accuracy": 0.9, "Error rate": 0.1}}, {"test_split": {"Accuracy": 0.4, "Error rate": 0.6}}]'
    done = tried(returning(f'{{"result": {value}}}'), tmp_path, "1")
    assert done.scores == {
        "train_split__accuracy": 0.9,
        "train_split__error_rate": 0.1,
        "test_split__accuracy": 0.4,
        "test_split__error_rate": 0.6,
    }


def test_a_script_in_a_zip_is_called_as_one_in_a_folder(tmp_path: Path) -> None:
    inside = {
        name.removeprefix("evaluation_script/"): text for name, text in challenge().items() if name.startswith("evaluation_")
    }
    files = {**challenge(("evaluation_script/",)), "evaluation_script.zip": archive(inside)}
    assert tried(files, tmp_path).scores == tried(challenge(), tmp_path).scores


def test_it_is_called_by_places_with_the_files_and_metadata_by_its_name(tmp_path: Path) -> None:
    main = """
import os
def evaluate(truth, guess, phase, **kwargs):
    said = kwargs.pop("submission_metadata")
    assert not kwargs and os.path.basename(truth) == "dev.json" and os.path.basename(guess) == "submission.json"
    assert said["participant_team_name"] and said["method_name"] == "" and said["input_file"] == guess
    open("left here", "w").write("the folder can be written to")
    assert __name__ == "challenge_data.challenge_1.main"
    return {"result": [{"train_split": {"Accuracy": len(phase), "Error rate": 0}}]}
"""
    assert tried(script(main), tmp_path).scores == {"train_split__accuracy": 3, "train_split__error_rate": 0}


def test_siblings_are_found_by_relative_and_by_bare_names(tmp_path: Path) -> None:
    files = returning(
        "{'result': [{'train_split': {'Accuracy': bare.X + relative.Y}}]}", "import bare\nfrom . import relative"
    )
    siblings = {"evaluation_script/bare.py": "X = 1\n", "evaluation_script/relative.py": "Y = 2\n"}
    done = tried({**files, **siblings}, tmp_path)
    assert done.scores == {"train_split__accuracy": 3}


def test_evaluate_of_main_is_called_where_the_package_has_none(tmp_path: Path) -> None:
    files = {**challenge(), "evaluation_script/__init__.py": ""}
    assert tried(files, tmp_path).scores == tried(challenge(), tmp_path).scores


@pytest.mark.parametrize(
    "call",
    [
        "import subprocess, sys\nsubprocess.check_call([sys.executable, '-m', 'pip', 'install', 'shapely==1.7.1'])",
        "import subprocess\nassert subprocess.check_output('pip install shapely', shell=True) == b''",
        "import subprocess\nassert subprocess.run(['pip3', 'install', 'shapely'], capture_output=True).returncode == 0",
        "import os\nassert os.system('cd /tmp && pip install shapely==1.7.1') == 0",
        "from pip._internal import main as install\ninstall(['install', 'shapely'])",
        "import pip\npip.main(['install', 'shapely'])",
    ],
)
def test_installing_is_a_note_and_nothing_else(tmp_path: Path, call: str) -> None:
    done = tried({**challenge(), "evaluation_script/__init__.py": f"{call}\n{BOUND}"}, tmp_path)
    assert done.exit_code == 0 and "[agon] not run, for there is no network:" in done.errors and "shapely" in done.errors


def test_other_commands_are_run(tmp_path: Path) -> None:
    begin = "import subprocess, os\nassert subprocess.check_output(['echo', 'hi']) == b'hi\\n' and os.system('exit 3')\n"
    assert tried({**challenge(), "evaluation_script/__init__.py": begin + BOUND}, tmp_path).exit_code == 0


NUMPY = "import numpy"


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ("numpy.float64(0.25)", 0.25),
        ("numpy.float32(0.5)", 0.5),
        ("numpy.int64(4)", 4),
        ("numpy.array(2.5)", 2.5),
        ("3", 3),
        ("'0.5'", 0.5),
    ],
)
def test_numbers_count_whatever_they_come_as(tmp_path: Path, value: str, score: float) -> None:
    files = returning("{'result': [{'train_split': {'Accuracy': " + value + ", 'Error rate': 0}}]}", NUMPY)
    done = tried(files, tmp_path)
    assert done.scores == {"train_split__accuracy": score, "train_split__error_rate": 0}


@pytest.mark.parametrize("value", ["float('nan')", "float('inf')", "None", "'high'", "[1, 2]"])
def test_what_is_no_finite_number_is_left_out_and_told(tmp_path: Path, value: str) -> None:
    done = tried(returning("{'result': [{'train_split': {'Accuracy': 1, 'Error rate': " + value + "}}]}"), tmp_path)
    assert done.scores == {"train_split__accuracy": 1} and "train_split/Error rate is" in done.errors


def test_a_label_that_lacks_is_left_out_and_one_that_nobody_knows_is_told(tmp_path: Path) -> None:
    done = tried(returning("{'result': [{'train_split': {'Accuracy': 1, 'BLEU': 2}}]}"), tmp_path)
    assert done.scores == {"train_split__accuracy": 1}
    assert "train_split/Error rate is missing" in done.errors and "no column shows BLEU of train_split" in done.errors


def test_where_no_score_is_a_number_the_submission_is_told_so(tmp_path: Path) -> None:
    nan = "float('nan')"
    done = tried(returning("{'result': [{'train_split': {'Accuracy': " + nan + ", 'Error rate': " + nan + "}}]}"), tmp_path)
    assert (
        done.refusal
        == "No score of this submission is a number: train_split/Accuracy is nan, train_split/Error rate is nan."
    )
    assert done.scores is None


def test_of_an_entry_the_first_split_counts_and_of_two_rows_the_better_one(tmp_path: Path) -> None:
    rows = (
        "[{'train_split': {'Accuracy': 1}, 'other': {}}, {'train_split': {'Accuracy': 3}}, {'train_split': {'Accuracy': 2}}]"
    )
    done = tried(returning("{'result': " + rows + "}"), tmp_path)
    assert done.scores == {"train_split__accuracy": 3} and "has 2 splits, of which `train_split` counts" in done.errors


def test_a_tuple_of_results_counts_as_a_list(tmp_path: Path) -> None:
    assert tried(returning("{'result': ({'train_split': {'Accuracy': 1}},)}"), tmp_path).scores == {
        "train_split__accuracy": 1
    }


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (
            "{'result': [{'other_split': {'Accuracy': 1}}]}",
            "The result names the split `other_split`, which this phase has not. It has: train_split.",
        ),
        (
            "{'result': {'train_split': {'Accuracy': 1}}}",
            "`evaluate` must return a mapping with `result`, a list of {split: {label: number}}.",
        ),
        ("{'scores': []}", "`evaluate` must return a mapping with `result`, a list of {split: {label: number}}."),
        ("None", "`evaluate` must return a mapping with `result`, a list of {split: {label: number}}."),
        ("({'result': []}, 1)", "`evaluate` must return a mapping with `result`, a list of {split: {label: number}}."),
        ("{'result': []}", "`evaluate` returned no result, so there is no row for any board."),
        ("{'result': ['train_split']}", "An entry of `result` is no mapping {split: {label: number}}."),
        ("{'result': [{'train_split': 1}]}", "The result of `train_split` is no mapping {label: number}."),
    ],
)
def test_a_result_that_fits_no_phase_is_the_organizers_fault(tmp_path: Path, value: str, why: str) -> None:
    done = tried(returning(value), tmp_path)
    assert (done.exit_code, done.refusal, done.scores) == (1, None, None)
    assert done.errors.rstrip().endswith(why)


@pytest.mark.parametrize(
    "raised", ["raise ValueError('no letters')", "return ValueError('no letters')", "import sys; sys.exit('no letters')"]
)
def test_what_it_raises_on_a_submission_is_told_to_the_participant(tmp_path: Path, raised: str) -> None:
    done = tried(script(f"def evaluate(a, b, c, **kwargs):\n    {raised}\n"), tmp_path)
    assert done.exit_code == 1 and done.refusal is not None
    assert (
        done.refusal.startswith("The evaluation script could not score this submission. It says: ")
        and "no letters" in done.refusal
    )


def test_where_logs_are_hidden_nothing_of_an_error_is_shown(tmp_path: Path) -> None:
    hidden = challenge(("evaluation_script/",), challenge_phases=phases(disable_logs=True))
    files = {
        **hidden,
        "evaluation_script/__init__.py": "def evaluate(a, b, c, **kwargs):\n    raise ValueError('the truth is 7')\n",
    }
    assert tried(files, tmp_path).refusal == "The evaluation script could not score this submission."


@pytest.mark.parametrize(
    ("main", "why"),
    [
        (
            "def evaluate(a, b, c, **k):\n    import nltk\n",
            "The evaluation script cannot run: ModuleNotFoundError: No module named 'nltk'",
        ),
        (
            "def evaluate(a, b, c, **k):\n    return lost\n",
            "The evaluation script cannot run: NameError: name 'lost' is not defined",
        ),
        (
            "import json\ndef evaluate(a, b, c, **k):\n    json.gone\n",
            "The evaluation script cannot run: AttributeError: module 'json' has no attribute 'gone'",
        ),
        (
            "def evaluate(a, b, c, **k):\n    raise LookupError('Resource punkt not found.')\n",
            "The evaluation script cannot run: LookupError: Resource punkt not found.",
        ),
        (
            "import urllib.error\ndef evaluate(a, b, c, **k):\n    raise urllib.error.URLError('no network')\n",
            "The evaluation script cannot run: URLError: <urlopen error no network>",
        ),
        (
            "import socket\ndef evaluate(a, b, c, **k):\n    return socket.gaierror('no such host')\n",
            "The evaluation script cannot run: gaierror: no such host",
        ),
        ("raise RuntimeError('at import')\n", "The evaluation script cannot be imported: RuntimeError: at import"),
        (
            "def evaluate(a, b):\n    return {}\n",
            "`evaluate` cannot be called as EvalAI calls it: too many positional arguments. Give it **kwargs.",
        ),
    ],
)
def test_what_no_submission_is_the_cause_of_is_the_organizers_fault(tmp_path: Path, main: str, why: str) -> None:
    done = tried(script(main), tmp_path)
    assert (done.exit_code, done.refusal) == (1, None)
    assert done.errors.rstrip().endswith(why)


def test_results_for_the_participant_and_for_the_host_are_kept_apart(tmp_path: Path) -> None:
    more = "'submission_result': ['<b>', {1}], 'submission_metadata': {'foo': 'bar'}"
    value = "{'result': [{'train_split': {'Accuracy': 1}}], " + more + "}"
    done = tried(returning(value), tmp_path)
    assert json.loads((done.output / "submission_result.json").read_text()) == ["<b>", "{1}"]
    assert "&lt;b&gt;" in (done.output / "detailed_results.html").read_text()
    assert json.loads((done.output / "private" / "submission_metadata.json").read_text()) == {"foo": "bar"}


def test_what_is_printed_has_an_end(tmp_path: Path) -> None:
    done = tried(returning("print('x' * 3_000_000) or {'result': [{'train_split': {'Accuracy': 1}}]}"), tmp_path)
    assert len(done.printed) < 1_100_000 and "[agon] the rest is not kept" in done.printed and done.scores


def test_the_one_file_that_fits_is_the_submission(tmp_path: Path) -> None:
    beside = {
        "my/guess.json": GUESS["submission.json"],
        "my/readme.txt": "x",
        "__MACOSX/my/._guess.json": "x",
        "metadata": "exitCode: 0",
    }
    assert run(challenge(), beside, tmp_path / "run", "0").scores


NAMES = """
import zipfile
def evaluate(a, b, c, **k):
    return {"result": [{"train_split": {"Accuracy": len(zipfile.ZipFile(b).namelist())}}]}
"""


def test_a_zip_stays_a_zip_and_one_that_came_unpacked_is_zipped_again(tmp_path: Path) -> None:
    files = script(NAMES)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as target:
        target.writestr("a.txt", "a")
        target.writestr("b/c.txt", "c")
    assert run(files, {"submission.zip": zipped.getvalue()}, tmp_path / "run", "0").scores == {"train_split__accuracy": 2}
    assert run(files, {"a.txt": "a", "b/c.txt": "c"}, tmp_path / "run", "0").scores == {"train_split__accuracy": 2}
    only_zip = script(NAMES) | {
        "challenge_config.yaml": challenge(challenge_phases=phases(allowed_submission_file_types=".zip"))[
            "challenge_config.yaml"
        ]
    }
    assert run(only_zip, {"one.json": "1"}, tmp_path / "run", "0").scores == {"train_split__accuracy": 1}


def test_several_files_where_one_is_wanted_are_the_participants_fault(tmp_path: Path) -> None:
    done = run(challenge(), {"a.csv": "1", "b.csv": "2"}, tmp_path / "run", "1")
    assert done.refusal == "A submission here is one file, with one of these extensions: .json. This one has 2 files."
    assert "This one has 0 files." in (run(challenge(), {}, tmp_path / "run", "1").refusal or "")


def test_a_file_of_another_extension_is_tried_as_on_evalai(tmp_path: Path) -> None:
    assert run(challenge(), {"guess.txt": '["a", "b", "c"]'}, tmp_path / "run", "1").scores


def test_without_an_annotation_the_script_gets_an_empty_file(tmp_path: Path) -> None:
    main = "def evaluate(a, b, c, **k):\n    return {'result': [{'train_split': {'Accuracy': len(open(a).read())}}]}\n"
    files = challenge(("evaluation_script/",), challenge_phases=phases(test_annotation_file=None))
    files |= {"evaluation_script/__init__.py": main}
    assert tried(files, tmp_path).scores == {"train_split__accuracy": 0}


def test_a_challenge_that_needs_a_cluster_says_so(tmp_path: Path) -> None:
    done = tried(challenge(remote_evaluation=True), tmp_path)
    assert (done.exit_code, done.refusal) == (1, None)
    assert done.errors.rstrip().endswith("The host's own worker evaluates this challenge. So nothing is scored here.")


def test_it_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse(adapter("evalai"))
    names = [one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
    assert unpacked(challenge())["scoring_program/adapter.py"] == adapter("evalai")


def test_error_bars_are_scores_by_the_keys_of_their_columns(tmp_path: Path) -> None:
    rows = '[{"train_split": {"Accuracy": 0.9, "Error rate": 0.1}}]'
    errors = '[{"train_split": {"error_Accuracy": 0.02, "error_Error rate": float("nan")}}, {"no split": {}}, 3]'
    done = tried(returning(f'{{"result": {rows}, "error": {errors}}}'), tmp_path)
    assert done.scores == {
        "train_split__accuracy": 0.9,
        "train_split__error_rate": 0.1,
        "train_split__error_accuracy": 0.02,
    }
    assert tried(returning(f'{{"result": {rows}, "error": None, "x": "error_Accuracy"}}'), tmp_path).exit_code == 0
