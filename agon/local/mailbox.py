"""Mailbox of the local stack: mails that the emulator keeps, as a page. None of them leaves this machine."""

from datetime import UTC, datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import httpx

from agon.errors import StackFailed
from agon.local import ministack, process
from agon.local.state import StackState

DEFAULT_PORT = 8025
#: What a browser may ask for: whoever leads another name to this address sees no mail.
_HOSTS = ("127.0.0.1", "localhost")
#: Nothing runs or loads in this page, and less in the mails, which stand in frames without any right.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'"
_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Agon: mailbox</title></head>
<body style="font-family: sans-serif; max-width: 50em; margin: 1em auto">
<h1>Mails that would have been sent</h1>{mails}</body></html>
"""
_MAIL = """\
<details><summary><b>{subject}</b> to {to}, {at}</summary>
{frame}<pre style="white-space: pre-wrap">{text}</pre></details>
"""
_FRAME = '<iframe sandbox="" title="{subject}" srcdoc="{html}" style="width: 100%; height: 25em"></iframe>'


def read(state: StackState) -> list[dict[str, str]]:
    """The mails, the oldest first: to, subject, at, text, html. Raises StackFailed when the stack does not run."""
    known = state.get("ministack") or {}
    if not ministack.is_up(state):
        raise StackFailed("The local stack does not run. Start it: agon up")
    address = f"http://127.0.0.1:{known['port']}/_ministack/ses/messages"
    try:
        found = httpx.get(address, timeout=10, trust_env=False).raise_for_status().json()["messages"]
    except (httpx.HTTPError, ValueError, KeyError) as error:
        raise StackFailed(f"The emulator tells of no mails: {error}") from error
    mails = [mail for account in found.values() for mail in account]
    return [_told(mail, state) for mail in sorted(mails, key=lambda mail: mail["Timestamp"])]


def serve(state: StackState) -> str:
    """The page's address, served by this process from now on."""
    port = DEFAULT_PORT if process.is_free(DEFAULT_PORT) else process.free_port()
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_Handler,), {"state": state}))
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{port}"


def page(mails: list[dict[str, str]]) -> str:
    """The page of some mails, the newest first."""
    shown = [_shown({name: escape(text) for name, text in mail.items()}) for mail in reversed(mails)]
    return _PAGE.format(mails="".join(shown) or "<p>None so far.</p>")


def _shown(mail: dict[str, str]) -> str:
    # Codes of accounts come as plain text alone.
    return _MAIL.format(**mail, frame=_FRAME.format(**mail) if mail["html"] else "")


def _told(mail: dict[str, Any], state: StackState) -> dict[str, str]:
    at = datetime.fromtimestamp(float(mail["Timestamp"]), UTC)
    outputs = state.get("outputs") or {}
    # Links lead to the API as AWS would call it; here it stands elsewhere.
    region = str(outputs.get("UserPoolId", "")).partition("_")[0]
    there = f"https://{outputs.get('RestAPIId', '-')}.execute-api.{region}.amazonaws.com/api"
    text, html = (
        str(mail.get(name) or "").replace(there, outputs.get("ApiUrl", there)) for name in ("BodyText", "BodyHtml")
    )
    to, subject = ", ".join(mail.get("To") or []), str(mail.get("Subject") or "")
    return {"to": to, "subject": subject, "at": f"{at:%Y-%m-%d %H:%M:%S} UTC", "text": text, "html": html}


class _Handler(BaseHTTPRequestHandler):
    """Requests for the one page."""

    state: StackState

    def do_GET(self) -> None:
        """Answer the page; 404 to who asks for another host or path."""
        host = (self.headers.get("Host") or "").partition(":")[0]
        if host not in _HOSTS or self.path != "/":
            self.send_error(404)
            return
        try:
            content = page(read(self.state)).encode()
        except StackFailed as error:
            self.send_error(503, "No mails", str(error))
            return
        self.send_response(200)
        for name, value in (("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", _POLICY)):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests."""
