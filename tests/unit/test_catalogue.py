"""The catalogue: which competitions a search finds, and in which order."""

import pytest

from chalicelib.domain.discovery.catalogue import MAX_WORDS, Catalogue, CatalogueEntry, Cursor, Sort, Sought, words_of
from chalicelib.domain.discovery.words import words

NOW = 1_000_000


def entry(id_: str, title: str = "", **more: object) -> CatalogueEntry:
    texts = {name: str(more.pop(name, "")) for name in ("organizer", "description")}
    tags: list[str] = more.pop("tags", [])  # type: ignore[assignment]
    default = {"published_at": 0, "starts_at": 0, "ends_at": None, "participants": 0}
    flags = {"has_reward": False, "is_featured": False}
    return CatalogueEntry(id_, **{**default, **flags, **more}, words=words_of(title, tags, **texts))  # type: ignore[arg-type]


def found(entries: list[CatalogueEntry], text: str = "", **wanted: object) -> list[str]:
    catalogue = Catalogue.of({one.id: one for one in entries})
    return catalogue.search(Sought(text, **wanted), NOW, None, 100)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café-Größe", ["cafe", "grosse"]),
        ("ÉLÈVE  l'été", ["eleve", "l", "ete"]),
        ("Łódź Smørrebrød", ["lodz", "smorrebrod"]),
        ("İstanbul", ["istanbul"]),
        ("COVID-19, 3D_scan", ["covid", "19", "3d", "scan"]),
        ("画像 data", ["画", "像", "data"]),
        ("ＷＩＤＥ ﬁsh", ["wide", "fish"]),
        (" \t!?", []),
    ],
)
def test_words_are_folded(text: str, folded: list[str]) -> None:
    assert list(words(text)) == folded


def test_each_word_that_is_looked_for_begins_a_word() -> None:
    entries = [entry("a", "Flower classes"), entry("b", "Flour", description="classy"), entry("c", "Sunflower class")]
    assert found(entries, "FLO cla") == ["a", "b"]
    assert found(entries, "flower") == ["a"]
    assert found(entries, "flower trees") == []


def test_what_is_no_word_finds_nothing() -> None:
    assert found([entry("a", "Flowers")], " !? ") == []


def test_the_title_counts_most_and_a_whole_word_twice() -> None:
    entries = [
        entry("a", "Sea", description="tides"),
        entry("b", "Sea", tags=["tides"]),
        entry("c", "Tides of the sea"),
        entry("d", "Tide"),
    ]
    assert found(entries, "tide") == ["d", "c", "b", "a"]


def test_of_equals_the_newest_comes_first() -> None:
    assert found([entry("a", "Tide"), entry("c", "Tide"), entry("b", "Tide")], "tide") == ["c", "b", "a"]


def test_orders() -> None:
    entries = [
        entry("a", "Tide", published_at=3, participants=5, ends_at=NOW + 9),
        entry("b", "Tide", published_at=1, participants=9, ends_at=NOW - 9),
        entry("c", "Tide", published_at=2, participants=5),
        entry("d", "Tide", published_at=0, participants=0, ends_at=NOW + 1),
        entry("e", "Tide", published_at=0, participants=0, ends_at=NOW - 1),
    ]
    assert found(entries, sort=Sort.RECENT) == ["a", "c", "b", "e", "d"]
    assert found(entries, sort=Sort.POPULAR) == ["b", "c", "a", "e", "d"]
    assert found(entries, sort=Sort.ENDING) == ["d", "a", "c", "e", "b"]


def test_filters() -> None:
    entries = [
        entry("a", starts_at=NOW, ends_at=NOW + 1, has_reward=True),
        entry("b", starts_at=NOW + 1),
        entry("c", ends_at=NOW, is_featured=True),
        entry("d", is_featured=True),
    ]
    assert found(entries, is_open=True) == ["d", "a"]
    assert found(entries, has_reward=True) == ["a"]
    assert found(entries, is_featured=True) == ["d", "c"]
    assert found(entries, is_featured=True, is_open=True) == ["d"]


@pytest.mark.parametrize("sort", [None, *Sort])
@pytest.mark.parametrize("text", ["", "tide"])
def test_pages_have_each_once_and_in_order(sort: Sort | None, text: str) -> None:
    some = [
        entry(f"{n:02}", "Tide " * (n % 3), participants=n % 4, published_at=n % 5, ends_at=NOW + n % 7 - 3)
        for n in range(40)
    ]
    catalogue, wanted = Catalogue.of({one.id: one for one in some}), Sought(text, sort=sort)
    whole, after = catalogue.search(wanted, NOW, None, 100)
    assert after is None and len(whole) == (40 if not text else 26)
    pages: list[str] = []
    page, at = catalogue.search(wanted, NOW, None, 7)
    while at is not None:
        pages += page
        page, at = catalogue.search(wanted, NOW, Cursor.read(str(at)), 7)
    assert [*pages, *page] == whole


def test_a_page_goes_on_where_it_was_although_others_came() -> None:
    some = [entry(id_, participants=1) for id_ in "bdfh"]
    page, after = Catalogue.of({one.id: one for one in some}).search(Sought(sort=Sort.POPULAR), NOW, None, 2)
    more = [*some, entry("g", participants=1), entry("i", participants=9), entry("c", participants=1)]
    rest, _ = Catalogue.of({one.id: one for one in more}).search(Sought(sort=Sort.POPULAR), NOW, after, 9)
    assert (page, rest) == (["h", "f"], ["d", "c", "b"])


@pytest.mark.parametrize("text", ["", "a", "1", "-a", "1-", "x-a", "²-a"])
def test_what_is_no_cursor_is_none(text: str) -> None:
    assert Cursor.read(text) is None


def test_a_catalogue_is_made_again_of_its_entries() -> None:
    entries = {one.id: one for one in (entry("a", "Flower tide", tags=["x y"]), entry("b", "Tide", description="flower"))}
    assert Catalogue.of(entries).by_id() == entries


def test_the_words_of_a_long_description_have_an_end_and_those_of_the_title_stay() -> None:
    many = words_of("zebra", [], "", " ".join(f"w{n}" for n in range(1000)) + " zebra")
    assert len(many) == MAX_WORDS and many["zebra"] == 8
