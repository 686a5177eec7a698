"""Threads as people read them: the list, a page of one; pinning, locking and marking the answer."""

from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.events import acts
from chalicelib.actions.forum.entrance import Visitor, check_post, check_thread, enter
from chalicelib.domain.forum import pages
from chalicelib.domain.forum.pages import PageOf
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import threads
from chalicelib.store.forum.subscriptions import Subscription
from chalicelib.store.forum.threads import Post, Thread
from chalicelib.store.people.participants import Participant
from chalicelib.store.writes import Composer

PAGE_SIZE = 50
_MOVED = say("thread_changes", "Others write in this thread at this moment. Load it again, then repeat your change.")


def list_all(competition_id: str, account: Account | None, before: str | None) -> responses.Threads:
    """One page of a forum: two calls. Raises NotFound."""
    (found,) = table.read(Competition.at(competition_id))
    competition = enter(found, account).competition
    page, following = threads.newest(competition.id, before, PAGE_SIZE)
    return responses.Threads([answer_of(thread) for thread in page], following)


def show(competition_id: str, thread_id: str, wanted: PageOf, account: Account | None) -> responses.ThreadPage:
    """One page of a thread: a call, and another one where the newest posts come first. Raises NotFound."""
    user = account.id if account else ""
    place = Thread.at(competition_id, thread_id)
    theirs = (Participant.at(competition_id, user), Subscription.at(competition_id, thread_id, user)) if user else ()
    guessed = (Post.at(competition_id, thread_id, number) for number in pages.guessed(wanted))
    found = table.read_all([Competition.at(competition_id), place, *theirs, *guessed])
    member = found.get(Participant.at(competition_id, user))
    visitor = enter(found.get(Competition.at(competition_id)), account, member)
    thread = check_thread(found.get(place))
    numbers = pages.numbers_of(wanted, int(thread.posts))
    places = [Post.at(competition_id, thread_id, number) for number in numbers]
    there = found if pages.guessed(wanted) else table.read_all(places)
    subscription = found.get(Subscription.at(competition_id, thread_id, user))
    return responses.ThreadPage(
        thread=answer_of(thread),
        posts=[_post(post, thread, visitor) for place in places if (post := there.get(place))],
        page=pages.page_of(wanted, int(thread.posts)),
        pages=pages.pages(int(thread.posts)),
        subscribed=bool(subscription and subscription.active),
        may_post=visitor.may_post(thread),
    )


def mark(
    competition_id: str, thread_id: str, body: requests.MarkThread, account: Account, now: datetime
) -> responses.Thread:
    """Pin, lock, or say what answers: two calls. Raises NotFound, NotAllowed, Conflict."""
    places = Competition.at(competition_id), Thread.at(competition_id, thread_id)
    member = Participant.at(competition_id, account.id)
    answer = Post.at(competition_id, thread_id, body.answer or 0)

    def attempt() -> responses.Thread:
        found = table.read_all([*places, member, answer])
        visitor, thread = enter(found.get(places[0]), account, found.get(member)), check_thread(found.get(places[1]))
        changes = _changes(body, visitor, thread)
        post = check_post(found.get(answer)) if body.answer else None
        also = _told(thread, body, visitor, account, now)
        threads.mark(thread, changes, post, "answer" in body.model_fields_set, also)
        return answer_of(thread, changes, body)

    return writes.retried(attempt, Conflict(_MOVED))


def _told(thread: Thread, body: requests.MarkThread, visitor: Visitor, account: Account, now: datetime) -> Composer:
    """An entry of what an organizer says of a thread. What its author says is theirs, and not kept."""
    if not visitor.organizes:
        return writes.nothing
    said = {"thread": thread.id, **body.model_dump(include=body.model_fields_set)}
    entry = acts.made(thread.competition, "thread_marked", account, now, participant=thread.username, after=said)
    return audit.along(entry)


def answer_of(
    thread: Thread, changes: dict[str, bool] | None = None, body: requests.MarkThread | None = None
) -> responses.Thread:
    """A thread as everybody reads it, with what was changed of it just now."""
    has_other = body is not None and "answer" in body.model_fields_set
    answer = body.answer if body and has_other else thread.answer
    return responses.Thread(
        id=thread.id,
        competition=thread.competition,
        title=thread.title,
        by=thread.username,
        created_at=thread.created_at,
        posts=int(thread.posts),
        deleted=int(thread.deleted),
        last_at=thread.last_at,
        last_by=thread.last_username,
        pinned=bool((changes or {}).get("pinned", thread.pinned)),
        locked=bool((changes or {}).get("locked", thread.locked)),
        answer=None if answer is None else int(answer),
    )


def _changes(body: requests.MarkThread, visitor: Visitor, thread: Thread) -> dict[str, bool]:
    """What a body changes for whom. Raises Invalid for nothing, NotAllowed for who may not."""
    said = {name: value for name, value in (("pinned", body.pinned), ("locked", body.locked)) if value is not None}
    if not body.model_fields_set:
        raise Invalid(
            say("thread_change_what", "Say what is to change."),
            [Complaint("body", say("thread_change_shape", "Write pinned, locked or answer."))],
        )
    if said and not visitor.organizes:
        raise NotAllowed(say("moderate_as_organizer", "Only organizers pin and lock threads."))
    visitor.check_may_post()
    is_author = visitor.account is not None and thread.user == visitor.account.id
    if "answer" in body.model_fields_set and not (visitor.organizes or is_author):
        raise NotAllowed(say("answer_of_others", "Who has begun this thread says what answers it, or an organizer does."))
    return said


def _post(post: Post, thread: Thread, visitor: Visitor) -> responses.ForumPost:
    return responses.ForumPost(
        number=int(post.number),
        by=post.username,
        by_organizer=bool(post.by_organizer),
        text=post.text or "",
        mentions=sorted(post.mentions or {}),
        created_at=post.created_at,
        edited_at=post.edited_at,
        deleted_at=post.deleted_at,
        deleted_by=post.deleted_by,  # type: ignore[arg-type]
        is_answer=thread.answer is not None and int(thread.answer) == int(post.number),
        mine=visitor.has_written(post),
    )
