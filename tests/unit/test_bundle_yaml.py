"""YAML from strangers: capped, safe, and with lines."""

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.contract.limits import MANIFEST_BYTES
from chalicelib.domain.bundle import yaml_text
from chalicelib.domain.bundle.nodes import Mapping, Unreadable
from chalicelib.domain.bundle.scalars import plain
from chalicelib.domain.bundle.yaml_text import load


def value(text: str) -> object:
    return plain(load(text.encode())[0])


def refusal(content: bytes) -> tuple[int | None, str]:
    with pytest.raises(Unreadable) as caught:
        load(content)
    return caught.value.notice.line, caught.value.notice.message


def test_scalars_lists_and_mappings_are_read():
    assert value("a: 1\nb: [x, true, null, 'yes']\nc: {d: ~}") == {"a": 1, "b": ["x", True, None, "yes"], "c": {"d": None}}


def test_an_empty_file_is_null():
    assert value("") is None and value("# nothing\n") is None


def test_a_byte_order_mark_is_skipped():
    node, _ = load(b"\xef\xbb\xbftitle: x")
    assert isinstance(node, Mapping) and list(node.entries) == ["title"]


def test_each_key_knows_its_line():
    node, _ = load(b"a: 1\n\nb:\n  c: 2\n")
    assert isinstance(node, Mapping) and node.key_lines == {"a": 1, "b": 3}


def test_a_key_that_stands_twice_is_told_and_the_last_one_counts():
    node, warnings = load(b"a: 1\nb: 2\na: 3\n")
    assert plain(node) == {"a": 3, "b": 2}
    assert [(notice.line, notice.key) for notice in warnings] == [(3, "a")]
    assert "line 1 already" in warnings[0].message


def test_aliases_and_merges_are_followed():
    assert value("a: &x {k: 1, l: 2}\nb: *x\nc: {<<: *x, k: 9}\nd: {<<: [*x, {m: 3}]}") == {
        "a": {"k": 1, "l": 2},
        "b": {"k": 1, "l": 2},
        "c": {"k": 9, "l": 2},
        "d": {"k": 1, "l": 2, "m": 3},
    }


@pytest.mark.parametrize("tag", ["!!python/unicode", "!!python/str", "!!str", "!"])
def test_what_python_2_wrote_is_text(tag):
    assert value(f"{tag} '1'") == "1"


@pytest.mark.parametrize(
    "text",
    [
        *("!!python/object/apply:os.system ['x']", "!!python/name:os.system ''", "!own x", "!!binary aGk=", "!!set {a}"),
        *("!!omap [a: 1]", "!<tag:example.org,2000:x> y", "!!python/tuple [1]", "!!int [1]"),
    ],
)
def test_any_other_foreign_tag_is_refused_in_its_line(text):
    line, message = refusal(f"a: 1\nb: {text}".encode())
    assert line == 2 and "tag" in message


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"a: 1\n\tb: 2\n", 2, "tab"),
        (b"a:\n\t- b\n", 2, "tab"),
        (b"title: a: b\n", 1, "between quotes"),
        (b"a: [1\n", 2, "cannot be read"),
        ("a: 1\ntitle: café".encode("latin-1"), 2, "UTF-8"),
        ("title: x".encode("utf-16"), 1, "UTF-8"),
        (b"a: 1\nb: \x00\n", 2, "control character"),
        (b"a: *nobody\n", 1, "no anchor"),
        (b"a: &a [*a]\n", 1, "contains it"),
        (b"? [a, b]\n: c\n", 1, "key"),
        (b"a: &x [1]\n*x : 2\n", 2, "key"),
        (b"<<: 1\n", 1, "`<<`"),
        (b"a" * (MANIFEST_BYTES + 1), None, "bytes"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(content, line, words):
    found, message = refusal(content)
    assert found == line and words in message


BOMB = b"a0: &a0 [x, x]\n" + b"".join(b"a%d: &a%d [*a%d, *a%d]\n" % (n, n, n - 1, n - 1) for n in range(1, 60))
CHAIN = b"a0: &a0 [x]\n" + b"".join(b"a%d: &a%d [*a%d]\n" % (n, n, n - 1) for n in range(1, 5000))


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        CHAIN,
        b"[" * MANIFEST_BYTES,
        b"{a: " * (MANIFEST_BYTES // 4),
        b"- " * (MANIFEST_BYTES // 2),
        b"? " * (MANIFEST_BYTES // 2),
        b"[" + b"a," * (MANIFEST_BYTES // 2 - 2) + b"]",
        b"- a\n" * (MANIFEST_BYTES // 4),
        b"*" * MANIFEST_BYTES,
        b"!" * MANIFEST_BYTES,
    ],
    ids=["bomb", "chain", "lists", "mappings", "dashes", "questions", "wide", "long", "stars", "tags"],
)
def test_a_bomb_is_refused_before_it_goes_off(content):
    # A guard against the exponential, not a measurement: each of these takes some hundredths of a second.
    began = time.thread_time()
    refusal(content)
    assert time.thread_time() - began < 2


def test_a_second_document_is_ignored_and_told():
    node, warnings = load(b"a: 1\n---\nb: 2\n")
    assert plain(node) == {"a": 1}
    assert [notice.line for notice in warnings] == [2]


def test_numbers_too_long_for_python_stay_text():
    digits = "9" * 5000
    assert value(digits) == digits


def test_the_parser_in_python_reads_the_same(monkeypatch):
    text = "a: &x {k: 1}\nb: [*x, 'yes', yes, 2024-01-01]\n"
    fast = value(text)
    monkeypatch.delattr(yaml_text.yaml, "CSafeLoader")
    assert value(text) == fast
    assert refusal(b"a: [1\n")[1].startswith("This cannot be read as YAML")
    assert "control character" in refusal(b"a: 1\nb: \x00\n")[1]


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.binary(max_size=200), st.text("ab:-[]{}&*!<>|?'\"#,% \n\t\\~0", max_size=60).map(str.encode)))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(Unreadable):
        plain(load(content)[0])
