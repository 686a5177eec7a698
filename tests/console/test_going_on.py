"""An upload that was broken off or refused goes on after the page is loaded anew, with what has not arrived."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from agon.local.stack import ORGANIZER
from tests import builders

MEGABYTE = 1024**2
PART = re.compile(r"[?&]partNumber=(\d+)")
SECOND = re.compile(r"[?&]partNumber=2(&|$)")
#: Until the page is loaded anew, the second part goes without its bytes, or not at all: neither answer nor error comes.
#: Playwright would read the 64 MiB of the first one too, as text, where a route is to hold something back.
HELD_BACK = """never => {
  const { open, send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    this.isSecond = method === "PUT" && /[?&]partNumber=2(&|$)/.test(url);
    open.call(this, method, url, ...more);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (!this.isSecond) send.call(this, body);
    else if (!never) send.call(this, "");
  };
}"""
NEVER, EMPTY = True, False


@pytest.fixture(scope="module")
def competition(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    bundle = tmp_path_factory.mktemp("going-on") / "bundle.zip"
    bundle.write_bytes(builders.bundle(title="Large"))
    with stack.client(ORGANIZER, "organizer") as organizer, stack.client("ada") as ada:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
        ada.join(done["competition"])
    return str(done["competition"])


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file that goes in two parts, of 64 and 37 MiB."""
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("zeros.bin", bytes(101 * MEGABYTE))
    return path


def test_a_large_file_goes_on_after_a_reload_and_a_refusal_of_storage_and_what_has_arrived_is_not_sent_again(
    enter: Callable[..., Page], competition: str, large: Path
) -> None:
    page = enter("ada", f"/c/{competition}/submissions")
    begun: list[str] = []
    sent: list[int] = []
    page.on("request", lambda one: begun.append(one.url) if one.url.endswith("/v1/uploads") else None)
    page.on("request", lambda one: sent.append(number_of(one)) if number_of(one) else None)
    not_whole = page.get_by_text("Not sent whole: large.zip. Choose it again, and it goes on where it stopped.")

    page.evaluate(HELD_BACK, NEVER)
    with page.expect_response(lambda one: number_of(one.request) == 1 and one.ok, timeout=240_000):
        hand_in(page, large)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    page.reload()
    expect(not_whole).to_be_visible()

    page.evaluate(HELD_BACK, EMPTY)
    refusal = {"status": 403, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "<Code>AccessDenied</Code>"}
    page.route(SECOND, lambda route: route.fulfill(**refusal) if route.request.method == "PUT" else route.continue_())
    hand_in(page, large)
    told = "Storage refused the file: AccessDenied. What has arrived stays for a day"
    expect(page.get_by_role("alert")).to_contain_text(told, timeout=240_000)
    page.unroute(SECOND)
    page.reload()
    expect(not_whole).to_be_visible()

    hand_in(page, large)
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="large")
    expect(row).to_be_visible(timeout=240_000)
    expect(page.get_by_text("Not sent whole")).to_have_count(0)
    assert len(begun) == 1
    assert sent.count(1) == 1 and set(sent) == {1, 2}


def hand_in(page: Page, file: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Submit", exact=True).click()


def number_of(request: Request) -> int:
    """Of the part that a request sends; 0 for another one."""
    found = PART.search(request.url)
    return int(found[1]) if found and request.method == "PUT" else 0
