"""Rules of forums: pages by place, mentions, rates, words that are looked for."""

import json
from datetime import UTC, datetime

import pytest

from chalicelib.contract import limits
from chalicelib.domain.forum import mentions, pages, rates, searching
from chalicelib.domain.forum.pages import NEWEST, PAGE_SIZE, PageOf
from chalicelib.domain.forum.rates import Rate
from chalicelib.errors import NotFound, QuotaExceeded

NOW = datetime(2026, 3, 1, 23, 59, 30, tzinfo=UTC)


@pytest.mark.parametrize("posts", [1, PAGE_SIZE, PAGE_SIZE + 1, 10 * PAGE_SIZE - 1])
@pytest.mark.parametrize("order", pages.ORDERS)
def test_the_pages_of_a_thread_have_each_post_once_and_in_order(posts: int, order: str) -> None:
    numbers = [
        number for page in range(1, pages.pages(posts) + 1) for number in pages.numbers_of(PageOf(order, page), posts)
    ]
    assert numbers == sorted(range(1, posts + 1), reverse=order == NEWEST)


@pytest.mark.parametrize("order", pages.ORDERS)
def test_each_post_is_on_the_page_that_its_number_leads_to(order: str) -> None:
    posts = 3 * PAGE_SIZE - 7
    for post in range(1, posts + 1):
        assert post in pages.numbers_of(PageOf(order, post=post), posts)


def test_what_is_read_before_the_count_is_known_covers_the_page() -> None:
    for wanted in (PageOf(), PageOf(page=3), PageOf(post=PAGE_SIZE), PageOf(post=PAGE_SIZE + 1)):
        assert set(pages.numbers_of(wanted, 10 * PAGE_SIZE)) <= set(pages.guessed(wanted))
    assert not pages.guessed(PageOf(NEWEST))


@pytest.mark.parametrize("wanted", [PageOf(page=3), PageOf(post=0), PageOf(post=51), PageOf(NEWEST, post=51)])
def test_a_page_that_is_not_there_is_not_found(wanted: PageOf) -> None:
    with pytest.raises(NotFound):
        pages.numbers_of(wanted, 50)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ada and @bob-2, @ada again", ("ada", "bob-2")),
        ("ends with @ada.", ("ada",)),
        ("(@ada) [@bob](x) **@eve**", ("ada", "bob", "eve")),
        ("ada@example.org, a/@ada, @@ada, @x", ()),
        ("`@ada` and\n```python\n@dataclass\nclass A: pass\n```\n@bob", ("bob",)),
        ("```\n@ada never closed", ()),
        ("nobody", ()),
    ],
)
def test_mentions_are_names_outside_of_code(text: str, names: tuple[str, ...]) -> None:
    assert mentions.names_in(text) == names


def test_a_post_calls_so_many_and_no_more() -> None:
    names = mentions.names_in(" ".join(f"@user{number}" for number in range(100)))
    assert len(names) == limits.MAX_MENTIONS


def test_mentions_of_a_hostile_text_are_found_in_time() -> None:
    for text in ("`" * 10_000, "```" * 3_333, "@" * 10_000, "@a." * 3_333, "` @a" * 2_500):
        assert len(mentions.names_in(text)) <= limits.MAX_MENTIONS


def test_a_rate_counts_by_the_minute_and_the_day_and_says_when_it_goes_on() -> None:
    rate = Rate()
    for _ in range(limits.MAX_POSTS_A_MINUTE):
        rate = rates.counted(rate, NOW)
    with pytest.raises(QuotaExceeded) as refused:
        rates.counted(rate, NOW)
    assert refused.value.next_attempt_at == datetime(2026, 3, 2, tzinfo=UTC)
    other_day = rates.counted(rate, datetime(2026, 3, 2, tzinfo=UTC))
    assert (other_day.in_minute, other_day.in_day) == (1, 1)
    full = Rate("2026-03-01T23:00", 0, "2026-03-01", limits.MAX_POSTS_A_DAY)
    with pytest.raises(QuotaExceeded) as refused:
        rates.counted(full, NOW)
    assert refused.value.next_attempt_at == datetime(2026, 3, 2, tzinfo=UTC)


def test_an_excerpt_begins_shortly_before_what_was_looked_for() -> None:
    words = searching.words_of("STRASSE")
    text = "x" * 500 + " in der Straße steht es " + "y" * 500
    assert "in der Straße steht" in searching.excerpt(text, words)
    assert searching.excerpt("A line.\n\nAnother.", words) == "A line. Another."
    assert len(searching.excerpt(text, words)) < 220


def test_the_longest_history_and_page_are_one_answer_still() -> None:
    """Lambda answers 6 MB at most, with each letter beyond ASCII written out and escaped once more."""
    letter = len(json.dumps(json.dumps("\N{GRINNING FACE}"))) - len(json.dumps(json.dumps("")))
    longest = letter * limits.MAX_POST_CHARACTERS
    assert max(limits.MAX_POST_VERSIONS, pages.PAGE_SIZE) * longest < 5_500_000
