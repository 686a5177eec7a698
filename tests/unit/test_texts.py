"""Strangers' text on its way to a screen."""

import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contract import texts
from chalicelib.domain.bundle.check import check

#: The console's tests read it too.
PRINTED = json.loads((Path(__file__).parents[1] / "vectors/printed.json").read_text())
STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
#: Texts in which every second letter is one that steers, or a joiner.
hostile = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x9b\r\b\n\u200d\u202e\u2066[]m;0Aa\u06a9")))


@pytest.mark.parametrize("vector", PRINTED, ids=lambda vector: vector["why"])
def test_what_a_program_printed_is_read_as_a_terminal_shows_it_in_the_end(vector):
    assert texts.printed(vector["log"]) == vector["text"]


@given(hostile)
def test_nothing_that_steers_is_left_in_a_plain_text_or_a_log(text):
    for shown in (texts.plain(text), texts.printed(text)):
        left = {letter for letter in shown if unicodedata.category(letter) in STEERING}
        assert left <= {"\n", "\t", "\u200c", "\u200d"}
    assert texts.plain(texts.plain(text)) == texts.plain(text)


@given(hostile)
def test_a_line_has_nothing_to_refuse(text):
    line, _ = texts.line(text)
    assert texts.steering(line) == "" and texts.line(line) == (line, "")


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=sorted(STEERING))))
def test_an_ordinary_text_of_any_script_stays_as_it_is(text):
    assert texts.plain(text) == text and texts.steering(text) == ""


@pytest.mark.parametrize("word", ["کتاب‌ها", "क्‍ष", "👩‍💻", "🏳️‍🌈"])
def test_joiners_are_spelling_where_a_script_needs_them(word):
    assert texts.steering(word) == "" and texts.plain(word) == word


def test_a_letter_that_is_refused_is_named():
    assert texts.steering("evil\u202etxt.exe") == "U+202E RIGHT-TO-LEFT OVERRIDE"
    assert texts.steering("a\x1b[2J") == "U+001B control character"
    assert texts.steering("two\nlines") == "U+000A control character"


def test_a_long_hostile_log_is_read_in_time_that_grows_with_it():
    log = "a" * 200_000 + "\b" * 200_000 + "\x1b[" * 100_000 + "\x1b]" * 100_000 + "\r" * 200_000
    began = time.process_time()
    texts.printed(log)
    assert time.process_time() - began < 5


def test_a_title_of_a_bundle_loses_its_invisible_letters_and_is_told_so():
    manifest = 'version: 2\ntitle: "Iris\\u200b \\u202ecup"\n'
    reading = check(manifest.encode(), [])
    told = [(one.key, one.message) for one in reading.warnings]
    message = "`title` is one line, which cannot have U+200B ZERO WIDTH SPACE. It is left out. Write the line without it."
    assert ("title", message) in told
