"""Signed URLs name the host that answers without a redirect."""

import pytest

from chalicelib.aws import clients


@pytest.mark.parametrize(
    ("endpoint", "host"),
    [(None, "https://bucket.s3.eu-west-1.amazonaws.com/"), ("http://127.0.0.1:4566", "http://127.0.0.1:4566/bucket")],
    ids=["on AWS", "on an emulator"],
)
def test_a_form_goes_to_the_buckets_own_region(monkeypatch: pytest.MonkeyPatch, endpoint: str | None, host: str) -> None:
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    if endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    s3 = clients.client.__wrapped__("s3")
    assert s3.generate_presigned_post("bucket", "key")["url"] == host
