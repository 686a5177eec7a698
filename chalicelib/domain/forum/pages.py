"""Pages of a thread: its posts stand at places that never move, so a page is the places that it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.errors import NotFound, say

#: Posts of a page: the longest ones together stay below what a function may answer (6 MB), each letter written as `\uxxxx`.
PAGE_SIZE = 25
OLDEST, NEWEST = "oldest", "newest"
ORDERS = (OLDEST, NEWEST)


@dataclass(frozen=True)
class PageOf:
    """Choice of a page: the one of a number, from 1, or with a `post` the one where that stands."""

    order: str = OLDEST
    page: int = 1
    post: int | None = None


def numbers_of(wanted: PageOf, posts: int) -> Sequence[int]:
    """The numbers of the posts on a page of a thread with so many, in their order. Raises NotFound for a page beyond."""
    page = page_of(wanted, posts)
    if page > 1 and page > pages(posts):
        raise NotFound(say("no_thread_page", "The thread has no such page. Begin with the first one."))
    passed = (page - 1) * PAGE_SIZE
    if wanted.order == NEWEST:
        return range(posts - passed, max(0, posts - passed - PAGE_SIZE), -1)
    return range(passed + 1, min(posts, passed + PAGE_SIZE) + 1)


def page_of(wanted: PageOf, posts: int) -> int:
    """The number of the wanted page. Raises NotFound for a post that is not there."""
    if wanted.post is None:
        return wanted.page
    if not 1 <= wanted.post <= posts:
        raise NotFound(say("no_post_number", "The thread has no such post. They are numbered from 1."))
    passed = posts - wanted.post if wanted.order == NEWEST else wanted.post - 1
    return _page_at(passed)


def guessed(wanted: PageOf) -> Sequence[int]:
    """The numbers that a page has at most, for who does not know how many posts there are; none where that must be known."""
    if wanted.order == NEWEST:
        return range(0)
    page = wanted.page if wanted.post is None else _page_at(wanted.post - 1)
    return range((page - 1) * PAGE_SIZE + 1, page * PAGE_SIZE + 1)


def pages(posts: int) -> int:
    """Number of pages."""
    return -(-posts // PAGE_SIZE)


def _page_at(passed: int) -> int:
    """The page of what stands behind so many."""
    return max(0, passed) // PAGE_SIZE + 1
