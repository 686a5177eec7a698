"""The library in the console: what competitions are made of, beside competitions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders

from .looking import look

TASK = "name: Guess the number\ndescription: Of one digit.\nscoring_program: {zip: program.zip}\n"


def test_a_task_is_made_of_a_zip_and_one_that_lacks_its_file_says_so(
    enter: Callable[..., Page], stack: Any, tmp_path: Path
) -> None:
    stack.client(ORGANIZER, "organizer").http.close()
    program = builders.archive({"metadata.yaml": "command: python3 score.py", "score.py": "print(1)"})
    whole, bare = tmp_path / "task.zip", tmp_path / "bare.zip"
    whole.write_bytes(builders.archive({"task.yaml": TASK, "program.zip": program}))
    bare.write_bytes(builders.archive({"program.zip": program}))
    page = enter(ORGANIZER, "/library/tasks")
    picker = page.locator('.pickers input[type="file"]')
    picker.set_input_files(bare)
    expect(page.get_by_role("alert")).to_contain_text("task.yaml")
    picker.set_input_files(whole)
    row = page.get_by_role("row", name="Guess the number")
    expect(row).to_contain_text("Scoring program")
    look(page, "library-task-of-a-zip")
    row.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Guess the number")).to_be_visible()
