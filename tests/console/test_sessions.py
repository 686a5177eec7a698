"""Signing in and out in a browser: no script has what lasts, tabs share a session, and what was typed survives its end."""

import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests import totp

from .conftest import PHONE, sign_in
from .looking import judge, look, shoot
from .reading import measured, text


def test_one_signs_in_back_to_where_one_was_and_no_script_has_a_token_that_lasts(
    visit: Callable[..., Page], stack: Any, finished_demo: str
) -> None:
    page = visit(f"/c/{finished_demo}/leaderboard")
    page.get_by_role("link", name="Sign in", exact=True).click()
    sign_in(page, stack, "ada")
    page.get_by_role("button", name="Account of ada").wait_for()
    expect(page).to_have_url(re.compile("/c/iris[a-z-]*/leaderboard$"))
    [cookie] = page.context.cookies(stack.console_url.rstrip("/") + "/api/v1/sessions/browser")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Strict")
    stored = json.dumps(measured(page, "[{...localStorage}, {...sessionStorage}, document.cookie]"))
    assert "ada" in stored and "eyJ" not in stored and cookie["value"] not in stored


def test_tabs_share_a_session_and_a_captured_token_is_dead_after_signing_out(enter: Callable[..., Page], stack: Any) -> None:
    page = enter("ada", "/sign-in")
    [cookie] = page.context.cookies(stack.console_url.rstrip("/") + "/api/v1/sessions/browser")
    other = page.context.new_page()
    other.goto(stack.console_url.rstrip("/") + "/juries")
    other.get_by_role("heading", name="Your juries").wait_for()
    assert stack.call("POST", "/sessions/refresh", body={"refresh_token": cookie["value"]}).status_code == 200
    page.get_by_role("button", name="Account of ada").click()
    page.get_by_role("button", name="Sign out").click()
    for one in (page, other):
        expect(one.get_by_role("navigation", name="Site").get_by_role("link", name="Sign in")).to_be_visible()
    assert stack.call("POST", "/sessions/refresh", body={"refresh_token": cookie["value"]}).status_code == 401
    assert page.context.cookies(stack.console_url.rstrip("/") + "/api/v1/sessions/browser") == []


def test_what_was_typed_survives_the_end_of_the_session_and_goes_on(
    enter: Callable[..., Page], stack: Any, finished_demo: str
) -> None:
    page = enter("ada", f"/c/{finished_demo}/submissions")
    tab = page.get_by_role("navigation", name="Competition", exact=True)
    tab.get_by_role("link", name="Discussion").click()
    page.get_by_label("Title").fill("A question that took long")
    page.get_by_label("What do you want to say?").fill("It is long, too.")
    [cookie] = page.context.cookies(stack.console_url.rstrip("/") + "/api/v1/sessions/browser")
    elsewhere = stack.call("POST", "/sessions/refresh", body={"refresh_token": cookie["value"]}).json()
    assert stack.call("POST", "/sessions/end", token=elsewhere["access_token"]).status_code == 200
    # Other processes hear of it within ten seconds.
    page.wait_for_timeout(11_000)
    page.get_by_role("button", name="Begin the thread").click()
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_label("User name")).to_have_value("ada")
    dialog.get_by_label("Password").fill(stack.local.state.get("accounts")["ada"]["password"])
    dialog.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="A question that took long")).to_be_visible()
    expect(dialog).to_be_hidden()


def test_a_sign_in_asks_for_a_code_of_the_authenticator_once_that_is_turned_on(
    enter: Callable[..., Page], visit: Callable[..., Page], stack: Any
) -> None:
    password = stack.local.state.get("accounts")["grace"]["password"]
    page = enter("grace", "/account/tokens")
    step = page.locator("agon-second-step")
    step.get_by_label("Password").fill(password)
    step.get_by_role("button", name="Make a key").click()
    secret = text(step.locator(".key-text")).replace(" ", "")
    expect(step.get_by_role("img", name="The key as a QR code")).to_be_visible()
    shoot(page, "second-step")
    found = judge(page)
    assert found.violations_count == 0, found.generate_report()
    step.get_by_label("Code of your authenticator").fill(totp.wrong(secret))
    step.get_by_role("button", name="Turn it on").click()
    expect(step.get_by_role("alert")).to_contain_text("The code is wrong")
    step.get_by_label("Code of your authenticator").fill(totp.code(secret))
    step.get_by_role("button", name="Turn it on").click()
    expect(step.get_by_text("Your sign-in asks for a code")).to_be_visible()
    try:
        other = visit("/sign-in", viewport=PHONE)
        other.get_by_label("User name").fill("grace")
        other.get_by_label("Password").fill(password)
        other.get_by_role("button", name="Sign in").click()
        code = other.get_by_label("Code of your authenticator")
        expect(code).to_be_focused()
        shoot(other, "second-step-sign-in")
        code.fill(totp.code(secret))
        other.get_by_role("button", name="Sign in").click()
        other.get_by_role("button", name="Account of grace").wait_for()
    finally:
        step.get_by_label("Password").fill(password)
        step.get_by_label("Code of your authenticator").fill(totp.code(secret))
        step.get_by_role("button", name="Turn it off").click()
        expect(step.get_by_role("button", name="Make a key")).to_be_visible()


def test_ones_sessions_are_listed_and_another_one_is_ended_while_this_one_goes_on(
    enter: Callable[..., Page], stack: Any
) -> None:
    stack.client("grace").http.close()
    here, other = enter("grace", "/account/tokens"), enter("grace", "/account/tokens")
    # Its list may have come before the other one had signed in.
    here.reload()
    table = here.get_by_role("table", name="Sign-ins", exact=True)
    this = table.get_by_role("row", name="This one")
    expect(this).to_contain_text("Chrome · Linux")
    expect(this.get_by_role("button")).to_have_count(0)
    look(here, "account-sessions")
    before = measured(table, "table => table.querySelectorAll('tr').length")
    browsers = table.get_by_role("row", name="Chrome · Linux").filter(has=here.get_by_role("button"))
    browsers.last.get_by_role("button").click()
    expect(here.get_by_text("The sign-in with Chrome · Linux is ended.")).to_be_visible()
    expect(table.get_by_role("row")).to_have_count(before - 1)
    here.get_by_role("button", name="End all others").click()
    expect(table.get_by_role("row")).to_have_count(2)
    # Other processes hear of it within ten seconds.
    other.wait_for_timeout(11_000)
    other.reload()
    expect(other.get_by_role("navigation", name="Site").get_by_role("link", name="Sign in")).to_be_visible()
    here.reload()
    expect(here.get_by_role("button", name="Account of grace")).to_be_visible()
