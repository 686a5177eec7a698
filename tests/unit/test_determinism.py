"""What is pinned for a run that repeats another, and how its scores compare."""

import pytest

from chalicelib.domain.runs.comparison import Compared, compare, pinned

DIGEST = "sha256:" + "0" * 64


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("python:3.11", f"python@{DIGEST}"),
        ("python", f"python@{DIGEST}"),
        ("lab.example:5000/team/tool:2", f"lab.example:5000/team/tool@{DIGEST}"),
        ("lab.example:5000/team/tool", f"lab.example:5000/team/tool@{DIGEST}"),
        ("tool@sha256:1", f"tool@{DIGEST}"),
    ],
)
def test_an_image_is_pinned_by_the_digest_that_was_recorded(image, expected):
    assert pinned(image, DIGEST) == expected


def test_without_a_recorded_digest_the_name_is_all_there_is():
    assert pinned("python:3.11", "") == "python:3.11"


def test_scores_are_compared_to_the_last_digit_and_judges_left_out():
    found = compare({"a": 0.1 + 0.2, "b": 1.0, "j": 5.0}, {"a": 0.3, "c": 2.0}, judged={"j"})
    assert [(one.key, one.same) for one in found] == [("a", False), ("b", False), ("c", False)]
    assert found[0].difference == 0.3 - (0.1 + 0.2)
    assert (found[1].difference, Compared("a", 1.0, 1.0).same) == (None, True)
