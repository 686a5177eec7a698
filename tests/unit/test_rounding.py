"""Scores with their columns' decimals: the console's tests read the same vectors (console/src/format.test.ts)."""

import json
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agon import words
from chalicelib.domain.leaderboards.rounding import shown

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/rounding.json").read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['value']}-{vector['decimals']}")
def test_a_score_is_rounded_as_the_vectors_say(vector):
    assert shown(vector["value"], vector["decimals"]) == vector["shown"]
    assert words.score(vector["value"], {"precision": vector["decimals"]}) == vector["shown"]


@settings(deadline=None)
@given(st.floats(-1e20, 1e20), st.integers(0, 15))
def test_no_other_number_of_so_many_decimals_is_nearer_and_no_zero_has_a_sign(value, decimals):
    text = shown(value, decimals)
    assert abs(Fraction(text) - Fraction(value)) * 2 * 10**decimals <= 1
    assert len(text.partition(".")[2]) == decimals
    assert text != "-" + shown(0.0, decimals)


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 15))
def test_whatever_is_finite_is_shown_and_mirrored(value, decimals):
    assert math.isfinite(float(shown(value, decimals)))
    assert shown(-value, decimals).lstrip("-") == shown(value, decimals).lstrip("-")
