"""The catalogue: what published competitions are found by, and the search in it.

A competition is found when each word that is looked for is one of its words or begins one. A word's score is that of the
best place where it stands (`WEIGHTS`), twice as much where the whole word stands there; the scores of words are added up.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from heapq import nsmallest

from chalicelib.domain.discovery.words import words

#: What a word counts for, by where it stands.
WEIGHTS: Mapping[str, int] = {"title": 8, "tags": 4, "organizer": 4, "description": 1}
#: Different words of one competition that it is found by, those of the title first.
MAX_WORDS = 300
#: Words that are looked for at once.
MAX_SOUGHT = 10
#: Numbers in a rank are below this: seconds since 1970, and the most that sums of scores and participants come to.
_MOST = 10**11


class Sort(StrEnum):
    """The order in which competitions are told, the newest first where two are equal."""

    RELEVANCE = "relevance"
    RECENT = "recent"
    POPULAR = "popular"
    ENDING = "ending"


@dataclass(frozen=True)
class CatalogueEntry:
    """A competition in the catalogue. Times are seconds since 1970, `ends_at` None where it never ends."""

    id: str
    published_at: int
    starts_at: int
    ends_at: int | None
    participants: int
    has_reward: bool
    is_featured: bool
    words: Mapping[str, int]
    is_archived: bool = False

    def is_open(self, now: int) -> bool:
        """True between its beginning and its end."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True)
class Sought:
    """The wish of somebody who searches. `sort` None is by relevance where there is a `text`, else the newest first.

    `is_archived` None: whether they are archived or not.
    """

    text: str = ""
    is_open: bool = False
    has_reward: bool = False
    is_featured: bool = False
    sort: Sort | None = None
    is_archived: bool | None = False

    @property
    def order(self) -> Sort:
        """The order in which they are told."""
        return self.sort or (Sort.RELEVANCE if self.text.strip() else Sort.RECENT)

    @property
    def everything(self) -> bool:
        """True when nothing is left out and no order is asked for."""
        return not (
            self.text.strip() or self.is_open or self.has_reward or self.is_featured or self.sort or self.is_archived
        )

    def includes(self, entry: CatalogueEntry, now: int) -> bool:
        """True for what passes all that is asked but the text."""
        return (
            (entry.has_reward or not self.has_reward)
            and (entry.is_featured or not self.is_featured)
            and (not self.is_open or entry.is_open(now))
            and self.is_archived in (None, entry.is_archived)
        )


@dataclass(frozen=True)
class Cursor:
    """The place where a list goes on: behind the competition `id`, which had this rank."""

    rank: int
    id: str

    def __str__(self) -> str:
        return f"{self.rank}-{self.id}"

    @classmethod
    def read(cls, text: str | None) -> "Cursor | None":
        """The inverse of `str`; None for what is none."""
        rank, _, id_ = (text or "").partition("-")
        return cls(int(rank), id_) if rank.isascii() and rank.isdecimal() and id_ else None


@dataclass(frozen=True)
class Catalogue:
    """All entries, the newest id first, and where each word stands: position of an entry, score, position, score…"""

    entries: Sequence[CatalogueEntry]
    postings: Mapping[str, Sequence[int]]
    #: The words in their order, for those that begin alike.
    vocabulary: Sequence[str] = field(default_factory=list)

    @classmethod
    def of(cls, entries: Mapping[str, CatalogueEntry]) -> "Catalogue":
        """A catalogue of some entries, by their ids."""
        ordered = [entries[id_] for id_ in sorted(entries, reverse=True)]
        postings: dict[str, list[int]] = {}
        for position, entry in enumerate(ordered):
            for word, score in entry.words.items():
                postings.setdefault(word, []).extend((position, score))
        return cls(ordered, postings, sorted(postings))

    def by_id(self) -> dict[str, CatalogueEntry]:
        """The entries with their words, of which a catalogue is made again."""
        found: list[dict[str, int]] = [{} for _ in self.entries]
        for word, standing in self.postings.items():
            for at, score in zip(standing[::2], standing[1::2], strict=True):
                found[at][word] = score
        return {entry.id: replace(entry, words=own) for entry, own in zip(self.entries, found, strict=True)}

    def search(self, sought: Sought, now: int, after: Cursor | None, limit: int) -> tuple[list[str], Cursor | None]:
        """The ids of one page, and where the next one begins; None behind the last."""
        found = self._ranked(sought, now)
        if after is not None:
            found = (one for one in found if self._is_behind(one, after))
        page = nsmallest(limit + 1, found)
        following = [Cursor(rank, self.entries[at].id) for rank, at in page[limit - 1 : limit]]
        return [self.entries[at].id for _, at in page[:limit]], following[0] if len(page) > limit else None

    def _ranked(self, sought: Sought, now: int) -> Iterator[tuple[int, int]]:
        """Rank and position of each that is looked for."""
        order, scores = sought.order, self._scores(sought.text)
        positions = range(len(self.entries)) if scores is None else scores
        for at in positions:
            entry = self.entries[at]
            if sought.includes(entry, now):
                yield _rank(entry, order, now, scores[at] if scores else 0), at

    def _is_behind(self, one: tuple[int, int], after: Cursor) -> bool:
        rank, at = one
        return rank > after.rank or (rank == after.rank and self.entries[at].id < after.id)

    def _scores(self, text: str) -> dict[int, int] | None:
        """The scores of what has all words of a text, by position; None where none is looked for."""
        sought = list(dict.fromkeys(words(text)))[:MAX_SOUGHT]
        if not sought:
            return {} if text.strip() else None
        scores = self._scores_of(sought[0])
        for word in sought[1:]:
            more = self._scores_of(word)
            scores = {at: score + more[at] for at, score in scores.items() if at in more}
        return scores

    def _scores_of(self, sought: str) -> dict[int, int]:
        scores: dict[int, int] = {}
        begin = bisect_left(self.vocabulary, sought)
        for place in range(begin, len(self.vocabulary)):
            word = self.vocabulary[place]
            if not word.startswith(sought):
                break
            factor, found = 2 if word == sought else 1, self.postings[word]
            for at, score in zip(found[::2], found[1::2], strict=True):
                scores[at] = max(scores.get(at, 0), factor * score)
        return scores


def words_of(title: str, tags: Sequence[str], organizer: str, description: str) -> dict[str, int]:
    """The words of a competition, with what each counts for: as much as in the best place where it stands."""
    places = {"title": title, "tags": " ".join(tags), "organizer": organizer, "description": description}
    found: dict[str, int] = {}
    for place, text in places.items():
        for word in words(text):
            if word in found or len(found) < MAX_WORDS:
                found[word] = max(found.get(word, 0), WEIGHTS[place])
    return found


def _rank(entry: CatalogueEntry, order: Sort, now: int, score: int) -> int:
    """What comes first has the least."""
    if order is Sort.RELEVANCE:
        return _MOST - score
    if order is Sort.POPULAR:
        return _MOST - entry.participants
    if order is Sort.RECENT:
        return _MOST - entry.published_at
    # Those that end, soonest first; those that never do; those that have ended, the last one first.
    if entry.ends_at is None:
        return _MOST
    return entry.ends_at if now < entry.ends_at else 3 * _MOST - entry.ends_at
