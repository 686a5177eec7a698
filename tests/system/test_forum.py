"""A forum on the deployed stack, with IAM enforced and real races: posts reach inboxes by the tasks function."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests.stack import eventually


@pytest.fixture
def competition(ada: Client, grace: Client, compete: Callable[..., dict[str, Any]]) -> str:
    return str(compete(ada, grace)["id"])


def test_a_question_is_answered_and_everybody_concerned_is_told(
    organizer: Client, ada: Client, grace: Client, stranger: Client, competition: str
) -> None:
    thread = ada.begin_thread(competition, "How is it scored?", "By $F_1$, or accuracy?")["thread"]
    reply = organizer.reply(competition, thread, "By accuracy, @grace.")
    organizer.mark_thread(competition, thread, answer=reply["number"], pinned=True)
    found = grace.thread(competition, thread)
    assert [post["text"] for post in found["posts"]] == ["By $F_1$, or accuracy?", "By accuracy, @grace."]
    assert (found["thread"]["answer"], found["thread"]["pinned"], found["posts"][1]["by_organizer"]) == (2, True, True)

    def told(person: Client) -> list[tuple[str, int]]:
        return [(one["why"], one["number"]) for one in person.inbox() if one["thread"] == thread]

    eventually(lambda: told(ada), lambda seen: seen == [("reply", 2)])
    eventually(lambda: told(grace), lambda seen: seen == [("mention", 2)])
    eventually(lambda: told(organizer), lambda seen: seen == [("thread", 1)])
    assert [one["number"] for one in grace.find_posts(competition, "ACCURACY")] == [2, 1]
    with pytest.raises(ProblemError, match="Join it first"):
        stranger.reply(competition, thread, "Me too.")
    report = stranger.report_post(competition, thread, 1, "Off topic.")["id"]
    organizer.decide_report(competition, report, "deleted", "It is.")
    assert [post["text"] for post in ada.thread(competition, thread)["posts"]] == ["", "By accuracy, @grace."]


def test_many_who_post_at_the_same_moment_have_a_place_each(
    organizer: Client, ada: Client, grace: Client, competition: str
) -> None:
    thread = ada.begin_thread(competition, "All at once", "Go!")["thread"]
    people = (organizer, ada, grace)
    with ThreadPoolExecutor(len(people)) as executor:
        made = list(executor.map(lambda person: person.reply(competition, thread, "Here."), people))
    assert sorted(one["number"] for one in made) == [2, 3, 4]
    assert ada.thread(competition, thread)["thread"]["posts"] == 4


def test_what_is_announced_is_read_by_all_who_take_part(organizer: Client, ada: Client, competition: str) -> None:
    made = organizer.announce(competition, "New data", "Fetch **it** again.")
    assert made["id"] in [one["id"] for one in ada.my_announcements()]
    organizer.withdraw_announcement(competition, made["id"])
    assert made["id"] not in [one["id"] for one in ada.my_announcements()]
