"""The search among 10,000 competitions, beside a look through their texts one by one, and what it costs in calls.

Timed are the reading of a catalogue from its object, its making anew, and searches in it; calls are counted on moto, of
searches in catalogues of several sizes.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from benchmarks.report import quantile, show
from chalicelib.actions.discovery import searching, snapshots
from chalicelib.actions.discovery.snapshots import CatalogueVersion
from chalicelib.domain.discovery.catalogue import Catalogue, CatalogueEntry, Sort, Sought, words_of

SIZE, CALL_SIZES = 10_000, (10, 10_000)
WORDS, DESCRIPTION_WORDS = 20_000, 60
QUERIES = 200
NOW = datetime(2026, 11, 29, tzinfo=UTC)
#: Milliseconds of the slowest of twenty searches, and of reading the whole object once; calls; bytes of the object.
MOST_SEARCH_MS, MOST_READ_MS, MOST_CALLS, MOST_BYTES = 60.0, 1500.0, 2, 4 * 1024**2


def main() -> None:
    """Measure, show, and stop with an error when a limit is exceeded."""
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 10))) for _ in range(WORDS)]
    texts = [_texts(chance, vocabulary) for _ in range(SIZE)]
    catalogue = Catalogue.of(
        {id_: _entry(id_, *text, chance) for id_, text in zip(map(_id, range(SIZE)), texts, strict=True)}
    )
    content = snapshots.written(catalogue)
    read_ms = _ms(lambda: snapshots.read(content))
    remade_ms = _ms(lambda: Catalogue.of(catalogue.by_id()))
    asked = [_query(chance, texts) for _ in range(QUERIES)]
    searches = [_ms(lambda text=text: catalogue.search(Sought(text), int(NOW.timestamp()), None, 25)) for text in asked]
    whole = [_ms(lambda sort=sort: catalogue.search(Sought(sort=sort), int(NOW.timestamp()), None, 25)) for sort in Sort]
    plain = [_ms(lambda text=text: _look_through(texts, text)) for text in asked[:20]]
    slowest, calls = quantile(searches, 0.95), _calls(catalogue)
    result = {
        "search_ms_p50": round(quantile(searches, 0.5), 3),
        "search_ms_p95": round(slowest, 3),
        "plain_ms_p50": round(quantile(plain, 0.5), 3),
        "order_ms": round(max(whole), 3),
        "read_ms": round(read_ms, 1),
        "remade_ms": round(remade_ms, 1),
        "bytes": len(content),
        "calls": {str(size): count for size, count in calls.items()},
    }
    table = [
        ("a search, the median (ms)", quantile(searches, 0.5), "", quantile(plain, 0.5)),
        ("a search, 95 of 100 (ms)", slowest, MOST_SEARCH_MS, quantile(plain, 0.95)),
        ("all of them in an order (ms)", max(whole), "", ""),
        ("to read the object, once after a change (ms)", read_ms, MOST_READ_MS, ""),
        ("to make the catalogue anew (ms)", remade_ms, "", ""),
        ("bytes of the object", len(content), MOST_BYTES, ""),
        *((f"calls of a search, {size:,} competitions", count, MOST_CALLS, "") for size, count in calls.items()),
    ]
    show(f"A search among {SIZE:,} competitions", ("", "Agon", "at most", "one by one"), table, result)
    if slowest > MOST_SEARCH_MS or read_ms > MOST_READ_MS or max(calls.values()) > MOST_CALLS or len(content) > MOST_BYTES:
        raise SystemExit("Over the limit.")


def _id(number: int) -> str:
    return f"{number:026d}"


def _texts(chance: random.Random, vocabulary: list[str]) -> tuple[str, list[str], str, str]:
    """A title, tags, an organizer and a description; few words are frequent, as in any language."""

    def some(count: int) -> list[str]:
        return [vocabulary[int(WORDS * chance.random() ** 4)] for _ in range(count)]

    return " ".join(some(5)), some(3), chance.choice(vocabulary), " ".join(some(DESCRIPTION_WORDS))


def _entry(id_: str, title: str, tags: list[str], organizer: str, description: str, chance: random.Random) -> CatalogueEntry:
    ends_at = int(NOW.timestamp()) + chance.randint(-(10**7), 10**7)
    words = words_of(title, tags, organizer, description)
    return CatalogueEntry(id_, chance.randrange(10**9), 0, ends_at, chance.randrange(10**4), False, False, words)


def _query(chance: random.Random, texts: list[tuple[str, list[str], str, str]]) -> str:
    """One to three words of a competition, the last of them not typed to its end."""
    words = chance.sample(chance.choice(texts)[0].split(), chance.randint(1, 3))
    return " ".join([*words[:-1], words[-1][: max(2, len(words[-1]) - 2)]])


def _look_through(texts: list[tuple[str, list[str], str, str]], text: str) -> list[int]:
    """Every text taken to its words and compared, as one would without a catalogue, once all texts are there."""
    sought = text.split()
    found = []
    for at, (title, tags, organizer, description) in enumerate(texts):
        there = words_of(title, tags, organizer, description)
        if all(any(word.startswith(one) for word in there) for one in sought):
            found.append(at)
    return found


def _ms(verb: Callable[[], object]) -> float:
    began = time.perf_counter()
    verb()
    return 1000 * (time.perf_counter() - began)


def _calls(catalogue: Catalogue) -> dict[int, int]:
    """The AWS calls of a search, by how many competitions there are. No row is there, so what is asked for is not found."""
    from benchmarks.counting import Counter

    entries, calls = catalogue.by_id(), {}
    with _site():
        for size in CALL_SIZES:
            some = Catalogue.of(dict(list(entries.items())[:size]))
            assert snapshots.replace(CatalogueVersion(some, snapshots.current().etag), some)
            with Counter().counting() as count:
                searching.list_some(Sought(sort=Sort.POPULAR), False, False, None, None, NOW)
                calls[size] = count.calls
    return calls


@contextmanager
def _site() -> Iterator[None]:
    """A site on moto, in this process."""
    from moto import mock_aws

    from tests.api import conftest

    machine = {**conftest._machine_environment(""), "POWERTOOLS_LOG_LEVEL": "ERROR"}
    os.environ.update({name: value for name, value in machine.items() if "ENDPOINT" not in name})
    with mock_aws():
        os.environ.update(conftest._function_environment(conftest._deploy()))
        yield


if __name__ == "__main__":
    main()
