"""Signed addresses and forms beside botocore's own."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.credentials import RefreshableCredentials

from chalicelib.aws import clients, signed
from chalicelib.contract import uploads

AT = datetime(2026, 11, 30, 12, 0, 1, tzinfo=UTC)
BUCKETS = ("files", "agon.files")
NAMED = {"response-content-disposition": 'attachment; filename="ä b.zip"', "response-content-type": "image/png"}
KEYS = ("a/b.zip", "ä ö/+%&=?#'\"~*()!$,;:@.zip", "/../a//b")


@pytest.fixture(params=[(None, ""), ("http://127.0.0.1:4566", ""), (None, "a/session's+token==")], ids=str)
def storage(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The functions' client of S3, at AWS, at an emulator's address, and in the name of a role."""
    endpoint, token = request.param
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"ACCESS_KEY_ID": "AKID", "SECRET_ACCESS_KEY": "secret", "DEFAULT_REGION": "eu-west-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    if endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    if token:
        monkeypatch.setenv("AWS_SESSION_TOKEN", token)
    for module in ("botocore.auth", "botocore.signers", "chalicelib.aws.signed"):
        monkeypatch.setattr(f"{module}.get_current_datetime", lambda: AT)
    clients.client.cache_clear()
    # boto3 keeps the credentials that it found first.
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
    yield clients.client("s3")
    clients.client.cache_clear()


@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "how", [{}, {"response-content-disposition": 'attachment; filename="ä b.zip"', "response-content-type": "image/png"}]
)
def test_an_address_is_botocores_to_the_letter(storage: Any, bucket: str, key: str, how: dict[str, str]) -> None:
    told = {"".join(word.capitalize() for word in name.split("-")): value for name, value in how.items()}
    theirs = storage.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key, **told}, 60)
    assert signed.address(bucket, key, how, 60) == theirs
    assert bucket in theirs and "X-Amz-Expires=60" in theirs


@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize("key", KEYS)
def test_so_is_one_for_who_sends_a_header(storage: Any, bucket: str, key: str) -> None:
    def send(request: Any, **_: Any) -> None:
        request.headers["agon-live-page"] = "1"

    storage.meta.events.register("before-sign.s3.GetObject", send)
    theirs = storage.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key}, 60)
    assert signed.address(bucket, key, {}, 60, {"agon-live-page": "1"}) == theirs
    assert "X-Amz-SignedHeaders=agon-live-page%3Bhost" in theirs


@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize("key", [*KEYS, f"runs/s/1/results/{uploads.ANY_NAME}"])
@pytest.mark.parametrize("fields", [{}, {"x-amz-checksum-algorithm": "SHA256", "x-amz-checksum-sha256": "e3+/="}])
def test_a_form_is_botocores_to_the_letter(storage: Any, bucket: str, key: str, fields: dict[str, str]) -> None:
    conditions = [["content-length-range", 0, 5], *({name: value} for name, value in fields.items())]
    theirs = storage.generate_presigned_post(bucket, key, dict(fields), list(conditions), 60)
    where, told = signed.form(bucket, key, fields, conditions, 60)
    assert {"url": where, "fields": told} == theirs and list(told) == list(theirs["fields"])


def test_credentials_that_were_renewed_sign_the_next(storage: Any) -> None:
    names = iter("ABCDEFG")

    def fresh() -> dict[str, str]:
        soon = datetime.now(UTC) + timedelta(seconds=1)
        return {"access_key": next(names), "secret_key": "s", "token": "t", "expiry_time": soon.isoformat()}

    storage._request_signer._credentials = RefreshableCredentials.create_from_metadata(fresh(), fresh, "test")
    first, second = signed.address("files", "a", {}, 60), signed.form("files", "a", {}, [], 60)[1]
    assert first.partition("X-Amz-Credential=")[2][0] < second["x-amz-credential"][0]
