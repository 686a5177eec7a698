"""Slugs: what is one, and which one a title makes."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import ids
from chalicelib.contract.limits import MAX_SLUG_CHARACTERS
from chalicelib.domain.bundle import slug
from chalicelib.openapi import ID_SCHEMA

ID = "01kz8e4bqv6t3w9x2y5a7c0d1f"


@pytest.mark.parametrize("text", ["iris", "iris-2027", "a1b", "2027-tides", "x" * 25, "x" * 27, "x" * MAX_SLUG_CHARACTERS])
def test_words_of_small_letters_and_digits_are_slugs(text: str) -> None:
    assert slug.fault_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "ab", "Iris", "iris_2027", "-iris", "iris-", "iris--2027", "íris", "iris 2027", "iris/..", "x" * 61, "iris\n"],
)
def test_what_no_address_has_is_no_slug(text: str) -> None:
    assert "small letters" in str(slug.fault_of(text))


@pytest.mark.parametrize("text", [ID, "x" * 26, f"{ID}-0", f"{ID}-12"])
def test_what_looks_like_an_id_is_no_slug(text: str) -> None:
    assert slug.is_id(text) and "looks like an id" in str(slug.fault_of(text))


@pytest.mark.parametrize("text", ["iris-2", "iris-2027-24", "a-b-0"])
def test_what_names_a_phase_is_no_slug(text: str) -> None:
    assert "stands for a phase" in str(slug.fault_of(text))


@pytest.mark.parametrize("text", ["new", "import", "2027", "000"])
def test_a_word_that_stands_for_something_else_is_no_slug(text: str) -> None:
    assert "something else" in str(slug.fault_of(text))


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Guess the Tides (2027)", "guess-the-tides-2027"),
        ("  Höhenmodelle & Flüsse: Straße ", "hohenmodelle-flusse-strasse"),
        ("Œuvres d’Ångström", "oeuvres-d-angstrom"),
        ("潮汐预测", "competition"),
        ("AI", "competition-ai"),
        ("2027", "competition-2027"),
        ("7", "competition7"),
        ("Iris 2", "iris2"),
        ("Round 12 of 24", "round-12-of24"),
        ("New", "competition-new"),
        ("🌊🌊", "competition"),
        ("x" * 26, "competition-" + "x" * 26),
        ("word " * 40, "-".join(["word"] * 12)),
        ("y" * 200, "y" * 60),
    ],
)
def test_a_title_makes_a_slug(title: str, made: str) -> None:
    assert slug.of_title(title) == made


@given(st.text(max_size=300))
def test_whatever_the_title_it_makes_slugs_that_differ_and_that_paths_take(title: str) -> None:
    made = slug.candidates(slug.of_title(title), ID)
    assert [one for one in made if slug.fault_of(one)] == []
    assert len(set(made)) == len(made) == 11 and ID in made[-1]
    assert all(len(one) <= ID_SCHEMA_CHARACTERS - len("-30") for one in made)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2900, 1, 1), timezones=st.just(UTC)))
def test_no_id_of_ours_can_be_a_slug(moment: datetime) -> None:
    assert slug.is_id(ids.new(moment))


#: What the pattern of ids in paths allows.
ID_SCHEMA_CHARACTERS = int(str(ID_SCHEMA["pattern"]).rpartition(",")[2].rstrip("}$"))
