"""Objects that are read as files: what was written, by few calls, and nothing that somebody put in their place meanwhile."""

import io
import random
import zipfile
from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from botocore.response import StreamingBody

from chalicelib.aws import ranges
from chalicelib.aws.clients import client as process_client
from chalicelib.aws.ranges import Ranged
from tests.api.conftest import Site, client

KEY = "uploads/large.zip"
MEMBERS = {f"input/{number}.bin": random.Random(number).randbytes(300_000) for number in range(12)}


@pytest.fixture
def bucket(site: Site) -> str:
    """The bucket with a bundle of several windows."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    put(site.outputs["FilesBucket"], target.getvalue())
    return site.outputs["FilesBucket"]


def put(bucket: str, content: bytes) -> None:
    client("s3").put_object(Bucket=bucket, Key=KEY, Body=content)


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The ranges that S3 is asked for."""
    found: list[str] = []

    def note(params: dict[str, dict[str, str]], **_: object) -> None:
        found.append(params["headers"].get("Range", ""))

    events = process_client("s3").meta.events
    events.register("before-call.s3.GetObject", note)
    yield found
    events.unregister("before-call.s3.GetObject", note)


def test_all_members_are_read_from_front_to_back_by_three_calls(bucket: str, asked: list[str]) -> None:
    with Ranged.buffered(bucket, KEY) as content, zipfile.ZipFile(content) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == MEMBERS
    # The end with the directory, the beginning, and on from there.
    assert len(asked) == 3 and asked[0] == f"bytes=-{ranges.WINDOW_BYTES}"


def test_the_directory_and_one_small_member_take_two_calls_of_a_window(bucket: str, asked: list[str]) -> None:
    with Ranged.buffered(bucket, KEY) as content, zipfile.ZipFile(content) as archive, archive.open("input/3.bin") as one:
        assert one.read(100) == MEMBERS["input/3.bin"][:100]
    assert len(asked) == 2


def test_small_members_before_a_large_one_are_read_in_any_order_by_no_further_call(bucket: str, asked: list[str]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(9):
            archive.writestr(f"pages/{number}.md", f"Page {number}. " * 100)
        archive.writestr("large.bin", large := random.Random(7).randbytes(2 * 1024**2))
    put(bucket, target.getvalue())
    with Ranged.buffered(bucket, KEY) as content, zipfile.ZipFile(content) as archive:
        for number in (4, 8, 7, 0, 3):
            assert archive.read(f"pages/{number}.md") == f"Page {number}. ".encode() * 100
        assert archive.read("large.bin") == large and archive.read("pages/1.md").startswith(b"Page 1.")
    # As many as from front to back.
    assert len(asked) == 3


def test_any_place_can_be_sought(bucket: str) -> None:
    whole = client("s3").get_object(Bucket=bucket, Key=KEY)["Body"].read()
    chance = random.Random(1)
    with Ranged.buffered(bucket, KEY) as content:
        assert content.seek(0, io.SEEK_END) == len(whole)
        for _ in range(40):
            start, size = chance.randrange(len(whole) + 10), chance.choice([1, 1000, 400_000])
            content.seek(start)
            assert content.read(size) == whole[start : start + size]


@pytest.mark.parametrize("content", [b"", b"x", b"y" * ranges.WINDOW_BYTES, b"z" * (ranges.WINDOW_BYTES + 1)])
def test_objects_of_no_more_than_a_window_are_whole(bucket: str, content: bytes) -> None:
    put(bucket, content)
    with Ranged.buffered(bucket, KEY) as file:
        assert file.read() == content and file.tell() == len(content)


def test_an_object_that_is_not_there_is_told_at_once(bucket: str) -> None:
    with pytest.raises(ClientError, match="NoSuchKey"):
        Ranged.buffered(bucket, "uploads/gone.zip")


def test_what_was_put_in_its_place_meanwhile_is_not_read(bucket: str) -> None:
    with Ranged.buffered(bucket, KEY) as content:
        put(bucket, b"another" * 1_000_000)
        with pytest.raises(ClientError, match="PreconditionFailed"):
            content.read()


def test_where_a_connection_breaks_it_is_read_on(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read, broken = StreamingBody.readinto, iter([True, False, True])

    def breaking(self: StreamingBody, buffer: memoryview) -> int:
        if next(broken, False):
            raise ReadTimeoutError(endpoint_url="s3")
        return int(read(self, buffer))

    monkeypatch.setattr(StreamingBody, "readinto", breaking)
    with Ranged.buffered(bucket, KEY) as content, zipfile.ZipFile(content) as archive:
        assert archive.testzip() is None


def test_a_window_that_breaks_off_is_fetched_anew(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ranged.buffered(bucket, KEY) as content:
        read, broken = StreamingBody.read, iter([True])

        def breaking(self: StreamingBody) -> bytes:
            if next(broken, False):
                raise ReadTimeoutError(endpoint_url="s3")
            return bytes(read(self))

        monkeypatch.setattr(StreamingBody, "read", breaking)
        assert content.read(4) == b"PK\x03\x04" and next(broken, None) is None


def test_a_connection_that_breaks_again_and_again_is_told(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaking(self: StreamingBody, buffer: memoryview) -> int:
        raise ReadTimeoutError(endpoint_url="s3")

    monkeypatch.setattr(StreamingBody, "readinto", breaking)
    with Ranged.buffered(bucket, KEY) as content, pytest.raises(ReadTimeoutError):
        content.read()
