"""The pages' origin on this machine: result pages whose scripts run, as infra/console.yaml has CloudFront give them out."""

import sys
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import yaml

from agon import config
from agon.local import process
from agon.local.state import StackState

#: What S3 has signed for who sends them; no browser does by following an address.
_ONLY_THE_EDGE = {"Agon-Live-Page": "1"}
_SIGNED = ["agon-live-page;host"]
_MARK = "agon.local.pages"
_PATIENCE_SECONDS = 30
_SECONDS = 20


def origin(state: StackState) -> str:
    """The address where pages are served, by a name that is neither the console's nor the API's. It stays, because the
    stack's functions are told it, unless another program has taken its port meanwhile."""
    port = state.get("pages_port")
    if not port or not (is_up(state) or process.is_free(port)):
        port = process.free_port()
        state.set("pages_port", port)
    return f"http://localhost:{port}"


def is_up(state: StackState) -> bool:
    """True when they are served."""
    return process.is_running((state.get("pages") or {}).get("pid"), _MARK)


def start(state: StackState, endpoint: str, bucket: str) -> None:
    """Serve them from now on, out of the bucket at this endpoint, for frames of the console. Raises StackFailed."""
    stop(state)
    log, address = state.log("pages"), origin(state)
    words = [sys.executable, "-m", _MARK, str(state.root), endpoint, bucket]
    pid = process.start(words, log, config.child_environment(), config.SOURCE)
    state.set("pages", {"pid": pid})
    process.wait_until(lambda: _answers(address), pid, _MARK, log, _PATIENCE_SECONDS)


def stop(state: StackState) -> bool:
    """End it. True when it ran."""
    known = state.get("pages") or {}
    stopped = process.stop(known.get("pid"), _MARK)
    if known:
        state.set("pages", None)
    return stopped


def headers(console: str) -> dict[str, str]:
    """The headers of each answer, of the template's policy, where the console is at these origins."""
    text = (config.SOURCE / "infra/console.yaml").read_text(encoding="utf-8")
    told = yaml.load(text, _Template)["Resources"]["PagesHeaders"]["Properties"]["ResponseHeadersPolicyConfig"]
    security = told["SecurityHeadersConfig"]
    policy, _ = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    return {
        "Content-Security-Policy": policy.strip().replace("${Console}", console),
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "X-Content-Type-Options": "nosniff",
        **{one["Header"]: one["Value"].strip() for one in told["CustomHeadersConfig"]["Items"]},
    }


def is_given_out(path: str, bucket: str, where: str | None) -> bool:
    """True for the signed address of a page of a run, asked for by a frame, as Sec-Fetch-Dest says: what the template's
    function OnlyInFrames lets through."""
    place = urlsplit(path)
    is_live = parse_qs(place.query).get("X-Amz-SignedHeaders") == _SIGNED
    return where == "iframe" and is_live and place.path.startswith(f"/{bucket}/runs/")


class _Template(yaml.SafeLoader):
    """Reads CloudFormation's short forms as what they wrap."""


def _short_form(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return None


_Template.add_multi_constructor("!", _short_form)


class _PageHandler(BaseHTTPRequestHandler):
    """Requests for pages."""

    state: StackState
    endpoint: str
    bucket: str

    def do_GET(self) -> None:
        """Answer what S3 answers, under the policy; 403 to what is asked for otherwise."""
        if not is_given_out(self.path, self.bucket, self.headers["Sec-Fetch-Dest"]):
            self._answer(403, "text/plain", b"")
            return
        place = urlsplit(self.endpoint)
        connection = HTTPConnection(str(place.hostname), place.port, timeout=_SECONDS)
        try:
            # The address as it is: it was signed.
            connection.request("GET", self.path, headers=_ONLY_THE_EDGE)
            found = connection.getresponse()
            self._answer(found.status, found.headers["Content-Type"], found.read())
        except (OSError, HTTPException):
            self._answer(502, "text/plain", b"")
        finally:
            connection.close()

    def _answer(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        told = {"Content-Type": kind, "Content-Length": str(len(content)), **headers(self._console())}
        for name, value in told.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _console(self) -> str:
        address = str((self.state.get("console") or {}).get("url", ""))
        # Both are names of this machine, and people open either.
        return f"{address} {address.replace('127.0.0.1', 'localhost')}" if address else "'none'"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests: an address is a right while it is good."""


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2, trust_env=False).status_code == httpx.codes.FORBIDDEN
    except httpx.TransportError:
        return False


def main(root: str, endpoint: str, bucket: str) -> None:
    """Serve until the end."""
    state = StackState(Path(root))
    known = {"state": state, "endpoint": endpoint, "bucket": bucket}
    port = urlsplit(origin(state)).port or 0
    ThreadingHTTPServer(("127.0.0.1", port), type("Handler", (_PageHandler,), known)).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
