"""Which words a program's container is started with."""

import pytest

from chalicelib.contract.programs import command


def words(text: object) -> list[str]:
    return command({"command": text})


def test_substitutions_become_paths_of_the_container():
    assert words("python $program/score.py $input $output") == [
        "python", "/app/program/score.py", "/app/input", "/app/output",
    ]  # fmt: skip


def test_a_name_that_begins_another_does_not_eat_it():
    found = words("x $submission_program $predictions $hidden $shared $tmp $program")
    assert found[1:] == ["/app/ingested_program", "/app/input/res", "/app/input/ref", "/app/shared", "/tmp", "/app/program"]


def test_words_are_split_as_a_posix_shell_splits_them():
    assert words("python3 score.py 'two words' \"three $input\"") == [
        "python3", "score.py", "two words", "three /app/input",
    ]  # fmt: skip


def test_there_is_no_shell():
    assert words("echo $HOME && rm -rf / | cat > x; `id`") == [
        "echo", "$HOME", "&&", "rm", "-rf", "/", "|", "cat", ">", "x;", "`id`",
    ]  # fmt: skip


def test_other_keys_are_ignored():
    assert command({"command": "a", "description": "scores", "image": "x"}) == ["a"]


@pytest.mark.parametrize("metadata", [None, [], "command: x", {}, {"command": ""}, {"command": "  "}, {"command": 5},
                                      {"command": None}])  # fmt: skip
def test_metadata_without_a_command_is_refused_with_an_example(metadata):
    with pytest.raises(ValueError, match="Write `command: python3"):
        command(metadata)


def test_an_open_quote_is_refused():
    with pytest.raises(ValueError, match="cannot be split"):
        words("python3 'score.py")
