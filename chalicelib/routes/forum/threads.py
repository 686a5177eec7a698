"""Threads of a competition's forum, and their posts."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.forum import posting, subscriptions, threads
from chalicelib.actions.forum import search as finding
from chalicelib.domain.forum.pages import OLDEST, ORDERS, PageOf
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PAGE = parameters.page("The page, from 1.")
_POST = parameters.whole_number("post", "The number of a post: the page on which it stands, instead of `page`.")
_ORDER = parameters.choice("order", "Which posts come first.", ORDERS, OLDEST)
_REASON = parameters.line("reason", "Of an organizer: why, for the audit log.", 1000)
_SEARCH = parameters.line("search", "Words of a post or a title, in any order, whatever their case and accents.", 200)
_THREADS = "/v1/competitions/{competition}/threads"
_THREAD = f"{_THREADS}/{{thread}}"
_POSTS = f"{_THREAD}/posts"
_NUMBERED = f"{_POSTS}/{{post}}"


@routes.get(_THREADS, access=Access.ANYONE, answer=responses.Threads, query=(CURSOR,))
def list_all(call: Call[None], competition: str) -> responses.Threads:
    """List a competition's threads: the pinned ones, then those in which somebody wrote last."""
    return threads.list_all(competition, call.visitor, call.asked(CURSOR))


@routes.post(
    _THREADS,
    body=requests.NewThread,
    access=Access.SIGNED_IN,
    answer=responses.Written,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def begin(call: Call[requests.NewThread], competition: str) -> responses.Written:
    """Begin a thread, as a participant or an organizer."""
    return posting.begin(competition, call.body, call.account, call.now)


@routes.get(_THREAD, access=Access.ANYONE, answer=responses.ThreadPage, query=(_PAGE, _POST, _ORDER))
def show(call: Call[None], competition: str, thread: str) -> responses.ThreadPage:
    """Show a thread and one page of its posts."""
    wanted = PageOf(call.asked(_ORDER), call.asked(_PAGE), call.asked(_POST))
    return threads.show(competition, thread, wanted, call.visitor)


@routes.patch(
    _THREAD,
    body=requests.MarkThread,
    access=Access.SIGNED_IN,
    answer=responses.Thread,
    errors=(Conflict, NotAllowed),
)
def mark(call: Call[requests.MarkThread], competition: str, thread: str) -> responses.Thread:
    """Pin or lock a thread, as an organizer; say which post answers it, as its author too."""
    return threads.mark(competition, thread, call.body, call.account, call.now)


@routes.post(
    _POSTS,
    body=requests.NewPost,
    access=Access.SIGNED_IN,
    answer=responses.Written,
    status=201,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def reply(call: Call[requests.NewPost], competition: str, thread: str) -> responses.Written:
    """Write in a thread, as a participant or an organizer."""
    return posting.reply(competition, thread, call.body, call.account, call.now)


@routes.patch(
    _NUMBERED,
    body=requests.ChangePost,
    access=Access.SIGNED_IN,
    answer=responses.Written,
    errors=(Conflict, NotAllowed, QuotaExceeded),
)
def change(call: Call[requests.ChangePost], competition: str, thread: str, post: str) -> responses.Written:
    """Change what your post says. What it said before stays readable to you and the organizers."""
    return posting.change(competition, thread, post, call.body, call.account, call.now)


@routes.delete(
    _NUMBERED,
    access=Access.SIGNED_IN,
    answer=responses.Empty,
    query=(_REASON,),
    errors=(Conflict, NotAllowed),
)
def delete(call: Call[None], competition: str, thread: str, post: str) -> responses.Empty:
    """Delete your post, or anybody's as an organizer, with all that it said before."""
    return posting.delete(competition, thread, post, call.asked(_REASON), call.account, call.now)


@routes.get(f"{_NUMBERED}/history", access=Access.SIGNED_IN, answer=responses.PostHistory, errors=(NotAllowed,))
def history(call: Call[None], competition: str, thread: str, post: str) -> responses.PostHistory:
    """Tell what a post said before it was changed, to its author and the organizers."""
    return posting.history(competition, thread, post, call.account)


@routes.get(
    "/v1/competitions/{competition}/posts", access=Access.ANYONE, answer=responses.FoundPosts, query=(_SEARCH, CURSOR)
)
def search(call: Call[None], competition: str) -> responses.FoundPosts:
    """Find the posts of a competition's forum in which all of some words stand, newest first."""
    return finding.find(competition, call.asked(_SEARCH), call.visitor, call.asked(CURSOR))


@routes.post(f"{_THREAD}/subscription", access=Access.SIGNED_IN, answer=responses.Subscribed)
def subscribe(call: Call[None], competition: str, thread: str) -> responses.Subscribed:
    """Be told of a thread's new posts."""
    return subscriptions.subscribe(competition, thread, True, call.account, call.now)


@routes.delete(f"{_THREAD}/subscription", access=Access.SIGNED_IN, answer=responses.Subscribed)
def unsubscribe(call: Call[None], competition: str, thread: str) -> responses.Subscribed:
    """Be told of a thread's new posts no more, whatever you write there."""
    return subscriptions.subscribe(competition, thread, False, call.account, call.now)
