"""What was brought from another site becomes one's own from the browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders

from .looking import look


@pytest.fixture(scope="module")
def place(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The tab of submissions of a competition into which ada's were brought, and in which she takes part."""
    folder: Path = tmp_path_factory.mktemp("brought")
    (folder / "bundle.zip").write_bytes(builders.bundle(title="Brought"))
    (folder / "submission.zip").write_bytes(builders.submission())
    with stack.client("ada") as ada:
        address = ada.me()["username"] + "@example.org"
    with stack.client(ORGANIZER, "organizer") as organizer:
        done = organizer.wait_for_import(
            organizer.import_bundle(organizer.upload(folder / "bundle.zip", "bundle")["id"])["id"]
        )
        told = {"site": "codabench.example", "id": "7", "owner": "ada", "address": address, "status": "Finished"}
        told |= {"created_at": "2026-02-01T10:00:00Z", "scores": {"0": {"accuracy": 0.5}}, "name": "From there"}
        upload = organizer.upload(folder / "submission.zip", "submission")["id"]
        organizer.bring(f"{done['competition']}-0", {**told, "upload": upload})
        organizer.publish(done["competition"])
    with stack.client("ada") as ada:
        ada.join(done["competition"])
    return f"/c/{done['competition']}/submissions"


def test_who_made_them_there_has_them_here_after_a_click(enter: Callable[..., Page], place: str) -> None:
    page = enter("ada", place)
    expect(page.get_by_text("Nothing is submitted yet")).to_be_visible()
    expect(page.get_by_role("heading", name="You took part on another site?")).to_be_visible()
    look(page, "collecting")
    page.get_by_role("button", name="Have what is mine").click()
    expect(page.get_by_role("status").filter(has_text="1 submission is yours.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="From there")).to_contain_text("Finished")
    page.get_by_role("button", name="Have what is mine").click()
    expect(page.get_by_role("status").filter(has_text="Nothing was brought under your address.")).to_be_visible()
