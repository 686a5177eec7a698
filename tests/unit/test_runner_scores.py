"""Which numbers a scores file holds, and what is said about the rest."""

import math
import os

import pytest

from runner.scores import MAX_NOTES, UnreadableScores, parse_json, parse_text, read


def test_json_numbers_are_kept():
    found = parse_json(b'{"accuracy": 0.5, "count": 3, "small": 1e-05, "minus": -0.0}')
    assert found.values == {"accuracy": 0.5, "count": 3.0, "small": 1e-05, "minus": 0.0}
    assert found.notes == ()


def test_a_byte_order_mark_is_skipped():
    assert parse_json(b'\xef\xbb\xbf{"a": 1}').values == {"a": 1.0}
    assert parse_text(b"\xef\xbb\xbfa: 1").values == {"a": 1.0}


@pytest.mark.parametrize(
    ("value", "shown"),
    [("NaN", "NaN"), ("Infinity", "infinity"), ("-Infinity", "-infinity"), ("null", "null"), ('"high"', '"high"'),
     ("[1]", "a list"), ("{}", "an object"), ("1e999", "infinity"), ("1" + "0" * 400, "too large"), ('"nan"', '"nan"')],
)  # fmt: skip
def test_json_that_is_no_finite_number_becomes_a_note_with_key_and_value(value, shown):
    found = parse_json(f'{{"accuracy": {value}, "f1": 1}}'.encode())
    assert found.values == {"accuracy": None, "f1": 1.0}
    assert found.notes == (f"`accuracy` is {shown}, which is no finite number: it counts as missing.",)


@pytest.mark.parametrize(
    ("value", "number"),
    [('"0.5"', 0.5), ("true", 1.0), ("false", 0.0), ('"1_000.5"', 1000.5), ('" 7 "', 7.0), ('"1e-05"', 1e-05)],
)
def test_json_that_codabench_counts_is_counted_with_a_note(value, number):
    found = parse_json(f'{{"accuracy": {value}, "f1": 1}}'.encode())
    assert found.values == {"accuracy": number, "f1": 1.0}
    [note] = found.notes
    assert note.startswith("`accuracy` is ") and f"which counts as {number:g}." in note


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"1", b"\xff", b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"])
def test_json_that_cannot_be_read_is_said_so(content):
    with pytest.raises(UnreadableScores):
        parse_json(content)


@pytest.mark.parametrize(
    "text",
    ["accuracy: 0.5\nf1: 1e-05\n", "accuracy:0.5\nf1:1e-05", "{accuracy: 0.5, f1: 1e-05}",
     "# scores\naccuracy : 0.5\nf1: +1e-05",
     "accuracy: 0.5\r\nf1: .00001\r\n", "---\naccuracy: 0.5\nf1: 1E-5\n", "accuracy: 0.5\nf1:1e-05"],
)  # fmt: skip
def test_text_is_read_as_yaml_or_line_by_line(text):
    assert parse_text(text.encode()).values == {"accuracy": 0.5, "f1": 1e-05}


@pytest.mark.parametrize(
    "value",
    ["nan", ".nan", "NaN", "inf", "-.inf", "null", "~", "", "[1, 2]", "{a: 1}", "high", "'0.5 or so'", "2020-01-01",
     "!!python/name:os.system 1", "!!bool 1", "!!int ''", "!!int x", "!!float x", "1e999", "1__" + "0" * 200,
     "1" + ":1" * 200, "0x" + "f" * 200],
)  # fmt: skip
def test_text_that_is_no_finite_number_becomes_a_note(value):
    found = parse_text(f"f1: 1\naccuracy: {value}\n".encode())
    assert found.values == {"f1": 1.0, "accuracy": None}
    assert len(found.notes) == 1 and found.notes[0].startswith("`accuracy` is ")


#: Codabench reads the file as YAML 1.1 and makes a decimal of what comes out.
@pytest.mark.parametrize(
    ("value", "number"),
    [("'0.5'", 0.5), ('"1"', 1.0), ("true", 1.0), ("yes", 1.0), ("off", 0.0), ("1_000.5", 1000.5), ("1_000", 1000.0),
     ("1:30", 90.0), ("0x10", 16.0), ("010", 8.0), ("'010'", 10.0), ("٣", 3.0), ("!!float 1", 1.0), ("'1_0'", 10.0)],
)  # fmt: skip
def test_text_that_codabench_counts_is_counted_with_a_note_unless_it_is_plain(value, number):
    found = parse_text(f"f1: 1\naccuracy: {value}\n".encode())
    assert found.values == {"f1": 1.0, "accuracy": number}
    is_plain = value == "!!float 1"
    assert len(found.notes) == (0 if is_plain else 1)
    assert is_plain or f"which counts as {number:g}." in found.notes[0]


def test_python_objects_are_never_made(tmp_path):
    flag = tmp_path / "made"
    found = parse_text(f"a: !!python/object/apply:os.system ['touch {flag}']\nb: 1".encode())
    assert found.values == {"a": None, "b": 1.0}
    assert not flag.exists()


def test_a_bomb_of_aliases_is_refused():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    with pytest.raises(UnreadableScores, match="aliases"):
        parse_text("\n".join(lines).encode())


def test_deep_nesting_is_refused():
    with pytest.raises(UnreadableScores):
        parse_text(b"a: " + b"[" * 500_000)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# nothing", b"0.5", b"\xff\xfe", b"- 1\n- 2"])
def test_text_without_a_key_is_said_so(content):
    with pytest.raises(UnreadableScores):
        parse_text(content)


def test_a_key_twice_has_its_last_value():
    assert parse_text(b"a: 1\na: 2").values == {"a": 2.0}
    assert parse_json(b'{"a": 1, "a": 2}').values == {"a": 2.0}


def test_notes_are_short_and_few():
    found = parse_text("\n".join(f"k{n}: {'x' * 500}" for n in range(200)).encode())
    assert len(found.notes) == MAX_NOTES
    assert all(len(note) < 250 for note in found.notes)
    assert found.notes[-1] == "151 more values are no plain numbers."


def test_json_comes_first(tmp_path):
    (tmp_path / "scores.txt").write_text("a: 1")
    assert read(tmp_path).values == {"a": 1.0}
    (tmp_path / "scores.json").write_text('{"a": 2}')
    assert read(tmp_path).values == {"a": 2.0}


def test_missing_scores_are_said_so(tmp_path):
    with pytest.raises(UnreadableScores, match="neither scores.json nor scores.txt to /app/output"):
        read(tmp_path)


def test_only_a_small_plain_file_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("root: 1")
    scores = tmp_path / "scores.txt"
    scores.symlink_to(secret)
    with pytest.raises(UnreadableScores, match="no plain file"):
        read(tmp_path)
    scores.unlink()
    os.mkfifo(scores)
    with pytest.raises(UnreadableScores, match="no plain file"):
        read(tmp_path)
    scores.unlink()
    scores.write_bytes(b"a: 1\n" * 300_000)
    with pytest.raises(UnreadableScores, match="larger than"):
        read(tmp_path)


def test_every_value_is_finite():
    found = parse_json(b'{"a": 1.7976931348623157e308, "b": 1e309}')
    assert found.values["b"] is None and math.isfinite(found.values["a"] or 0)
