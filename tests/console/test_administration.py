"""Administrators' pages and one's own account, in the browser on the deployed stack."""

import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import totp
from tests.stack import eventually

from .looking import shoot
from .reading import arrived, measured, text


@pytest.fixture(autouse=True)
def ada_is_there(stack: Any) -> Iterator[None]:
    with stack.client("ada"):
        yield


@pytest.fixture
def root(enter: Callable[..., Page], stack: Any) -> Callable[[str], Page]:
    """Opens a page as an administrator."""
    with stack.client("organizer", "organizer"):
        return lambda path: enter("organizer", path)


@pytest.fixture
def newcomer(stack: Any) -> Iterator[str]:
    """Somebody new, whom nobody misses."""
    name = f"guest-{secrets.token_hex(4)}"
    with stack.client(name):
        yield name


def test_nobody_else_is_shown_the_administration(enter: Callable[..., Page]) -> None:
    page = enter("ada", "/admin")
    expect(page.get_by_role("heading", name="This is for administrators")).to_be_visible()


def test_an_administrator_finds_a_person_bans_them_and_lets_them_in_again(
    root: Callable[[str], Page], newcomer: str
) -> None:
    page = root("/admin")
    page.get_by_label("User name", exact=True).fill(newcomer)
    page.get_by_role("button", name="Find an account").click()
    expect(page.get_by_role("heading", name=newcomer)).to_be_visible()
    access = page.get_by_role("region", name="Access")
    access.get_by_label("Reason").fill("Spam in every forum.")
    access.get_by_role("button", name="Ban").click()
    expect(access.get_by_text("Banned by organizer")).to_be_visible()
    access.get_by_label("Reason").fill("It was somebody else.")
    access.get_by_role("button", name="Let in again").click()
    expect(access.get_by_role("button", name="Ban")).to_be_visible()
    page.get_by_role("link", name="Log", exact=True).click()
    log = page.get_by_role("table")
    expect(log.get_by_role("row").filter(has_text="Let in again").filter(has_text=newcomer)).to_be_visible()
    expect(log.get_by_role("row").filter(has_text="Spam in every forum.")).to_be_visible()


def test_an_administrator_sees_how_the_site_does(root: Callable[[str], Page], stack: Any) -> None:
    _sweep(stack)
    page = root("/admin")
    page.get_by_role("link", name="Status", exact=True).click()
    expect(page.get_by_role("status").get_by_text("Every part of the site answers.")).to_be_visible()
    lines = page.get_by_role("table", name="Jobs that wait for runners")
    expect(lines.get_by_role("link", name="The site’s own")).to_be_visible()
    expect(page.get_by_role("table", name="Submissions that ended")).to_be_visible()


def test_what_was_given_up_is_tried_again_and_told_no_more_once_it_is_done(root: Callable[[str], Page], stack: Any) -> None:
    id_ = f"dead-{time.time_ns()}"
    body = json.dumps({"version": 1, "task": "notice", "id": id_})
    stack.aws("sqs").send_message(QueueUrl=stack.outputs["TasksDeadQueueUrl"], MessageBody=body)
    _sweep(stack)
    with stack.client("organizer", "organizer") as client:
        (failure,) = (one["id"] for one in client.sweep_failures() if one["item"] == f"notice {id_}")
    # It is sent again by itself for three days. They are over.
    stack.aws("dynamodb").update_item(
        TableName=stack.outputs["TableName"],
        Key={"pk": {"S": f"FAILURE#{failure}"}, "sk": {"S": "FAILURE"}},
        UpdateExpression="SET dead = :yes REMOVE due_pk, due_at",
        ExpressionAttributeValues={":yes": {"BOOL": True}},
    )
    page = root("/admin/failures")
    row = page.get_by_role("row").filter(has_text=id_)
    expect(row).to_contain_text("Given up")
    expect(row).to_contain_text("broke off three times with this message")
    row.get_by_role("button", name=f"Try again notice {id_}").click()
    expect(page.get_by_text("It is tried again within a minute.")).to_be_visible()
    expect(row.filter(has_text="Given up")).to_have_count(0)
    _sweep(stack)
    with stack.client("organizer", "organizer") as client:
        eventually(client.sweep_failures, lambda left: failure not in [one["id"] for one in left])
    page.reload()
    arrived(page)
    expect(row).to_have_count(0)


def test_what_a_person_stores_is_shown_and_bounded(root: Callable[[str], Page], newcomer: str) -> None:
    page = root(f"/admin/people/{newcomer}")
    part = page.get_by_role("region", name="Storage")
    part.get_by_label("Quota in bytes").fill("5000000")
    part.get_by_role("button", name="Set the quota").click()
    expect(part.get_by_text("Own quota")).to_be_visible()
    expect(part.get_by_text("5.0 MB")).to_be_visible()


def test_two_accounts_are_merged_after_a_preview(root: Callable[[str], Page], newcomer: str) -> None:
    page = root(f"/admin/people/{newcomer}")
    part = page.get_by_role("region", name="Merge into another account")
    part.get_by_label("User name of the account that stays").fill("ada")
    part.get_by_role("button", name="Show what would happen").click()
    expect(part.get_by_text("What stays")).to_be_visible()
    part.get_by_label("Reason").fill("One person: both addresses answered.")
    part.get_by_role("button", name="Merge into ada").click()
    expect(part.get_by_text("This is ordered")).to_be_visible()


def test_the_site_is_paused_with_a_word_to_all_and_resumed(root: Callable[[str], Page], stack: Any) -> None:
    page = root("/admin/site")
    page.get_by_label("Maintenance: take nothing new").check()
    page.get_by_label("What everybody reads meanwhile").fill("Back at noon.")
    try:
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved")).to_be_visible()
        with stack.client("organizer", "organizer") as client:
            said = client.http.call("GET", "/site")
            assert (said["paused"], said["message"]) == (True, "Back at noon.")
    finally:
        with stack.client("organizer", "organizer") as client:
            client.http.call("PATCH", "/site", {"paused": False, "message": ""})


def test_storage_is_reviewed_and_who_stores_the_most_is_listed(root: Callable[[str], Page], finished_demo: str) -> None:
    page = root("/admin/storage")
    page.get_by_role("button", name="Review now").click()
    review = page.get_by_role("table").nth(1).get_by_role("row").filter(has=page.get_by_role("cell", name="done")).first
    expect(review).to_be_visible(timeout=90_000)
    expect(review.get_by_role("cell").nth(1)).to_have_text(re.compile("[1-9]"))
    page.reload()
    page.get_by_role("link", name=re.compile("^Quota")).first.click()
    expect(page.get_by_role("heading", name=re.compile("^Storage of"))).to_be_visible()


def test_usage_is_drawn_by_day_and_told_as_a_table(root: Callable[[str], Page]) -> None:
    page = root("/admin/usage")
    picture = page.get_by_role("img", name=re.compile("^Submissions: "))
    expect(picture).to_be_visible()
    page.get_by_role("link", name="New accounts").click()
    expect(page.get_by_role("img", name=re.compile("^New accounts: "))).to_be_visible()
    expect(page.get_by_role("columnheader", name="Runners’ time")).to_be_visible()


def test_the_site_is_told_something_that_is_changed_and_withdrawn(root: Callable[[str], Page]) -> None:
    page = root("/admin/announcements")
    title = f"Maintenance at {datetime.now(UTC):%H:%M:%S}"
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text").fill("The site pauses at noon.")
    page.get_by_role("button", name="Announce to everybody").click()
    row = page.get_by_role("row").filter(has_text=title)
    row.get_by_role("link", name=title).click()
    chosen = page.locator(".admin-chosen")
    chosen.get_by_label("Text").fill("The site pauses at one.")
    chosen.get_by_role("button", name="Save").click()
    expect(chosen).to_have_count(0)
    page.get_by_role("row").filter(has_text=title).get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text(f"{title} is withdrawn.")).to_be_visible()


def test_a_competition_is_reported_by_who_sees_it_and_decided_about(
    enter: Callable[..., Page], root: Callable[[str], Page], finished_demo: str
) -> None:
    ada = enter("ada", f"/sign-in?next=/c/{finished_demo}")
    ada.get_by_text("Report this competition").click()
    form = ada.locator(".reporting")
    form.get_by_label("What it is about").select_option("competition")
    form.get_by_role("textbox").fill("It copies mine, word for word.")
    form.get_by_role("button").click()
    expect(form.get_by_role("status")).not_to_be_empty()
    page = root("/admin/reports")
    row = page.get_by_role("row").filter(has_text="word for word")
    row.get_by_role("link", name=re.compile("^Decide")).click()
    chosen = page.locator(".admin-chosen")
    chosen.get_by_label("Decision").select_option("dismissed")
    chosen.get_by_label("Reason").fill("It does not.")
    chosen.get_by_role("button", name="Decide").click()
    expect(row).to_have_count(0)
    page.get_by_role("link", name="Decided", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="It does not.")).to_be_visible()


def test_the_site_signs_its_lists_with_a_new_key(root: Callable[[str], Page]) -> None:
    page = root("/admin/site")
    key = page.locator(".key-text")
    before = text(key)
    page.get_by_role("button", name="Make a new key").click()
    expect(page.get_by_text("The site signs with a new key.")).to_be_visible()
    expect(key).not_to_have_text(before)


def test_who_has_lost_the_authenticator_signs_in_again_with_the_password_alone(
    root: Callable[[str], Page], newcomer: str, stack: Any
) -> None:
    said = {"username": newcomer, "password": stack.local.state.get("accounts")[newcomer]["password"]}
    token = stack.call("POST", "/sessions", body=said).json()["access_token"]
    made = stack.call("POST", "/me/second-step", token, {"password": said["password"]}).json()
    stack.call("PATCH", "/me/second-step", token, {"code": totp.code(made["secret"])}).raise_for_status()
    assert stack.call("POST", "/sessions", body=said).status_code == 403
    page = root(f"/admin/people/{newcomer}")
    page.get_by_role("button", name="Turn the second step off").click()
    expect(page.get_by_text(f"{newcomer} signs in with the password alone.")).to_be_visible()
    assert stack.call("POST", "/sessions", body=said).status_code == 200


def test_a_competition_is_featured_and_no_more(root: Callable[[str], Page], finished_demo: str) -> None:
    page = root("/admin/competitions")
    page.get_by_label("Competition’s id or short name").fill(finished_demo)
    page.get_by_role("button", name="Feature", exact=True).click()
    expect(page.get_by_text("is featured.")).to_be_visible()


def test_a_token_is_shown_once_and_revoked(enter: Callable[..., Page], stack: Any) -> None:
    page = enter("ada", "/account/tokens")
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Make the token").click()
    once = page.locator(".token-once code")
    token = text(once, "agon_")
    assert stack.call("GET", "/me", token=token).status_code == 200
    page.reload()
    row = page.get_by_role("row").filter(has_text="My laptop")
    expect(row).to_be_visible()
    expect(page.get_by_text(token)).to_have_count(0)
    row.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("My laptop is revoked.")).to_be_visible()
    assert stack.call("GET", "/me", token=token).status_code == 401


def test_ones_mail_is_chosen(enter: Callable[..., Page], stack: Any) -> None:
    page = enter("ada", "/account/mail")
    first = page.get_by_role("switch").first
    chosen = not measured(first, "one => one.checked")
    first.set_checked(chosen)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    page.reload()
    expect(page.get_by_role("switch").first).to_be_checked(checked=chosen)


def test_ones_data_is_packed(enter: Callable[..., Page]) -> None:
    page = enter("ada", "/account/data")
    page.get_by_role("button", name="Pack my data").click()
    expect(page.get_by_role("link", name=re.compile("^Part 1"))).to_be_visible(timeout=90_000)


def test_an_account_is_removed_by_its_password_after_a_preview(
    enter: Callable[..., Page], stack: Any, newcomer: str
) -> None:
    page = enter(newcomer, "/account/data")
    expect(page.get_by_text(re.compile("^deleted-user-"))).to_be_visible()
    password = page.get_by_label("Password")
    password.fill("not the password")
    page.get_by_role("button", name="Remove my account for good").click()
    expect(page.get_by_role("alert")).to_be_visible()
    password.fill(stack.local.state.get("accounts")[newcomer]["password"])
    page.get_by_role("button", name="Remove my account for good").click()
    expect(page.get_by_role("navigation", name="Site").get_by_role("link", name="Sign in")).to_be_visible()


def test_the_api_is_documented_from_its_document(visit: Callable[..., Page]) -> None:
    page = visit("/docs/api")
    page.get_by_label("Search").fill("submit upload")
    page.get_by_text("/v1/phases/{phase}/submissions").first.click()
    expect(page.get_by_text("curl -X POST")).to_be_visible()
    expect(page.get_by_text('agon.http.call("POST", "/phases/{phase}/submissions"')).to_be_visible()
    page.reload()
    expect(page.get_by_text("curl -X POST")).to_be_visible()


def test_who_reads_in_french_reads_the_apis_documentation_so_and_who_goes_back_to_english_does_not(
    visit: Callable[..., Page],
) -> None:
    page = visit("/docs/api?q=jetons", locale="fr-FR")
    revoke = "Révoquer un de vos jetons."
    expect(page.get_by_text(revoke)).to_be_visible()
    page.get_by_text(revoke).click()
    expect(page.get_by_text("La réponse à ce qui est fait et n’a rien à dire.")).to_be_visible()
    expect(page.get_by_text("Une erreur de notre part").first).to_be_visible()
    shoot(page, "docs-api-fr")
    page.goto(page.url.replace("q=jetons", "q=tokens"))
    expect(page.get_by_text(revoke)).to_be_visible()
    page.get_by_label("Langue").select_option("en")
    expect(page.get_by_text("Revoke a token of yours.")).to_be_visible()


def _sweep(stack: Any) -> None:
    """Have the sweeper look after what is due, as it does each minute."""
    functions = stack.aws("lambda")
    (sweep,) = [one["FunctionName"] for one in functions.list_functions()["Functions"] if "-Sweep-" in one["FunctionName"]]
    event = {
        "version": "0",
        "id": "1",
        "account": "1",
        "region": "",
        "time": "",
        "source": "",
        "resources": [],
        "detail": {},
    }
    assert "FunctionError" not in functions.invoke(FunctionName=sweep, Payload=json.dumps({**event, "detail-type": ""}))
