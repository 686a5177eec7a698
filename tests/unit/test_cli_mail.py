"""`agon mail`, `agon participants mail` and the local mailbox's page."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from agon.local import mailbox
from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine

KINDS = [{"name": "failed", "about": "A submission of yours has failed.", "wanted": True}]
PREVIEW = {"subject": "News", "text": "Hello.\n", "html": "<p>", "reply_to": None, "readers": 2, "complete": True}
LETTER = {"id": "m", "subject": "News", "by": "olga", "created_at": NOW, "status": "Finished", "reason": None}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_kinds_of_mail_are_listed_and_switched(agon):
    agon.api.on("GET", "/me/mail", {"kinds": KINDS, "sends_mail": False})
    ran = agon("mail", "preferences")
    assert "A submission of yours has failed." in ran.out and "This site sends no mail." in ran.said
    agon.api.on("PATCH", "/me/mail", {"kinds": KINDS, "sends_mail": True})
    agon("mail", "preferences", "--on", "finished", "--off", "failed")
    assert agon.api.asked("PATCH", "/me/mail")[0].body == {"kinds": {"finished": True, "failed": False}}


def test_the_language_of_ones_mail_is_told_and_chosen_alone_or_with_kinds(agon):
    found = {"kinds": KINDS, "sends_mail": True, "language": "en"}
    agon.api.on("GET", "/me/mail", found).on("PATCH", "/me/mail", found | {"language": "fr"})
    assert "You are written to in English. Change that with --language." in agon("mail", "preferences").said
    assert "You are written to in French." in agon("mail", "preferences", "--language", "fr").said
    assert agon("mail", "preferences", "--language", "fr", "--off", "failed", "--json").json["language"] == "fr"
    bodies = [one.body for one in agon.api.asked("PATCH", "/me/mail")]
    assert bodies == [{"language": "fr"}, {"language": "fr", "kinds": {"failed": False}}]
    assert agon("mail", "preferences", "--language", "de").code == 2 and len(agon.api.asked("PATCH", "/me/mail")) == 2


def test_a_letter_is_previewed_counted_and_written(agon, tmp_path):
    path, text = "/competitions/c/mailings", tmp_path / "text.md"
    text.write_text("Hello.")
    agon.api.on("POST", f"{path}/preview", PREVIEW).on("POST", path, {**LETTER, "sent": 0, "left_out": 0, "uncertain": 0})
    words = ("participants", "mail", "c", "--subject", "News", "--file", str(text), "--not-submitted", "--team", "Owls")
    assert "2 participants" in agon(*words, "--preview").out and agon.api.asked("POST", path) == []
    assert "2 participants" in agon(*words, "--yes").out
    asked = {"subject": "News", "text": "Hello.", "team": "Owls", "submitted": False}
    assert [one.body for one in agon.api.asked("POST", path)] == [asked]
    ran = agon("participants", "mail", "c", "--subject", "x", "--file", str(tmp_path / "none"))
    assert ran.code == 1 and "cannot be read" in ran.said


def test_letters_are_listed_with_how_far_they_are(agon):
    agon.api.on(
        "GET", "/competitions/c/mailings", {"mailings": [{**LETTER, "sent": 9, "left_out": 3, "uncertain": 1}], "next": None}
    )
    ran = agon("participants", "letters", "c")
    assert all(told in ran.out for told in ("News", "olga", "Finished", "9", "3", "1"))


def test_a_suppression_is_lifted_by_the_address_which_is_sent_nowhere(agon):
    digest = hashlib.sha256(b"ada@example.org").hexdigest()
    agon.api.on("DELETE", f"/site/suppressions/{digest}", {})
    assert agon("mail", "lift", " Ada@Example.org").code == 0
    assert len(agon.api.asked("DELETE", f"/site/suppressions/{digest}")) == 1


def test_a_mail_in_the_mailbox_can_do_nothing_to_its_page():
    nasty = {"to": "a@b.c", "subject": "<script>alert(1)</script>", "at": "now", "text": "</pre><b>"}
    made = mailbox.page([{**nasty, "html": '"></iframe><script>x()</script>'}])
    assert "<script" not in made and made.count("<iframe") == 1 and 'sandbox=""' in made and "</pre><b>" not in made
    assert "<iframe" not in mailbox.page([{**nasty, "html": ""}])


def test_a_list_without_suppressions_says_so(agon):
    agon.api.on("GET", "/site/suppressions", {"suppressions": [], "next": None})
    assert "every address" in agon("mail", "suppressions").err
