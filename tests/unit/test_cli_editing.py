"""`agon competitions add`, `remove`, `terms`, `logo`, `unpublish`; slugs on the command line; `agon account forgot`."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, phase

SETTINGS = {"revision": 4, "settings": {}, "effects": []}
LOSES = {
    "phase": "c-0",
    "name": "Main",
    "rows": 3,
    "appear": 0,
    "disappear": 2,
    "change": 0,
    "unscored": 0,
    "is_complete": True,
}
CARD = {"title": "Iris", "organizer": "olga", "published": True, "ends_at": NOW, "participants": 3}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/competitions/iris/settings", SETTINGS)
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


@pytest.mark.parametrize(
    ("part", "said", "body"),
    [
        ("phases", ["name=Final", "start=2027-01-01"], {"name": "Final", "start": "2027-01-01"}),
        ("/leaderboards/0/columns/", ["key=f1", "precision=3"], {"key": "f1", "precision": 3}),
    ],
)
def test_a_part_is_added_after_a_look_at_what_it_does(agon, part, said, body):
    path = f"/competitions/iris/settings/{part.strip('/')}"
    agon.api.on("POST", path, SETTINGS | {"settings": {"phases": [{}, {}], "leaderboards": [{"columns": [{}, {}]}]}})
    ran = agon("competitions", "add", "iris", part, *said)
    assert (ran.code, ran.out) == (0, f"Added {part.strip('/')}/1 of iris.\n"), "By that it is changed and removed."
    preview, done = agon.api.asked("POST", path)
    assert (preview.query, done.query) == ("preview=true", "confirmed=true")
    assert preview.body == done.body == body and done.headers["if-match"] == '"4"'


def test_a_page_is_added_with_the_text_of_a_file(agon, tmp_path):
    (tmp_path / "rules.md").write_text("# Rules\nü", encoding="utf-8")
    agon.api.on("POST", "/competitions/iris/settings/pages", SETTINGS | {"settings": {"pages": [{}]}})
    assert agon("competitions", "add", "iris", "pages", "title=Rules", "--text", str(tmp_path / "rules.md")).code == 0
    body = agon.api.asked("POST", "/competitions/iris/settings/pages")[1].body
    assert body == {"title": "Rules", "content": "# Rules\nü", "format": "markdown"}


@pytest.mark.parametrize("part", ["pages/1", "leaderboards/0/columns/2"])
def test_a_part_is_removed(agon, part):
    agon.api.on("DELETE", f"/competitions/iris/settings/{part}", SETTINGS)
    ran = agon("competitions", "remove", "iris", part)
    assert (ran.code, ran.out) == (0, f"{part} of iris is removed.\n")
    assert len(agon.api.asked("DELETE", f"/competitions/iris/settings/{part}")) == 2


def test_what_boards_lose_is_told_and_asked_about(agon):
    path = "/competitions/iris/settings/leaderboards/0/columns/1"
    agon.api.on("DELETE", path, {**SETTINGS, "effects": [{**LOSES, "lost": [{"key": "f1", "submissions": 7}]}]})
    ran = agon("competitions", "remove", "iris", "leaderboards/0/columns/1", stdin="n\n")
    assert (ran.code, len(agon.api.asked("DELETE", path))) == (1, 1)
    assert "f1" in ran.said


@pytest.mark.parametrize("part", ["leaderboards/0/rows", "a/b/columns/0/x", "leaderboards/0/columns/1/../.."])
def test_what_is_no_part_is_not_asked_for(agon, part):
    ran = agon("competitions", "remove", "iris", part)
    assert (ran.code, "is no part" in ran.said) == (1, True)
    assert [one.method for one in agon.api.requests] == ["GET"]


def test_a_part_that_somebody_typed_leads_to_no_other_route(agon):
    agon("competitions", "remove", "iris", "pages?x=/..%2f0")
    assert {one.path for one in agon.api.requests if one.method == "DELETE"} <= {
        "/competitions/iris/settings/pages%3Fx%3D/..%252f0"
    }


def test_terms_and_a_logo_come_from_files(agon, tmp_path):
    (tmp_path / "terms.html").write_text("<p>Fair.</p>")
    (tmp_path / "logo.PNG").write_bytes(b"\x89PNG")
    agon.api.on("PATCH", "/competitions/iris/terms", SETTINGS).on("PATCH", "/competitions/iris/logo", SETTINGS)
    assert agon("competitions", "terms", "iris", str(tmp_path / "terms.html")).code == 0
    assert agon("competitions", "logo", "iris", str(tmp_path / "logo.PNG")).code == 0
    (terms,), (logo,) = (agon.api.asked("PATCH", f"/competitions/iris/{what}") for what in ("terms", "logo"))
    assert (terms.body, terms.headers["if-match"]) == ({"content": "<p>Fair.</p>", "format": "html"}, '"4"')
    assert logo.body == {"content": base64.b64encode(b"\x89PNG").decode(), "format": "png"}


@pytest.mark.parametrize(
    ("verb", "name", "content", "said"),
    [
        ("terms", "terms.docx", b"x", "Send one of .md"),
        ("terms", "terms.md", b"\xff\xfe\xff", "not written in UTF-8"),
        ("terms", "absent.md", None, "cannot be read"),
        ("logo", "logo.bmp", b"x", "Send one of png"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_what_to_send(agon, tmp_path, verb, name, content, said):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = agon("competitions", verb, "iris", str(tmp_path / name))
    assert (ran.code, said in ran.said) == (1, True), ran.err
    assert not [one for one in agon.api.requests if one.method == "PATCH"]


def test_a_competition_is_hidden_again(agon):
    agon.api.on("POST", "/competitions/iris/unpublish", competition() | {"published": False})
    ran = agon("competitions", "unpublish", "iris")
    assert (ran.code, "is a draft again" in ran.out) == (0, True)


def test_lists_and_pages_tell_slugs_and_ids_only_where_a_site_has_none(agon):
    cards = [{"id": "01" + "a" * 24, "slug": "iris-2027", **CARD}, {"id": "01" + "b" * 24, **CARD}]
    agon.api.on("GET", "/competitions", {"competitions": cards, "next": None})
    listed = agon("competitions", "list").out
    assert "iris-2027" in listed and "01" + "b" * 24 in listed and "01" + "a" * 24 not in listed
    agon.api.on("GET", "/competitions/iris-2027", competition(phase("0", "open")) | {"slug": "iris-2027"})
    assert "iris-2027-0" in agon("competitions", "show", "iris-2027").out


def test_a_forgotten_password_is_set_anew_with_the_mailed_code(agon):
    for path in ("/accounts/password/forgot", "/accounts/password/reset", "/accounts/resend"):
        agon.api.on("POST", path, {"username": "ada"}, 202)
    assert "agon account reset ada CODE" in agon("account", "forgot", "ada").out
    assert agon("account", "reset", "ada", "123456", "--password-stdin", stdin="a new long password\n").code == 0
    assert "--code CODE" in agon("account", "resend", "ada").out
    (reset,) = agon.api.asked("POST", "/accounts/password/reset")
    assert reset.body == {"username": "ada", "code": "123456", "password": "a new long password"}


RANKING = {
    "phase": "c-0",
    "name": "Main",
    "columns": [{"key": "f1", "title": "F1", "sorting": "desc", "precision": 2}],
    "rows": [
        {"rank": 1, "was": 2, "participant": "grace", "scores": {"f1": 0.8}},
        {"rank": None, "was": 1, "participant": "ada", "scores": {}},
    ],
    "count": 3,
}


def test_the_first_rows_are_told_as_they_would_be_ranked_before_a_column_is_changed(agon):
    path = "/competitions/iris/settings/leaderboards/0/columns/1"
    agon.api.on("PATCH", path, {**SETTINGS, "ranking": RANKING})
    ran = agon("competitions", "edit", "iris", "sorting=asc", "--part", "leaderboards/0/columns/1", stdin="n\n")
    assert (ran.code, len(agon.api.asked("PATCH", path))) == (1, 1)
    told = [line.split() for line in ran.err.splitlines() if line.startswith("  ")]
    assert told == [["1", "grace", "0.8,", "now", "2"], ["–", "ada", "–,", "now", "1"], ["and", "1", "row", "more"]]


def test_a_competition_is_deleted_by_its_slug_typed(agon):
    agon.api.on("GET", "/competitions/iris", competition(phase()))
    agon.api.on("DELETE", "/competitions/iris", {})
    ran = agon("competitions", "delete", "iris", stdin="iris-2027\n")
    assert ran.code == 0, ran.err
    assert "participants" in ran.err and "to delete it for good" in ran.err
    assert agon.api.asked("DELETE", "/competitions/iris")[0].query == "slug=iris-2027"
    assert agon("competitions", "delete", "iris", "--confirm", "iris-2027").code == 0
    assert len(agon.api.asked("DELETE", "/competitions/iris")) == 2


def test_a_competition_is_archived_and_taken_out_again(agon):
    path = "/competitions/iris/settings"
    agon.api.on("PATCH", path, SETTINGS)
    assert "is archived." in agon("competitions", "archive", "iris").out
    assert "no more" in agon("competitions", "archive", "iris", "--no-more").out
    done, undone = agon.api.asked("PATCH", path)
    assert (done.body, undone.body) == ({"agon": {"archived": True}}, {"agon": {"archived": False}})
    assert done.headers["if-match"] == "*"
