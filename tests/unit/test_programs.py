"""Which words a program's containers are started with."""

import pytest

from chalicelib.contract import Stage
from chalicelib.contract.programs import commands, has_command, substitutions

SCORING = substitutions("scoring", Stage.SCORING, "2")


def words(text: object, step: str = "scoring", stage: Stage = Stage.SCORING, contract: str = "2") -> list[str]:
    (only,) = commands({"command": text}, substitutions(step, stage, contract))
    return only


def test_an_ingestion_program_of_codabench_gets_its_input_program_and_the_submission():
    text = "python $ingestion_program/ingestion.py $input $output $ingestion_program $submission_program"
    assert words(text, "ingestion", Stage.PREDICTION) == [
        "python", "/app/program/ingestion.py", "/app/input_data", "/app/output", "/app/program", "/app/ingested_program",
    ]  # fmt: skip


def test_a_scoring_program_gets_its_input_and_its_output():
    assert words("python $program/score.py $input $output") == [
        "python", "/app/program/score.py", "/app/input", "/app/output",
    ]  # fmt: skip


def test_a_scoring_program_may_name_predictions_reference_shared_and_temporary_folders():
    assert words("python $program/x.py $predictions $hidden $shared $tmp") == [
        "python", "/app/program/x.py", "/app/input/res", "/app/input/ref", "/app/shared", "/app/output",
    ]  # fmt: skip


def test_a_submission_that_runs_by_itself_is_the_program_and_writes_predictions_to_its_output():
    found = words("$program $submission_program $predictions $input", "submission", Stage.PREDICTION)
    assert found == ["/app/program", "/app/program", "/app/output", "/app/input"]


def test_an_ingestion_program_beside_scoring_hands_its_predictions_over_where_scoring_reads_them():
    found = words("$program $predictions $input $shared", "ingestion")
    assert found == ["/app/program", "/app/input/res", "/app/input_data", "/app/shared"]


def test_the_program_is_always_in_the_same_place():
    for step, stage in (("ingestion", Stage.SCORING), ("submission", Stage.PREDICTION), ("scoring", Stage.SCORING)):
        assert words("$program", step, stage) == words("$program", step, stage, "1") == ["/app/program"]


def test_a_program_of_codalab_finds_the_folders_of_a_run():
    text = "$program/score.py $input $output $tmp $predictions"
    assert words(text, contract="1") == ["/app/program/score.py", "/app/input", "/app/output", "/app/temp", "/app/input/res"]


def test_an_ingestion_program_of_codalab_finds_itself_and_the_submission_beside_each_other():
    found = words("$ingestion_program $submission_program $input $tmp", "ingestion", Stage.PREDICTION, "1")
    assert found == ["/app/ingestion_program", "/app/ingested_program", "/app/input", "/app/temp"]


def test_a_name_that_begins_another_does_not_eat_it():
    assert words("$submission_program/$program") == ["/app/ingested_program//app/program"]


def test_words_are_split_as_a_posix_shell_splits_them():
    assert words("python3 score.py 'two words' \"three $input\"") == [
        "python3", "score.py", "two words", "three /app/input",
    ]  # fmt: skip


def test_there_is_no_shell():
    assert words("echo $HOME && rm -rf / | cat > x; `id`") == [
        "echo", "$HOME", "&&", "rm", "-rf", "/", "|", "cat", ">", "x;", "`id`",
    ]  # fmt: skip


def test_a_list_is_several_commands():
    assert commands({"command": ["make $program", "python3 score.py"]}, SCORING) == [
        ["make", "/app/program"], ["python3", "score.py"],
    ]  # fmt: skip


def test_other_keys_are_ignored():
    assert commands({"command": "a", "description": "scores", "image": "x"}, SCORING) == [["a"]]


@pytest.mark.parametrize("metadata", [None, [], "command: x", {}, {"command": ""}, {"command": "  "}, {"command": 5},
                                      {"command": None}, {"command": []}, {"command": ["a", ""]},
                                      {"command": [["a"]]}])  # fmt: skip
def test_metadata_without_a_command_is_refused_with_an_example(metadata):
    with pytest.raises(ValueError, match="Write `command: python3"):
        commands(metadata, SCORING)


@pytest.mark.parametrize("metadata", [None, [], "command: x", {}, {"command": ""}, {"description": "results"}])
def test_a_submission_without_a_command_does_not_run_by_itself(metadata):
    assert not has_command(metadata)
    assert has_command({"command": "python3 predict.py"})


def test_an_open_quote_is_refused():
    with pytest.raises(ValueError, match="cannot be split"):
        words("python3 'score.py")
