"""What the functions are granted: no right twice, each missed by a system test, and what is made of a record of use."""

import json
from collections import Counter

import pytest

from tests.policies import ROOT, grants
from tests.removing import FOUND, statements
from tests.rights import ELSEWHERE, unused

ALL = [(one.function, one.sid, one.action, one.resource) for one in grants()]


def test_no_right_is_granted_twice() -> None:
    counted = Counter((one.function, one.action, one.resource) for one in grants())
    assert [right for right, times in counted.items() if times > 1] == []


def test_nothing_is_granted_by_a_wildcard_for_actions_or_of_everything() -> None:
    # Mail has resources on AWS; the emulator asks about none (template.yaml).
    assert [one for one in grants() if "*" in one.action or (one.resource == "*" and one.sid != "mail-sending")] == []


def test_a_record_of_every_right_leaves_none_unused() -> None:
    assert unused(ALL) == []


@pytest.mark.parametrize("sid", sorted({one.sid for one in grants() if one.function == "api"} - {"Logs"}))
def test_a_statement_that_nothing_used_is_told(sid: str) -> None:
    left = unused(one for one in ALL if one[:2] != ("api", sid))
    assert {(one.function, one.sid) for one in left} == {("api", sid)}


def test_an_action_that_was_used_of_one_resource_is_used_and_a_resource_of_which_nothing_was_is_not() -> None:
    of_lists = [one for one in grants() if (one.function, one.sid) == ("api", "Lists")]
    others = [one for one in ALL if one[:2] != ("api", "Lists")]
    first = of_lists[0]
    assert unused([*others, (first.function, first.sid, first.action, first.resource)]) == of_lists[1:]


def test_what_is_excused_is_there() -> None:
    known = {(one.function, one.sid) for one in grants()} | {("*", one.sid) for one in grants()}
    assert {*ELSEWHERE} <= known


def test_of_each_statement_it_is_known_which_system_test_misses_it() -> None:
    found = json.loads(FOUND.read_text())
    assert found.keys() == set(statements()), "python -m tests.removing FUNCTION:SID finds one."
    for test in found.values():
        file, _, name = test.partition("::")
        assert f"\ndef {name.partition('[')[0]}(" in (ROOT / file).read_text(), test
