"""Objects are removed a thousand a call, and what S3 says that it kept is an error."""

from collections.abc import Iterator

import pytest
from botocore.stub import Stubber

from chalicelib.aws import clients, objects
from chalicelib.errors import Busy

KEYS = [f"runs/{number}" for number in range(2500)]
ENVIRONMENT = {"AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    """What S3 is to be asked for, in this order and nothing else, and what it answers."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    clients.client.cache_clear()
    with Stubber(clients.client("s3")) as stub:
        yield stub
        stub.assert_no_pending_responses()
    clients.client.cache_clear()


def expect(s3: Stubber, keys: list[str], kept: list[str], code: str = "AccessDenied") -> None:
    wanted = {"Objects": [{"Key": key} for key in keys], "Quiet": True}
    errors = [{"Key": key, "Code": code, "Message": "No."} for key in kept]
    s3.add_response("delete_objects", {"Errors": errors} if errors else {}, {"Bucket": "bucket", "Delete": wanted})


def test_objects_are_removed_a_thousand_a_call(s3: Stubber) -> None:
    for start in (0, 1000, 2000):
        expect(s3, KEYS[start : start + 1000], kept=[])
    objects.delete("bucket", *KEYS)


def test_what_s3_keeps_is_told_after_everything_was_asked_for(s3: Stubber) -> None:
    expect(s3, KEYS[:1000], kept=["runs/3", "runs/4"])
    expect(s3, KEYS[1000:1500], kept=[])
    with pytest.raises(objects.NotRemoved, match="2 of 1500 objects, such as runs/3: AccessDenied"):
        objects.delete("bucket", *KEYS[:1500])


@pytest.mark.parametrize("code", ["SlowDown", "ServiceUnavailable", "InternalError"])
def test_a_busy_store_is_told_as_busy_for_the_whole_call_and_for_single_objects(s3: Stubber, code: str) -> None:
    s3.add_client_error("delete_objects", code, http_status_code=503)
    expect(s3, KEYS[:3], kept=["runs/1"], code=code)
    for _ in range(2):
        with pytest.raises(Busy, match="Try again"):
            objects.delete("bucket", *KEYS[:3])


def test_a_busy_store_is_no_object_that_is_gone(s3: Stubber) -> None:
    s3.add_client_error("head_object", "503", http_status_code=503)
    s3.add_client_error("head_object", "404", http_status_code=404)
    with pytest.raises(Busy):
        objects.head("bucket", "runs/1")
    assert objects.head("bucket", "runs/1") is None


def test_to_remove_nothing_is_no_call(s3: Stubber) -> None:
    objects.delete("bucket")
