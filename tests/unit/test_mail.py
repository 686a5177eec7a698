"""Mail without AWS: what a letter looks like as HTML and as text, whose words may do what in it, who wants which kinds."""

import re
from datetime import UTC, datetime
from functools import partial

import pytest

from chalicelib.aws.mail import Message
from chalicelib.contract import limits
from chalicelib.domain.mail import kinds, letters, notices, rendering, unsubscribing
from chalicelib.domain.mail.letters import Letter, Wording
from chalicelib.domain.mail.sentences import Speech
from chalicelib.domain.people import guests
from chalicelib.errors import Invalid

NASTY = "**bold** [click](https://evil.example) <script>alert(1)</script> `code` # h\n\n- list\n> quote ![x](http://p.example/x.png)"


def test_a_letter_is_html_and_text_with_the_same_words() -> None:
    text = "Hello **you**,\n\n- one\n- two\n\n1. first\n2. [second](https://example.org/a)\n\n> quoted\n\n```\nx = 1\n```\n"
    made = rendering.html(text, "A & B")
    assert "<strong>you</strong>" in made and "<li>one</li>" in made and "<title>A &amp; B</title>" in made
    assert 'href="https://example.org/a" rel="noopener noreferrer nofollow"' in made
    expected = "Hello you,\n\n- one\n- two\n\n1. first\n2. second <https://example.org/a>\n\n> quoted\n\nx = 1\n"
    assert rendering.text(text) == expected


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("Look:\n\n```\nx = 1", True),
        ("Look:\r\n\r\n```python\r\nx = 1\r\n", True),
        ("~~~~\n~~~\n```", True),
        ("```", True),
        ("```\n    ```` not the end\n", True),
        ("```\nx\n```", False),
        ("```\nx\n`````  ", False),
        ("   ```\n   x\n  ```\nand on", False),
        ("- ```\n  x", False),
        ("1. one\n\n   ```\n   x", False),
        ("> ```\n> x", False),
        ("`one", False),
        ("    indented", False),
        ("", False),
    ],
)
def test_a_block_of_code_that_is_left_open_ends_with_its_text(text: str, is_open: bool) -> None:
    made = rendering.closed(text)
    assert (made != text) == is_open
    # Whatever stands behind it is what it is.
    whole = rendering.html(f"{made}\n\n---\n\n[Send me no more](https://example.org/off).", "x")
    assert "<hr>" in whole and '<a href="https://example.org/off"' in whole


def test_links_to_the_console_lead_there_and_without_one_their_words_stay() -> None:
    text = "See [Iris](agon:/c/iris), or [all](https://example.org)."
    assert rendering.text(text) == "See Iris, or all <https://example.org>.\n"
    assert 'href="https://console.example/c/iris"' in rendering.html(text, "x", "https://console.example")
    assert rendering.html(text, "x").count("<a ") == 1


@pytest.mark.parametrize(
    "text",
    [
        NASTY,
        "[a](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![p](https://track.example/pixel.png)",
        "[a](data:text/html;base64,PHNjcmlwdD4=)",
        "<b onclick='x()'>a</b>",
        "<style>body{display:none}</style>",
        '<form action="https://evil.example"><input></form>',
    ],
)
def test_nothing_in_a_mail_runs_loads_or_hides(text: str) -> None:
    body = rendering.html(text, "x").partition("<body")[2].partition(">")[2]
    signs = ("<script", "<img", "<style", "<form", "<input", "<b ", '<a href="j', '<a href="d')
    assert not [sign for sign in signs if sign in body]


def test_what_strangers_wrote_is_plain_text_in_a_letter() -> None:
    made = rendering.html(f"Team {letters.plain(NASTY)} wrote.", "x")
    body = made.partition("<body")[2]
    assert not [sign for sign in ("<strong>", "<a ", "<li>", "<code>", "<h1>", "<script") if sign in body]
    assert "**bold** [click](https://evil.example)" in body
    assert rendering.text(letters.plain("a_b *c* <d>")) == "a_b *c* <d>\n"


def test_a_strangers_lines_are_a_quotation_of_plain_lines() -> None:
    quoted = letters.quoted("# no heading\r\n- no list\n\n1. none either")
    assert rendering.text(quoted) == "> # no heading\n\n> - no list\n\n> 1. none either\n"
    assert "<h1>" not in rendering.html(quoted, "x") and "<li>" not in rendering.html(quoted, "x")
    assert letters.quoted(" \n ") == ""


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x0b"])
def test_no_subject_begins_another_header(ending: str) -> None:
    letter = Wording(f"Hello{ending}Bcc: victim@example.org", "text")
    assert letter.subject == "Hello Bcc: victim@example.org"


def test_a_subject_has_an_end() -> None:
    assert len(Wording("x" * 1000, "text").subject) == limits.MAX_SUBJECT_CHARACTERS


@pytest.mark.parametrize("place", ["to", "subject", "reply_to", "unsubscribe"])
def test_the_door_to_ses_takes_no_line_end_in_a_header(place: str) -> None:
    fields = {"to": "a@b.c", "subject": "s", "text": "t", "html": "h", "reply_to": "r@b.c", "unsubscribe": "https://x.y"}
    Message(**fields)
    with pytest.raises(ValueError, match="one line"):
        Message(**{**fields, place: "a@b.c\r\nBcc: d@e.f"})


@pytest.mark.parametrize(
    "zone, told",
    [
        ("UTC", "1 March 2026, 22:30 UTC"),
        ("Europe/Vienna", "1 March 2026, 23:30 (Europe/Vienna), 22:30 UTC"),
        ("Asia/Tokyo", "2 March 2026, 07:30 (Asia/Tokyo), 1 March 2026, 22:30 UTC"),
    ],
)
def test_times_have_their_zone_and_utc(zone: str, told: str) -> None:
    assert Speech("en").moment(datetime(2026, 3, 1, 22, 30, tzinfo=UTC), zone) == told


def test_times_are_french_in_french() -> None:
    at = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
    assert Speech("fr").moment(at, "Asia/Tokyo") == "2 mars 2026, 07:30 (Asia/Tokyo), 1er mars 2026, 22:30 UTC"
    days = [Speech("fr").moment(datetime(2026, month, 9, tzinfo=UTC), "UTC") for month in (2, 8, 12)]
    assert [day.split()[1] for day in days] == ["février", "août", "décembre"]


AT = datetime(2026, 3, 1, 22, 30, tzinfo=UTC)
#: Every letter that the site's own words make, each way.
LETTERS = [
    notices.applied("iris", "Iris"),
    *(notices.decided("iris", "Iris", status, reason, None) for status in ("approved", "denied") for reason in ("", "So.")),
    *(notices.published("iris", "Iris", is_approved, "So.") for is_approved in (True, False)),
    *(notices.ended("s-1", name, "Iris", is_finished, None, "So.") for name in ("", "Try") for is_finished in (True, False)),
    *(notices.begun("iris", "Iris", "One", ends_at, "UTC", None) for ends_at in (AT, None)),
    *(make("iris", "Iris", "One", AT, "UTC", None) for make in (notices.ending, notices.over, notices.judging_ends)),
    *(
        notices.invited(to, "Us", "olga", "i-1", where, AT)
        for to in ("team", "lead", "merger", "organization", "owner")
        for where in ("iris", None)
    ),
    guests.letter("iris", "Iris", "olga", "Come.", AT, "UTC"),
]


@pytest.mark.parametrize("letter", LETTERS)
def test_each_letter_is_in_both_languages_with_the_same_links_and_commands(letter: Letter) -> None:
    english, french = letter.wording("en"), letter.wording("fr")
    assert english != french and english.text != french.text
    for parts in (r"agon:/[^)]*", r"`[^`]*`", r"\*\*[^*]*\*\*"):
        assert sorted(re.findall(parts, english.text)) == sorted(re.findall(parts, french.text))


def test_a_paragraph_more_is_in_both_languages_too() -> None:
    longer = notices.applied("iris", "Iris").followed_by(partial(notices.counted, competition="iris", chosen=[("s", "Try")]))
    assert longer.wording("en").text.endswith("- [“Try”](agon:/submissions/s)")
    assert "celles que vous avez choisies" in longer.wording("fr").text


def test_what_a_former_build_stored_is_in_english_for_everybody() -> None:
    assert Letter("letters", Wording("Hello", "text")).wording("fr").subject == "Hello"


def test_a_kind_is_wanted_as_its_reader_says_and_else_by_default() -> None:
    assert kinds.is_wanted("failed", set(), set()) and not kinds.is_wanted("finished", set(), set())
    on, off = kinds.switched({"finished": True, "failed": False}, set(), {"phases"})
    assert (on, off) == ({"finished"}, {"failed", "phases"})
    assert kinds.is_wanted("finished", on, off) and not kinds.is_wanted("failed", on, off)
    assert kinds.switched({"failed": True}, on, off) == ({"finished", "failed"}, {"phases"})
    with pytest.raises(Invalid) as refused:
        kinds.switched({"spam": True}, set(), set())
    assert refused.value.complaints[0].place == "kinds.spam"


def test_a_link_to_unsubscribe_is_for_one_reader_and_one_kind() -> None:
    token = unsubscribing.token("key", "u-1", "failed")
    assert unsubscribing.read("key", token) == ("u-1", "failed")
    for forged in (token.replace("u-1", "u-2"), token.replace("failed", "phases"), token[:-1], "", f"{token}x"):
        with pytest.raises(Invalid):
            unsubscribing.read("key", forged)
    with pytest.raises(Invalid):
        unsubscribing.read("other", token)


def test_there_is_no_letter_of_a_kind_that_nobody_can_switch_off() -> None:
    with pytest.raises(AssertionError, match="guests"):
        Letter("guests", Wording("Hello", "text"))
