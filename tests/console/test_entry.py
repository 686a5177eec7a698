"""An account from the browser alone: made, confirmed by the mailed code, and had again without its password."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local import mailbox
from tests.stack import eventually

from .looking import look
from .reading import box

PASSWORD = "correct horse battery"


def code_for(stack: Any, address: str, known: int = 0) -> str:
    """The newest code that was mailed to an address, once there are more than `known` mails."""
    stack.keeps_what_is_read()

    def mails() -> list[str]:
        return [mail["text"] for mail in mailbox.read(stack.local.state) if mail["to"] == address]

    newest = eventually(mails, lambda found: len(found) > known)[-1]
    return str(re.findall(r"\b\d{6}\b", newest)[-1])


def fill(page: Page, **fields: str) -> None:
    """Write into the fields by their labels."""
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).first.fill(value)


def test_a_newcomer_signs_up_confirms_and_is_back_where_they_were(visit: Callable[..., Page], stack: Any) -> None:
    page = visit("/sign-in?next=/juries")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_role("heading", name="Create an account").wait_for()
    fill(page, User_name="newcomer")
    fill(page, **{"E-mail address": "newcomer@example.org", "Password": PASSWORD})
    page.get_by_label("Show the password").check()
    expect(page.locator("input[name=password]")).to_have_attribute("type", "text")
    sign, words = (box(page.locator(f"label.check {part}")) for part in ("input", "span"))
    assert sign["top"] < words["top"] + words["height"] / 2 < sign["bottom"], "They stand in a line."
    look(page, "sign-up")
    page.get_by_role("button", name="Create an account").click()
    page.get_by_role("heading", name="Confirm your account").wait_for()
    code_for(stack, "newcomer@example.org")
    expect(page.get_by_text("newcomer@example.org")).to_be_visible()
    page.get_by_role("button", name="Send another code").click()
    expect(page.get_by_text("another code is on its way")).to_be_visible()
    fill(page, Code="000000")
    page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not good for this account")
    look(page, "confirm")
    fill(page, Code=code_for(stack, "newcomer@example.org", known=1))
    page.get_by_role("button", name="Confirm", exact=True).click()
    page.wait_for_url("**/juries")
    expect(page.get_by_role("button", name="Account of newcomer")).to_be_visible()


def test_a_name_that_is_taken_leaves_what_was_typed(visit: Callable[..., Page], stack: Any) -> None:
    with stack.client("ada"):
        pass
    page = visit("/sign-up")
    fill(page, User_name="ada")
    fill(page, **{"E-mail address": "other@example.org", "Password": PASSWORD})
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_role("alert")).to_contain_text("This user name is taken")
    expect(page.get_by_label("User name")).to_have_value("ada")
    expect(page.locator("input[name=password]")).to_have_value(PASSWORD)


def test_who_forgot_a_password_sets_another_one(visit: Callable[..., Page], stack: Any) -> None:
    with stack.client("forgetful"):
        pass
    page = visit("/sign-in")
    page.get_by_role("link", name="Forgotten your password?").click()
    fill(page, User_name="forgetful")
    look(page, "forgot")
    page.get_by_role("button", name="Mail a code").click()
    page.get_by_role("heading", name="Set a new password").wait_for()
    code = code_for(stack, "forgetful@example.org")
    fill(page, Code=code, Password=PASSWORD)
    look(page, "reset")
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("button", name="Account of forgetful")).to_be_visible()
    stack.call("POST", "/sessions", body={"username": "forgetful", "password": PASSWORD}).raise_for_status()


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/"])
def test_no_address_leads_to_another_site_after_signing_in(visit: Callable[..., Page], stack: Any, next_: str) -> None:
    with stack.client("ada"):
        pass
    page = visit(f"/sign-in?next={next_}")
    fill(page, User_name="ada", Password=stack.local.state.get("accounts")["ada"]["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Account of ada").wait_for()
    # Who was to be led elsewhere is at home; a browser that was told to go there is not.
    expect(page).to_have_url(stack.console_url.rstrip("/") + "/")
