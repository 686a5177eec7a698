"""Names of files: cut before their ending, and told to browsers in a header that S3 takes."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.aws import clients, objects
from chalicelib.contract import names
from tests.house.sources import sources

NAMES = [
    *("predictions.zip", "résumé.zip", "预测结果.zip", "прогноз (1).zip", "כתב.zip", ""),
    *('a"b;c\\d.zip', "../../etc/passwd", "x\r\nSet-Cookie: a=b"),
]
anything = st.one_of(st.sampled_from(NAMES), st.text(st.characters(exclude_categories=["Cs"])))


def read(header: str) -> str:
    """The name that a browser takes from a header: the second, where there is one (RFC 6266, 4.3)."""
    return unquote(header.rpartition("filename*=UTF-8''")[2])


def judge(header: str) -> None:
    """What S3 demands, and what no name may do."""
    assert header.isascii() and header.isprintable() and len(header) < 2000
    kind, _, rest = header.partition("; ")
    assert kind == "attachment"
    assert re.fullmatch(r"""filename="[\w.-]+"(; filename\*=UTF-8''[\w.~%-]+)?""", rest, re.ASCII), header


@given(anything)
def test_every_name_makes_a_header_that_s3_takes(name: str) -> None:
    judge(names.disposition(name))


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("scores_1.zip", 'attachment; filename="scores_1.zip"'),
        ("résumé.zip", "attachment; filename=\"resume.zip\"; filename*=UTF-8''r%C3%A9sum%C3%A9.zip"),
        ("预测.zip", "attachment; filename=\"__.zip\"; filename*=UTF-8''%E9%A2%84%E6%B5%8B.zip"),
        ("my file.zip", "attachment; filename=\"my_file.zip\"; filename*=UTF-8''my%20file.zip"),
        ("a/b\\c.zip", 'attachment; filename="a_b_c.zip"'),
        ("invoice\u202efdp.exe", 'attachment; filename="invoicefdp.exe"'),
        ("", 'attachment; filename="file"'),
    ],
)
def test_a_name_in_any_script_stands_beside_one_in_ascii(name: str, header: str) -> None:
    assert names.disposition(name) == header


@pytest.mark.parametrize("name", ["预测结果.zip", "прогноз (1).zip", "כתב.zip"])
def test_a_browser_saves_the_name_itself(name: str) -> None:
    assert read(names.disposition(name)) == name


@pytest.mark.parametrize("name", NAMES)
def test_every_signed_address_of_a_download_has_such_a_header(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    clients.client.cache_clear()
    address = objects.get_url("bucket", "key", name)
    clients.client.cache_clear()
    judge(parse_qs(urlsplit(address).query)["response-content-disposition"][0])


def test_one_place_makes_such_headers() -> None:
    assert {path.name for path in sources() if "attachment;" in path.read_text()} == {"names.py"}


@given(st.text(), st.integers(2, 60))
def test_a_name_is_cut_to_what_there_is_room_for(name: str, most: int) -> None:
    assert len(names.shortened(name, most)) <= most


@pytest.mark.parametrize(
    ("name", "cut"),
    [
        ("a.zip", "a.zip"),
        ("é" * 250 + ".zip", "é" * 96 + ".zip"),
        ("x" * 120, "x" * 100),
        ("x" * 95 + " y.tar.gz", "x" * 95 + " y.gz"),
        ("x" * 90 + "." + "y" * 60, "x" * 90 + "." + "y" * 9),
    ],
)
def test_a_name_is_cut_before_its_ending(name: str, cut: str) -> None:
    assert names.shortened(name, 100) == cut
