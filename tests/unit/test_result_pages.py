"""What a result page shows beside itself, which nobody will see with it."""

import time

import pytest

from runner.result_pages import find_results, missing_beside

NOTE = (
    "page.html shows {}, which are not shown with it: put pictures into the page as data:. "
    "Scripts run for organizers alone, and load nothing."
)


@pytest.fixture
def page(tmp_path):
    def write(text: str):
        (tmp_path / "page.html").write_text(text)
        return tmp_path / "page.html"

    return write


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('<img alt="a" src="plot.png"><img src=results/plot.png><script src=\'static/result.js\'></script>',
         "plot.png, results/plot.png, static/result.js"),
        ('<LINK REL=stylesheet HREF = "style.css"><img\nsrc="a b&amp;c.png"/><img src="style.css">', "style.css, a b&c.png"),
        ('<iframe src="https://other.example/x"></iframe><video poster="p.png">', "https://other.example/x, p.png"),
        ("".join(f"<img src={number}.png>" for number in range(9)), "0.png, 1.png, 2.png, 3.png, 4.png and 4 more"),
    ],
)  # fmt: skip
def test_files_that_a_page_shows_are_named(page, text, names):
    assert missing_beside(page(text)) == NOTE.format(names)


@pytest.mark.parametrize(
    "text",
    [
        '<p>plot.png</p><a href="other.html">more</a>',
        '<img src="data:image/png;base64,iVBORw0KGgo="><img src="data:image/png;base64,' + "A" * 100_000 + '">',
        '<img src="#x"><img><img src=""><script>var src = "x.png"</script>',
        "",
    ],
)
def test_a_page_that_has_all_in_itself_needs_no_note(page, text):
    assert missing_beside(page(text)) == ""


@pytest.mark.parametrize("piece", ["<img ", "<img src=", "<script src='", "<!--", "src = ", "<img " + " " * 1900])
def test_a_page_is_read_in_a_moment_however_odd_it_is(page, piece):
    written = page((piece * (2**20 // len(piece) + 1))[: 2**20])
    began = time.thread_time()
    missing_beside(written)
    assert time.thread_time() - began < 5


def test_a_result_that_is_not_kept_is_told_by_its_own_reason(tmp_path):
    (tmp_path / "results").mkdir()
    for name in ("plot.png", "results/plot.png", "bad name.png"):
        (tmp_path / name).write_text("x")
    found, notes = find_results(tmp_path)
    assert set(found) == {"plot.png"}
    assert notes == [
        "The result bad name.png stands in the output alone: its name has other letters than A-Z, 0-9, . _ -, or too many.",
        "The result results/plot.png stands in the output alone: plot.png has its name.",
    ]
    for number in range(60):
        (tmp_path / f"{number:02}.csv").write_text("x")
    assert any(note.endswith("there are more than 50.") for note in find_results(tmp_path)[1])
