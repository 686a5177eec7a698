"""Searching a forum: each page looks through its newest posts so far, by two calls, however few are found."""

from chalicelib import responses
from chalicelib.actions.forum.entrance import enter
from chalicelib.domain.forum import searching
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Invalid, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import threads
from chalicelib.store.forum.threads import Post, Thread

PAGE_SIZE = 25
#: So many are looked through for one page, fewer where they are long (1 MB).
LOOKED_THROUGH = 500


def find(competition_id: str, query: str, account: Account | None, before: str | None) -> responses.FoundPosts:
    """One page of the posts in which all words of a query stand, newest first. Raises NotFound, Invalid."""
    words = searching.words_of(query)
    if not words:
        enter(*table.read(Competition.at(competition_id)), account)
        raise Invalid(
            say("search_for_what", "Say what to look for."),
            [Complaint("search", say("search_a_word", "Write at least one word."))],
        )
    there, following = threads.newest_posts(competition_id, before, LOOKED_THROUGH)
    found = [post for post in there if searching.has_all(words, post.title or "", post.text or "")]
    if len(found) > PAGE_SIZE:
        found, following = found[:PAGE_SIZE], found[PAGE_SIZE - 1].id
    places = [Thread.at(competition_id, post.thread) for post in found]
    known = table.read_all([Competition.at(competition_id), *places])
    enter(known.get(Competition.at(competition_id)), account)
    titled = [(post, known.get(place)) for post, place in zip(found, places, strict=True)]
    return responses.FoundPosts([_told(post, thread, words) for post, thread in titled if thread], following)


def _told(post: Post, thread: Thread, words: tuple[str, ...]) -> responses.FoundPost:
    excerpt = searching.excerpt(post.text or "", words)
    return responses.FoundPost(thread.id, thread.title, int(post.number), post.username, post.created_at, excerpt)
