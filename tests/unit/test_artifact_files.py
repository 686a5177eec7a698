"""What jurors see of an archive."""

import pytest

from chalicelib.domain.judging.artifact_files import (
    MAX_FILE_BYTES,
    MAX_FILES,
    POLICY,
    Member,
    chosen,
    content_type_of,
    kind_of,
    made_safe,
    too_large,
)


@pytest.mark.parametrize(
    ("name", "kind", "content_type"),
    [
        ("answer.TXT", "text", "text/plain; charset=utf-8"),
        ("table.csv", "text", "text/plain; charset=utf-8"),
        ("script.js", "text", "text/plain; charset=utf-8"),
        ("figures/a.PNG", "image", "image/png"),
        ("drawing.svg", "image", "image/svg+xml"),
        ("report.html", "html", "text/html; charset=utf-8"),
        ("model.bin", "other", "application/octet-stream"),
        ("README", "other", "application/octet-stream"),
    ],
)
def test_a_files_name_tells_how_it_is_shown(name, kind, content_type):
    assert (kind_of(name), content_type_of(name)) == (kind, content_type)


def test_files_are_shown_by_their_names_without_folders_and_litter():
    names = ["b.txt", "a/", "a/c.txt", ".DS_Store", "__MACOSX/b.txt", "a/.hidden/x.txt"]
    assert [one.name for one in chosen(Member(name, 1) for name in names)] == ["a/c.txt", "b.txt"]
    assert len(chosen(Member(f"{number}.txt", 1) for number in range(200))) == MAX_FILES


def test_what_is_too_large_alone_or_together_is_named():
    big, fits = Member("big.png", MAX_FILE_BYTES + 1), [Member(f"{at}.png", MAX_FILE_BYTES) for at in range(6)]
    assert too_large([big, *fits]) == {"big.png", "5.png"}


def test_a_page_gets_a_policy_before_anything_of_its_own():
    page = made_safe("a.html", b"<html><head><script>steal()</script>")
    assert page.startswith(b"<!doctype html>") and page.index(POLICY.encode()) < page.index(b"<script>")


@pytest.mark.parametrize(
    "leads_away",
    [
        b'<meta http-equiv="refresh" content="0; url=https://elsewhere.example">',
        b"<META HTTP-EQUIV=refresh CONTENT='0;https://elsewhere.example'>",
        b'<svg><foreignObject><meta\n/Http-Equiv="ref&#114;esh" content="0;//elsewhere.example"></foreignObject></svg>',
    ],
)
def test_no_page_leads_its_reader_elsewhere(leads_away):
    shown = made_safe("a.html", b"<p>Scores.</p>" + leads_away).decode()
    assert shown.lower().replace("data-http-equiv", "").count("http-equiv") == 1
    assert "Scores." in shown


def test_a_text_becomes_utf_8_and_all_else_stays_as_it_is():
    assert made_safe("a.txt", "\ufeffgr\u00fcn".encode()) == "gr\u00fcn".encode()
    assert made_safe("a.txt", b"gr\xfcn").decode() == "gr\ufffdn"
    assert made_safe("a.png", b"\xff\xfe") == b"\xff\xfe"
