"""Live pages, whose scripts run when an organizer says so (ADR 60): what they may do, and all that they may not."""

import json
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from agon.local import pages
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import DeployedStack

from .conftest import DESK, PHONE
from .looking import judge, shoot
from .reading import fits, text

PAGES = Path(__file__).with_name("live_pages")
#: How a page leads its own frame away.
WAYS = ("location", "refresh", "link", "data", "blob", "bucket")
SCORING = """
import json, pathlib, shutil, sys
output = pathlib.Path(sys.argv[1])
json.dump({"accuracy": 0.9, "seconds": 3}, open(output / "scores.json", "w"))
for page in pathlib.Path(__file__).parent.glob("*.html"):
    shutil.copy(page, output)
"""
RUN, STOP = "Run this page’s scripts", "Stop its scripts"


class Listener:
    """Another host: whoever reaches it is noted."""

    def __init__(self) -> None:
        self.reached: list[str] = []
        heard = self.reached

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(self.path)
                self.send_response(200)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.end_headers()

            do_POST = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        self.calls = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.calls.bind(("127.0.0.1", 0))
        self.called = f"127.0.0.1:{self.calls.getsockname()[1]}"
        for work in (self.server.serve_forever, self.hear_calls):
            Thread(target=work, daemon=True).start()

    def hear_calls(self) -> None:
        """WebRTC asks a server of its choice for the address that one has, by no request of HTTP."""
        with self.calls:
            while self.calls.recvfrom(1000)[0]:
                self.reached.append("a call")

    def close(self) -> None:
        """Hear no more."""
        self.server.shutdown()
        self.server.server_close()
        # An empty word ends the other.
        self.calls.sendto(b"", self.calls.getsockname())


@pytest.fixture(scope="module")
def away() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def scored(runner: DeployedStack, away: Listener, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Ada's submission, whose scoring wrote pages that draw and pages that attack."""
    folder = tmp_path_factory.mktemp("live")
    known = {"{AWAY}": away.address, "{API}": runner.api_url, "{SITE}": runner.console_url.rstrip("/")}
    known |= {"{CALLED}": away.called, "{BUCKET}": runner.local.aws.endpoint}
    written = {"detailed_results": "plot", "probe": "probe", "busy": "busy", **{f"leaving-{how}": "leaving" for how in WAYS}}
    files = {"scoring_program/metadata.yaml": "command: python3 score.py $output", "scoring_program/score.py": SCORING}
    for name, source in written.items():
        text = (PAGES / f"{source}.html").read_text()
        for place, told in (known | {"{HOW}": name.partition("-")[2]}).items():
            text = text.replace(place, told)
        files[f"scoring_program/{name}.html"] = text
    with runner.client(ORGANIZER, "organizer") as organizer, runner.client("ada") as ada:
        sent = _send(
            organizer, folder, builders.bundle(files, title="Live", extra="enable_detailed_results: true"), "bundle"
        )
        done = organizer.wait_for_import(organizer.import_bundle(sent)["id"])
        assert done["status"] == "Finished", done["errors"]
        phase = organizer.publish(done["competition"])["phases"][0]["id"]
        ada.join(done["competition"])
        made = ada.submit(phase, _send(ada, folder, builders.submission(), "submission"))
        assert ada.wait_for_submission(made["id"])["status"] == "Finished"
    return str(made["id"])


def _send(client: Any, folder: Path, content: bytes, purpose: str) -> str:
    path = folder / "sent.zip"
    path.write_bytes(content)
    return str(client.upload(path, purpose)["id"])


def run(page: Page, name: str) -> FrameLocator:
    """The frame of a page of results, once its scripts were let run."""
    figure = page.locator("figure.exhibit-file", has_text=name)
    figure.get_by_role("button", name=RUN).click()
    expect(figure.locator("iframe")).to_have_attribute("sandbox", "allow-scripts")
    return figure.frame_locator("iframe")


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)])
def test_a_page_that_draws_by_a_script_shows_its_drawing_when_an_organizer_says_so(
    enter: Callable[..., Page], scored: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = enter(ORGANIZER, f"/s/{scored}", color_scheme=scheme, viewport=viewport)
    figure = page.locator("figure.exhibit-file", has_text="detailed_results.html")
    expect(figure.locator("iframe")).to_have_attribute("sandbox", "")
    expect(figure.frame_locator("iframe").locator("#told")).to_have_text("Nothing was drawn.")
    frame = run(page, "detailed_results.html")
    expect(frame.locator("#told")).to_have_text("A line of 5 points, and 34,102,170.")
    expect(figure.get_by_role("status")).to_contain_text("Its scripts run now")
    assert judge(page).violations_count == 0
    shoot(page, f"live-page-{scheme}-{viewport['width']}")
    fits(page)
    figure.get_by_role("button", name=STOP).click()
    expect(figure.locator("iframe")).to_have_attribute("sandbox", "")
    expect(figure.frame_locator("iframe").locator("#told")).to_have_text("Nothing was drawn.")


def test_behind_a_boards_row_too(enter: Callable[..., Page], runner: DeployedStack, scored: str) -> None:
    with runner.client("ada") as ada:
        made = ada.submission(scored)
    page = enter(ORGANIZER, f"/s/{scored}")
    page.goto(f"{runner.console_url.rstrip('/')}/c/{made['competition']}/leaderboard")
    page.get_by_role("link", name="Details of ada’s results").click()
    page.get_by_role("button", name=RUN).click()
    expect(page.frame_locator("iframe").locator("#told")).to_have_text("A line of 5 points, and 34,102,170.")


def test_its_participant_is_offered_none(enter: Callable[..., Page], scored: str) -> None:
    page = enter("ada", f"/s/{scored}")
    expect(page.locator("iframe").first).to_be_attached()
    expect(page.get_by_role("button", name=RUN)).to_have_count(0)


def test_a_script_reaches_nothing_and_nobody(
    enter: Callable[..., Page], runner: DeployedStack, away: Listener, scored: str
) -> None:
    page = enter(ORGANIZER, f"/s/{scored}")
    address, seen = page.url, []
    page.context.on("page", lambda one: seen.append(f"a window: {one.url}"))
    page.on("download", lambda one: seen.append(f"a file: {one.url}"))
    page.on("dialog", lambda one: (seen.append(f"a dialogue: {one.message}"), one.dismiss()))
    away.reached.clear()
    frame = run(page, "probe.html")
    expect(frame.locator("#told")).to_contain_text("goesBack", timeout=120_000)
    told = json.loads(text(frame.locator("#told")))
    assert len(told) > 55 and not {name: said for name, said in told.items() if said.startswith("DONE")}
    page.wait_for_timeout(1000)
    assert (away.reached, seen) == ([], [])
    # The console is where it was, as who it was.
    expect(page).to_have_url(address)
    expect(page.get_by_role("button", name=f"Account of {ORGANIZER}")).to_be_visible()


@pytest.mark.parametrize("how", WAYS)
def test_it_cannot_lead_its_own_frame_elsewhere(
    enter: Callable[..., Page], runner: DeployedStack, away: Listener, scored: str, how: str
) -> None:
    page = enter(ORGANIZER, f"/s/{scored}")
    away.reached.clear()
    seen = []
    page.on("framenavigated", lambda frame: seen.append(frame.url))
    # Half a second later it is no more what is in its frame.
    with page.expect_event("framenavigated", lambda one: one.url.startswith(pages.origin(runner.local.state))):
        frame = run(page, f"leaving-{how}.html")
    page.wait_for_timeout(2500)
    assert away.reached == []
    # Still pages are at the bucket, as ever.
    known = (runner.console_url.rstrip("/"), pages.origin(runner.local.state), runner.local.aws.endpoint)
    assert all(url.startswith((*known, "chrome-error:", "about:")) for url in seen), seen
    if how == "bucket":
        # S3 gives the page out to the edge alone.
        expect(frame.get_by_role("heading", name="Leaving")).to_have_count(0)


def test_one_that_computes_without_end_keeps_nobody_from_stopping_it(enter: Callable[..., Page], scored: str) -> None:
    page = enter(ORGANIZER, f"/s/{scored}")
    run(page, "busy.html")
    page.wait_for_timeout(1500)
    figure = page.locator("figure.exhibit-file", has_text="busy.html")
    figure.get_by_role("button", name=STOP).click()
    expect(figure.locator("iframe")).to_have_attribute("sandbox", "")


def test_the_address_is_a_frames_alone_and_the_buckets_own_gives_out_nothing(runner: DeployedStack, scored: str) -> None:
    with runner.client(ORGANIZER, "organizer") as organizer:
        url = organizer.http.call("GET", f"/submissions/{scored}/live-page")["url"]
    framed = {"Sec-Fetch-Dest": "iframe"}
    found = httpx.get(url, headers=framed)
    assert found.status_code == 200 and "Errors by epoch" in found.text
    policy = found.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none';")
    assert policy.endswith(f"frame-ancestors {runner.console_url} {runner.console_url.replace('127.0.0.1', 'localhost')}")
    told = {name: found.headers[name] for name in ("x-content-type-options", "referrer-policy", "cache-control")}
    assert told == {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store"}
    refused = [httpx.get(url), httpx.get(url, headers={"Sec-Fetch-Dest": "document"})]
    refused += [httpx.get(url.replace("X-Amz-Expires=60", "X-Amz-Expires=61"), headers=framed)]
    refused += [httpx.get(url.replace("detailed_results", "results/probe"), headers=framed)]
    at_bucket = url.replace(pages.origin(runner.local.state), runner.local.aws.endpoint)
    refused += [httpx.get(at_bucket), httpx.get(at_bucket, headers=framed)]
    assert [one.status_code for one in refused] == [403] * 6
    assert httpx.get(at_bucket, headers={"agon-live-page": "1"}).status_code == 200, "it is good still"


def test_nothing_else_of_this_machine_is_behind_the_pages_origin(runner: DeployedStack, scored: str) -> None:
    origin, framed = pages.origin(runner.local.state), {"Sec-Fetch-Dest": "iframe"}
    with runner.client(ORGANIZER, "organizer") as organizer:
        plain = organizer.http.call("GET", f"/submissions/{scored}/files")["detailed_results"]
    for path in (
        "/",
        "/_ministack/health",
        "/api",
        f"/{runner.outputs['RunsBucket']}/boards/x?X-Amz-SignedHeaders=agon-live-page%3Bhost",
    ):
        assert httpx.get(f"{origin}{path}", headers=framed).status_code == 403
    assert httpx.get(plain.replace(runner.local.aws.endpoint, origin), headers=framed).status_code == 403
