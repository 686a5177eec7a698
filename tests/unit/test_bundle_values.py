"""Plain values, as JSON has, by the same reader as YAML text: the same bundle, the same places, and no lines."""

import json

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.contract import limits
from chalicelib.domain.bundle.check import check, check_task_values, check_values
from chalicelib.domain.bundle.dump import dump, write_yaml
from chalicelib.domain.bundle.nodes import of_values
from chalicelib.domain.bundle.scalars import plain
from chalicelib.domain.bundle.yaml_text import load
from tests.unit import strategies
from tests.unit.manifests import NAMES, board, column, manifest, phase, task

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(10**15), 10**15), st.text(max_size=20))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=12,
)


def complaints(values):
    return {(one.key, one.message) for one in check_values(values, NAMES).errors}


@given(st.dictionaries(st.text(max_size=8), VALUES, max_size=4))
@settings(max_examples=200, deadline=None)
def test_values_and_the_yaml_that_says_them_make_the_same_tree(values):
    assert plain(of_values(values)) == plain(load(write_yaml(values))[0]) == values


@given(strategies.bundles())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_both_doors_lead_to_the_same_bundle(whole):
    document = dump(whole)
    by_values = check_values(json.loads(json.dumps(document)), strategies.NAMES)
    by_text = check(write_yaml(document), strategies.NAMES)
    assert by_values.errors == () and by_values.bundle == by_text.bundle == whole


@pytest.mark.parametrize(
    "changes",
    [
        {"title": 5, "description": 0.5},
        {"title": ["T"], "phases": [phase(max_submissions="many", end="2020-01-01")]},
        {"tasks": [task(agon={"requires": {"cpus": -0.5, "gpus": 1.5}})]},
        {"leaderboards": [board(columns=[column(index=True), column(index=1.0)])]},
        {"version": "3"},
        {"phases": {"a": 1}, "<<": {"title": "x"}},
    ],
)
def test_both_doors_find_the_same_wrong(changes):
    values = manifest(**changes)
    written = check(yaml.safe_dump(values, sort_keys=False).encode(), NAMES)
    assert complaints(values) == {(one.key, one.message) for one in written.errors}


def test_a_complaint_about_a_value_has_its_place_and_no_line():
    reading = check_values(manifest(phases=[phase(tasks=[9])], titel="T"), NAMES)
    told = [(one.key, one.line) for one in (*reading.errors, *reading.warnings)]
    assert told == [("phases[0].tasks", None), ("titel", None)]


def test_what_is_nested_too_deep_is_refused_where_it_is():
    deep = {"key": "value"}
    for _ in range(100):
        deep = {"a": deep}
    [(place, message)] = complaints(manifest(agon={"requires": deep}))
    assert place.startswith("agon.requires.a.a") and "levels deep" in message


def test_the_deepest_that_is_read_is_the_deepest_of_a_text():
    for levels in (limits.MANIFEST_DEPTH, limits.MANIFEST_DEPTH + 1):
        value = "x"
        for _ in range(levels):
            value = [value]
        is_read = levels == limits.MANIFEST_DEPTH
        assert ("levels deep" not in str(complaints({"a": value[0]}))) == is_read
        assert ("levels deep" not in str(check(yaml.safe_dump({"a": value[0]}).encode(), []).errors)) == is_read


def test_more_values_than_are_read_are_refused():
    assert "values" in str(complaints(manifest(reward=[1] * limits.MANIFEST_NODES)))


def test_half_a_letter_is_refused_where_it_is():
    [(place, message)] = complaints(manifest(title="\ud83d"))
    assert place == "title" and "half of one" in message


def test_a_tasks_settings_are_read_from_values_too():
    reading = check_task_values({"name": "x", "description": "x", "agon": {"network": ["moon"]}}, [])
    assert [one.key for one in reading.errors] == ["agon.network", "scoring_program"]
