"""`agon judge` and `agon jurors`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, phase

CRITERIA = [
    {"key": "clarity", "title": "Is it clear?", "description": "", "lowest": 1, "highest": 5, "weight": 1},
    {"key": "style", "title": "Is it nice?", "description": "5 is a joy.", "lowest": 1, "highest": 5, "weight": 1},
]
JUROR = {"user": "u1", "username": "Juno", "status": "active", "invited_by": "olga", "invited_at": NOW}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition(phase(0, "closed", judged=True), phase(1)))
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def case(
    agon: CommandLine, kind: str = "rubric", text: str = "Once upon a time.", name: str = "story.txt"
) -> dict[str, Any]:
    outputs = 1 if kind == "rubric" else 2
    agon.api.on("GET", "/storage/text", text)
    files = [
        {"name": name, "kind": "text", "size_bytes": len(text), "url": f"{agon.api.address}/storage/text"},
        {"name": "big.bin", "kind": "other", "size_bytes": 10**8, "url": None},
    ]
    criteria = CRITERIA if kind == "rubric" else []
    head = {"id": "c-0-k", "phase": "c-0", "task": "Write", "kind": kind, "guidelines": "Read twice."}
    rest = {"criteria": criteria, "outputs": [{"files": files}] * outputs, "judgement": None, "held_until": NOW}
    return head | rest


def queue(agon: CommandLine, *cases: dict[str, Any] | None) -> None:
    for done, one in enumerate(cases):
        answer = {"case": one, "done": done, "made": 4, "wanted": 9, "ends_at": None}
        agon.api.on("GET", "/phases/c-0/judging/next", answer)
    agon.api.on("POST", "/judging/c-0-k", {"case": "c-0-k"}).on("POST", "/judging/c-0-k/pass", {})


def test_a_juror_reads_a_text_and_gives_marks(agon):
    queue(agon, case(agon), None)
    ran = agon("judge", "c", stdin="5\n2\nNice.\n")
    assert ran.code == 0
    for words in ("Read twice.", "Once upon a time.", "5 is a joy.", "the jury with 4 of 9", "big.bin: 100.0 MB, too large"):
        assert words in ran.out
    assert agon.api.asked("POST", "/judging/c-0-k")[0].body == {"marks": {"clarity": 5, "style": 2}, "comment": "Nice."}
    assert "You are done with 1. There is nothing to judge now." in ran.said


def test_a_mark_off_the_scale_is_asked_for_again(agon):
    queue(agon, case(agon), None)
    ran = agon("judge", "c", stdin="9\nfive\n5\n1\n\n")
    assert ran.said.count("none of the answers") == 2
    assert agon.api.asked("POST", "/judging/c-0-k")[0].body["marks"] == {"clarity": 5, "style": 1}


@pytest.mark.parametrize(("key", "preferred"), [("1", "first"), ("2", "second"), ("=", "equal")])
def test_a_juror_compares_two(agon, key, preferred):
    queue(agon, case(agon, "pairwise"), None)
    ran = agon("judge", "c", stdin=f"{key}\n\n")
    assert "Output 1" in ran.out and "Output 2" in ran.out
    assert agon.api.asked("POST", "/judging/c-0-k")[0].body == {"preferred": preferred, "comment": ""}


def test_a_juror_passes_over_and_stops(agon):
    queue(agon, case(agon), case(agon))
    assert agon("judge", "c", stdin="p\nq\n").code == 0
    assert len(agon.api.asked("POST", "/judging/c-0-k/pass")) == 1
    assert not agon.api.asked("POST", "/judging/c-0-k")


def test_a_strangers_text_cannot_steer_the_terminal(agon):
    queue(agon, case(agon, text="\x1b[2Jgone [bold]\x07"), None)
    ran = agon("judge", "c", stdin="q\n")
    assert "\x1b" not in ran.out and "\x07" not in ran.out and "gone [bold]" in ran.out


def test_a_file_is_kept_inside_the_folder_whatever_it_is_called(agon, tmp_path):
    queue(agon, case(agon, name="../../../evil.txt"))
    ran = agon("judge", "c", "--folder", str(tmp_path / "kept"), stdin="q\n")
    assert ran.code == 1 and "outside" in ran.said and not (tmp_path / "evil.txt").exists()
    agon.api.replies.clear()
    agon.api.on("GET", "/competitions/c", competition(phase(judged=True)))
    queue(agon, case(agon, name="a/b.txt"))
    agon("judge", "c", "--folder", str(tmp_path / "kept"), stdin="q\n")
    assert (tmp_path / "kept/c-0-k/1/a/b.txt").read_text() == "Once upon a time."


def test_for_scripts_the_next_case_is_printed_and_nothing_asked(agon):
    queue(agon, case(agon))
    assert agon("judge", "c", "--json").json["case"]["id"] == "c-0-k"


def test_without_a_target_ones_juries_are_listed(agon):
    agon.api.on("GET", "/juries", {"juries": [], "next": None})
    assert "Nobody has asked you" in agon("judge").said
    agon.api.replies["GET", "/juries"] = []
    jury = {"competition": "c", "title": "Stories", "organizer": "olga", "status": "active"}
    agon.api.on("GET", "/juries", {"juries": [jury], "next": None})
    assert "Stories" in agon("judge").out
    assert agon("judge", "--json").json == {"juries": [jury]}


def test_an_organizer_invites_several_at_once(agon):
    agon.api.on("POST", "/competitions/c/jurors", JUROR, 201)
    ran = agon("jurors", "add", "c", "juno", "jack")
    assert "agon judge c" in ran.out
    assert [one.body["username"] for one in agon.api.asked("POST", "/competitions/c/jurors")] == ["juno", "jack"]


def test_jurors_go_by_their_names(agon):
    agon.api.on("GET", "/competitions/c/jurors", {"jurors": [JUROR]})
    agon.api.on("PATCH", "/competitions/c/jurors/u1", JUROR | {"status": "excluded"}).on(
        "DELETE", "/competitions/c/jurors/u1", {}
    )
    assert "Juno" in agon("jurors", "list", "c").out
    assert "do not count" in agon("jurors", "exclude", "c", "juno").out
    assert "count again" in agon("jurors", "include", "c", "juno").out
    bodies = [one.body["status"] for one in agon.api.asked("PATCH", "/competitions/c/jurors/u1")]
    assert bodies == ["excluded", "active"]
    assert "off the jury" in agon("jurors", "remove", "c", "juno").out
    unknown = agon("jurors", "remove", "c", "jane")
    assert unknown.code == 1 and "agon jurors list c" in unknown.said


def test_progress_has_agreement_submissions_and_jurors(agon):
    task = {"task": "0", "name": "Write", "kind": "rubric", "column": "quality", "judgements_per_submission": 3, "made": 5}
    shown = {
        "submission": "s1",
        "participant": "ada",
        "task": "0",
        "state": "ready",
        "problem": "",
        "judgements": 3,
        "score": 0.75,
    }
    broken = shown | {"submission": "s2", "participant": "bob", "state": "broken", "problem": "No zip.", "score": None}
    juror = {"user": "u1", "username": "juno", "status": "active", "judgements": 5, "last_judged_at": NOW}
    found = {"phase": "c-0", "published": False, "jurors": [juror]}
    found |= {"starts_at": NOW, "ends_at": "2026-12-05T23:59:59Z"}
    found |= {"tasks": [task | {"agreement": {"": 0.8123, "clarity": None}}], "submissions": [shown, broken]}
    agon.api.on("GET", "/phases/c-0/judging", found)
    ran = agon("jurors", "progress", "c")
    for words in ("in all 0.81", "clarity –", "ada", "0.750", "No zip.", "juno"):
        assert words in ran.out
    assert "Judging: from 2026-11-23 12:00 UTC until 2026-12-05 23:59:59 UTC" in ran.out
    assert agon("jurors", "progress", "c", "--json").json == found


def test_scores_are_published_and_hidden(agon):
    agon.api.on("POST", "/phases/c-0/judging/publish", {"phase": "c-0", "published": True})
    agon.api.on("POST", "/phases/c-0/judging/unpublish", {"phase": "c-0", "published": False})
    assert "are on the leaderboard" in agon("jurors", "publish", "c").out
    assert "hidden" in agon("jurors", "publish", "c", "--take-back").out


def test_a_competition_that_nobody_judges_says_so(agon):
    agon.api.replies.clear()
    agon.api.on("GET", "/competitions/c", competition())
    assert "judged by people" in agon("judge", "c").said
