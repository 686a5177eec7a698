"""`agon shared`, and `agon submissions publish`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, phase, submission, takes_uploads


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def shared(**more: Any) -> dict[str, Any]:
    facts = {"submission": "s", "competition": "c", "phase": "c-0", "participant": "ada", "name": "Trees [1]"}
    said = {"description": "Many trees.", "method": {}, "fact_sheet": {}, "scores": {"accuracy": 0.96}, "licence": "MIT"}
    counts = {"likes": 1, "downloads": 2, "forks": 0, "forked_from": None, "liked": False, "mine": False, "lineage": []}
    return {**facts, **said, **counts, "submitted_at": NOW, "size_bytes": 1500, **more}


def test_a_submission_is_shared_under_a_licence_and_no_more(agon):
    agon.api.on("PATCH", "/submissions/s", submission(licence="MIT"))
    ran = agon("submissions", "publish", "s", "--licence", "MIT")
    assert (ran.code, ran.out.strip()) == (0, "s is shared under MIT.")
    assert agon("submissions", "unpublish", "s").code == 0
    bodies = [call.body for call in agon.api.asked("PATCH", "/submissions/s")]
    assert bodies == [{"public": True, "licence": "MIT"}, {"public": False}]


def test_what_is_shared_is_listed_and_shown(agon):
    lineage = [
        {"submission": "r", "name": "", "participant": None, "shared": False},
        {"submission": "q", "name": "Shrubs", "participant": "grace", "shared": True},
    ]
    agon.api.on("GET", "/competitions/c", competition()).on("GET", "/shared/s", shared(lineage=lineage))
    agon.api.on("GET", "/phases/c-0/shared", {"shared": [shared(), shared(submission="t", participant=None)], "next": None})
    ran = agon("shared", "list", "c", "--order", "likes")
    assert "Trees [1]" in ran.out and "anonymous" in ran.out and "0.96" in ran.out
    assert agon.api.asked("GET", "/phases/c-0/shared")[0].query == "order=likes"
    ran = agon("shared", "show", "s")
    assert "1 like · 2 downloads · 0 forks" in ran.out and "Many trees." in ran.out
    assert ran.out.index("From q: Shrubs by grace") < ran.out.index("From r: shared no more")


def test_a_submission_tells_what_it_is_from_and_a_phase_what_it_shares(agon):
    agon.api.on("GET", "/submissions/s", submission(public=True, licence="MIT", forked_from="r"))
    agon.api.on("GET", "/submissions/s/attempts", {"attempts": []})
    ran = agon("submissions", "show", "s")
    assert "Started from r." in ran.out and "Shared under MIT." in ran.out
    agon.api.on("GET", "/competitions/c", competition({**phase(), "licence_at_end": "CC0-1.0"}))
    assert "everybody may have what was submitted, under CC0-1.0" in agon("competitions", "show", "c").out


def test_shared_code_is_fetched_and_liked(agon, tmp_path):
    agon.api.on("POST", "/shared/s/download", {"url": f"{agon.api.address}/storage"}).on("GET", "/storage", None)
    agon.api.on("GET", "/shared/s", shared())
    assert agon("shared", "download", "s", "-o", str(tmp_path / "new")).code == 0
    assert (tmp_path / "new" / "s.zip").exists()
    agon.api.on("POST", "/shared/s/like", shared(likes=2)).on("DELETE", "/shared/s/like", shared())
    assert "2 likes, yours among them." in agon("shared", "like", "s").out
    assert "1 like, none of them yours." in agon("shared", "unlike", "s").out


def test_a_fork_is_handed_in_changed_or_as_it_is(agon, tmp_path):
    takes_uploads(agon.api)
    agon.api.on("GET", "/shared/s", shared()).on("GET", "/competitions/c", competition())
    agon.api.on("POST", "/phases/c-0/submissions", submission("Submitted"), 201)
    mine = tmp_path / "mine.py"
    mine.write_text("pass")
    assert "forked from s" in agon("shared", "fork", "s", str(mine)).out
    assert agon("shared", "fork", "s", "--json").json["status"] == "Submitted"
    bodies = [call.body for call in agon.api.asked("POST", "/phases/c-0/submissions")]
    changed = {"upload": "u", "name": "mine.py", "forked_from": "s"}
    assert bodies == [changed, {"name": "Trees [1]", "forked_from": "s"}]
