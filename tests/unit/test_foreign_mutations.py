"""Whatever the files of another platform's competition are, reading them raises nothing, and tells what is wrong."""

import copy
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.bundle.foreign import texts
from tests.unit.challenges import CONFIG, Files, challenge, kaggle, read

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 10**12)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["1", "../x", ".zip"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
ODD = st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))


KEYS = st.sampled_from(
    ["title", "end", "start", "metric", "row_id", "parameters", "precision", "lower_is_better", "final_selection"]
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of each value within a value."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in entries for place in places(inner, (*path, key)))]


def is_told(files: Files) -> bool:
    reading = read(files)
    return (reading.bundle is None) == bool(reading.errors)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(places(CONFIG)[1:]), VALUES)
def test_any_value_in_an_evalai_configuration(place: tuple[Any, ...], value: Any) -> None:
    config = copy.deepcopy(CONFIG)
    parent: Any = config
    for key in place[:-1]:
        parent = parent[key]
    parent[place[-1]] = value
    assert is_told({**challenge(), "challenge_config.yaml": yaml.safe_dump(config, allow_unicode=True)})


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(challenge())), ODD)
def test_any_bytes_in_a_file_of_an_evalai_challenge(name: str, content: bytes) -> None:
    assert is_told({**challenge(), name: content})


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(kaggle())), ODD)
def test_any_bytes_in_a_file_of_a_kaggle_competition(name: str, content: bytes) -> None:
    assert is_told({**kaggle(), name: content})


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["title", "end", "start", "metric", "row_id", "parameters", "precision", "lower_is_better"]), VALUES
    )
)
def test_any_value_in_agon_yaml(said: dict[str, Any]) -> None:
    assert is_told({**kaggle(), "agon.yaml": yaml.safe_dump(said, allow_unicode=True)})


@pytest.mark.parametrize("page", ["<![foo[", "<!", "<p", "&#xffffffff;", "<script>", "</", "<a b='", "<!-- "])
def test_html_that_is_none_is_read_as_far_as_it_goes(page: str) -> None:
    assert isinstance(texts.of_html(f"<p>before</p>{page}"), str)


def test_a_script_in_a_broken_zip_is_told() -> None:
    files = {**challenge(("evaluation_script/",)), "evaluation_script.zip": b"PK\x03\x04 no zip"}
    assert [one.message for one in read(files).errors] == [
        "`evaluation_script.zip` is no zip archive that can be read. Zip it again."
    ]
