"""The runner's own connections: what is signed, what a form is made of, and what is not followed."""

import email
import email.policy
import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from runner.http import Form, Http, Silent, chunks
from runner.signing import Keys, signed

NOW = datetime(2026, 11, 30, 19, 8, 7, tzinfo=UTC)


@pytest.mark.parametrize("url", ["https://sqs.eu-west-1.amazonaws.com/", "http://127.0.0.1:4566/"])
def test_what_is_signed_is_signed_as_botocore_signs_it(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body, headers = b'{"QueueUrl": "x"}', {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.X"}
    theirs = AWSRequest("POST", url, dict(headers), body)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW.replace(tzinfo=None), raising=False)
    signer = SigV4Auth(Credentials("AKIA", "secret", "token"), "sqs", "eu-west-1")
    theirs.context["timestamp"] = f"{NOW:%Y%m%dT%H%M%SZ}"
    theirs.headers["X-Amz-Date"] = theirs.context["timestamp"]
    theirs.headers["X-Amz-Security-Token"] = "token"
    signer._inject_signature_to_request(
        theirs, signer.signature(signer.string_to_sign(theirs, signer.canonical_request(theirs)), theirs)
    )
    ours = signed(url, body, headers, Keys("AKIA", "secret", "token"), "eu-west-1", "sqs", NOW)
    assert ours == dict(theirs.headers.items())


class Site(BaseHTTPRequestHandler):
    """Answers what a test wants, and keeps what it heard."""

    protocol_version = "HTTP/1.1"
    heard: tuple[dict[str, str], bytes] = ({}, b"")
    answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")

    def do_POST(self) -> None:
        Site.heard = dict(self.headers), self.rfile.read(int(self.headers["Content-Length"] or 0))
        status, headers, body = Site.answer
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.answer = (200, {}, b"")
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def http() -> Iterator[Http]:
    made = Http(5.0)
    yield made
    made.close()


def test_a_form_has_its_fields_and_of_its_file_as_much_as_it_had(site: str, http: Http) -> None:
    content = b"\x00--x\r\n" * 200_000
    form = Form(
        {"key": "a/b", "policy": "p"}, 'wei"rd\n.zip', "application/zip", io.BytesIO(content + b"later"), len(content)
    )
    http.send("POST", site, form, {"Content-Type": form.content_type})
    headers, body = Site.heard
    assert int(headers["Content-Length"]) == len(body) == len(form)
    parts = list(
        email.message_from_bytes(
            f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode() + body, policy=email.policy.HTTP
        ).iter_parts()
    )  # type: ignore[attr-defined]
    assert [part.get_param("name", header="content-disposition") for part in parts] == ["key", "policy", "file"]
    assert parts[2].get_payload(decode=True) == content and parts[2].get_filename() == "wei%22rd%0A.zip"
    assert [part.get_content().strip() for part in parts[:2]] == ["a/b", "p"]


def test_a_file_that_became_shorter_is_not_sent(site: str, http: Http) -> None:
    form = Form({}, "x", "text/plain", io.BytesIO(b"short"), 100)
    with pytest.raises(Silent):
        http.send("POST", site, form, {"Content-Type": form.content_type})


def test_no_redirect_is_followed_no_cookie_kept_and_no_file_of_passwords_asked(
    site: str, http: Http, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    Site.answer = (302, {"Location": "/elsewhere", "Set-Cookie": "a=b"}, b"")
    assert http.send("POST", site, b"{}", {"Authorization": "Bearer t"}).status_code == 302
    http.send("POST", site, b"{}", {"Authorization": "Bearer t"})
    assert Site.heard[0]["Authorization"] == "Bearer t" and "Cookie" not in Site.heard[0]


def test_an_answer_that_breaks_off_is_none_and_an_encoded_one_is_as_it_was_sent(site: str, http: Http) -> None:
    Site.answer = (200, {"Content-Encoding": "gzip"}, b"no gzip at all")
    with http.send("GET", site, whole=False) as response:
        assert b"".join(chunks(response, 4)) == b"no gzip at all"
    Site.answer = (200, {"Content-Length": "100", "Connection": "close"}, b"half")
    with http.send("GET", site, whole=False) as response, pytest.raises(Silent):
        list(chunks(response, 4))
