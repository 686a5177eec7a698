"""A mail from what it tells of to the mailbox, on the deployed stack with IAM enforced; and its one click out."""

import json
import re
from typing import Any

import httpx

from agon.client import Client
from agon.local import mailbox
from tests.stack import DeployedStack, eventually


def mails(stack: DeployedStack, subject: str) -> list[dict[str, str]]:
    stack.keeps_what_is_read()
    return [one for one in mailbox.read(stack.local.state) if one["subject"] == subject]


def wait_for(stack: DeployedStack, subject: str) -> dict[str, str]:
    def came() -> list[dict[str, str]]:
        _sweep(stack)
        return mails(stack, subject)

    return dict(eventually(came, bool)[0])


def _sweep(stack: DeployedStack) -> None:
    functions = stack.aws("lambda")
    (name,) = [one["FunctionName"] for one in functions.list_functions()["Functions"] if "-Sweep-" in one["FunctionName"]]
    event = {"version": "0", "detail": {}, "detail-type": "Scheduled Event", "source": "aws.events", "time": ""}
    event |= {"id": "1", "account": "1", "region": "eu-west-1", "resources": []}
    answer = functions.invoke(FunctionName=name, Payload=json.dumps(event).encode())
    assert "FunctionError" not in answer, answer["Payload"].read()


def test_a_letter_and_a_decision_reach_the_mailbox_and_one_click_ends_the_letters(
    stack: DeployedStack, organizer: Client, ada: Client, compete: Any
) -> None:
    competition = compete(ada)
    path = f"/competitions/{competition['id']}/mailings"
    organizer.write_letter(competition["id"], {"subject": "News of the day", "text": "It is **longer** now."})
    letter = wait_for(stack, "News of the day")
    assert letter["to"] == "ada@example.org" and "<strong>longer</strong>" in letter["html"]
    # Behind the tenth letter at the latest it is counted what was sent.
    eventually(lambda: [one["sent"] for one in organizer.letters(competition["id"])], lambda sent: sent == [1])

    user = ada.http.call("GET", "/me")["id"]
    organizer.decide_participants(competition["id"], [user], "denied", "Two accounts.")
    title = f"You may not take part in {competition['title']}"
    assert "Two accounts." in wait_for(stack, title)["text"]

    (link,) = set(re.findall(r"http://127[^>\s]+/v1/unsubscribe\?token=[^>\s]+", letter["text"]))
    assert httpx.get(link, timeout=35).status_code == 200
    assert {one["name"]: one["wanted"] for one in ada.mail_preferences()["kinds"]}["letters"]
    form = {"List-Unsubscribe": "One-Click"}
    assert httpx.post(link, data=form, timeout=35).status_code == 200
    assert not {one["name"]: one["wanted"] for one in ada.mail_preferences()["kinds"]}["letters"]
    assert stack.call("POST", path, None, {"subject": "x", "text": "y"}).status_code == 401


def test_the_site_announces_by_mail_and_who_follows_a_thread_hears_of_what_is_written(
    stack: DeployedStack, organizer: Client, ada: Client, grace: Client, compete: Any
) -> None:
    competition = compete(ada, grace)["id"]
    made = organizer.announce(None, "A pause on Sunday", "From **9** to 12 UTC.", mail=True)
    assert "<strong>9</strong>" in wait_for(stack, "A pause on Sunday")["html"]
    readers = {"ada@example.org", "grace@example.org", "organizer@example.org"}

    def reached() -> set[str]:
        _sweep(stack)
        return {one["to"] for one in mails(stack, "A pause on Sunday")}

    eventually(reached, lambda found: found >= readers)
    amended = organizer.change_announcement(None, made["id"], {"title": "A pause on Monday"})
    assert amended["edited_at"] and ada.announcements(None)[0]["title"] == "A pause on Monday"
    organizer.withdraw_announcement(None, made["id"])
    thread = ada.begin_thread(competition, "How is it scored?", "By accuracy?")["thread"]
    grace.reply(competition, thread, "As the page says.")
    told = wait_for(stack, "grace wrote in: How is it scored?")
    assert told["to"] == "ada@example.org" and "> As the page says." in told["text"]
