"""An upload that was broken off goes on after the page is loaded anew, with what has not arrived."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from agon.local.stack import ORGANIZER
from tests import builders

MEGABYTE = 1024**2
PART = re.compile(r"[?&]partNumber=(\d+)")


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
    """A file that goes in three parts, of 64, 64 and 2 MiB."""
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as made:
        made.writestr("zeros.bin", bytes(130 * MEGABYTE))
    return path


def test_a_large_file_goes_on_after_a_reload_and_what_has_arrived_is_not_sent_again(
    enter: Callable[..., Page], competition: str, large: Path
) -> None:
    page = enter("ada", f"/c/{competition}/submissions")
    page.route(PART, hold_back_all_but_the_first)
    with page.expect_response(lambda one: number_of(one.request) == 1 and one.ok, timeout=240_000):
        hand_in(page, large)
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    page.reload()
    page.unroute_all(behavior="ignoreErrors")
    expect(page.get_by_text("Not sent whole: large.zip. Choose it again, and it goes on where it stopped.")).to_be_visible()

    sent: list[int] = []
    page.on("request", lambda one: sent.append(number_of(one)) if number_of(one) else None)
    hand_in(page, large)
    row = page.get_by_role("group", name="Submissions").get_by_role("row", name="large")
    expect(row).to_be_visible(timeout=240_000)
    assert sorted(sent) == [2, 3]
    expect(page.get_by_text("Not sent whole")).to_have_count(0)


def hold_back_all_but_the_first(route: Route) -> None:
    """The network is away after the first part: neither an answer nor an error comes."""
    if number_of(route.request) in (0, 1):
        route.continue_()


def hand_in(page: Page, file: Path) -> None:
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Submit", exact=True).click()


def number_of(request: Request) -> int:
    """Of the part that a request sends; 0 for another one."""
    found = PART.search(request.url)
    return int(found[1]) if found and request.method == "PUT" else 0
