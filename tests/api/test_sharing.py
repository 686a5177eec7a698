"""Code that participants share: who sees what of it, the list of it, likes, downloads and forks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.store import table
from chalicelib.store.submissions import shared_code, submissions
from chalicelib.store.submissions.shared_code import SharedCode
from tests import builders, judged
from tests.api import phases
from tests.api.books import crashing
from tests.api.conftest import Answer, Person, Site, sender
from tests.api.test_editor import edit

GOOD = {"accuracy": 0.9, "seconds": 3.0}


def publish(person: Person, submission: str, licence: str = "MIT", **said: Any) -> str:
    """Share a submission: its id."""
    answer = person.call("PATCH", f"/submissions/{submission}", {"public": True, "licence": licence, **said})
    assert answer.status == 200, answer.body
    return submission


def listed(site: Site, phase: str, query: str = "", person: Person | None = None) -> list[str]:
    """The ids of what is shared in a phase."""
    found = (person or site).call("GET", f"/phases/{phase}/shared{query}").body["shared"]
    return [one["submission"] for one in found]


def finish(site: Site, submission: str) -> dict[str, Any]:
    """Have it run and finish: its job."""
    job = site.claim(submission, site.runner_token(site.person("root", admin=True))).body
    assert site.finish(job, GOOD).status == 200
    return job  # type: ignore[no-any-return]


def shown(asker: Person | Site, submission: str) -> dict[str, Any]:
    return asker.call("GET", f"/shared/{submission}").body  # type: ignore[no-any-return]


@pytest.fixture
def phase(organizer: Person, ada: Person) -> str:
    """An open phase that ada takes part in."""
    made = phases.competition(organizer)
    phases.join(ada, made)
    return made


def test_what_is_shared_is_seen_by_whoever_sees_the_competition(site: Site, ada: Person, phase: str) -> None:
    mine = phases.score(ada, phase, GOOD)
    assert (listed(site, phase), site.call("GET", f"/shared/{mine}").status) == ([], 404)
    publish(ada, mine, "CC-BY-4.0", description="A try.", method={"code_url": "https://code.example"})
    found = shown(site, mine)
    assert (found["participant"], found["licence"], found["description"]) == ("ada", "CC-BY-4.0", "A try.")
    assert (found["scores"], found["method"]["code_url"]) == (GOOD, "https://code.example")
    assert listed(site, phase) == [mine]
    assert not {"reason", "notes", "steps", "filename"} & set(found)


def test_only_what_has_finished_and_stands_is_shared(site: Site, ada: Person, organizer: Person, phase: str) -> None:
    waiting = publish(ada, phases.score(ada, phase, {}, 1, status="Submitted"))
    marked, withdrawn, hidden = (publish(ada, phases.score(ada, phase, GOOD, minute)) for minute in (2, 3, 4))
    assert organizer.call("PATCH", f"/submissions/{marked}/marks", {"disqualified": True, "reason": "Copied."}).status == 200
    assert organizer.call("DELETE", f"/submissions/{withdrawn}").status == 200
    assert ada.call("PATCH", f"/submissions/{hidden}", {"public": False}).status == 200
    assert listed(site, phase) == []
    for one in (waiting, marked, withdrawn, hidden):
        for asker in (site, ada, organizer):
            assert asker.call("GET", f"/shared/{one}").status == 404
    assert ada.call("PATCH", f"/submissions/{hidden}", {"public": True}).status == 200, "its licence is known"
    assert listed(site, phase) == [hidden]


def test_a_draft_shares_nothing_with_strangers(site: Site, organizer: Person) -> None:
    draft = phases.competition(organizer, published=False)
    mine = publish(organizer, phases.score(organizer, draft, GOOD))
    assert site.person("grace").call("GET", f"/shared/{mine}").status == 404
    assert organizer.call("GET", f"/shared/{mine}").status == 200


@pytest.mark.parametrize(
    ("settings", "seen"),
    [
        ({"is_blind": True}, {}),
        ({"freeze_board_at": phases.NOW - timedelta(hours=2)}, {}),
        ({"is_blind": True, "end": phases.NOW - timedelta(minutes=1)}, {"accuracy": 0.9}),
    ],
)
def test_scores_are_told_as_the_board_tells_them(
    site: Site, organizer: Person, ada: Person, settings: dict[str, Any], seen: dict[str, float]
) -> None:
    board = phases.board(phases.ACCURACY, Column("seconds", "Seconds", 1, "asc", hidden=True))
    phase = phases.competition(organizer, board, phases=(phases.phase(**settings),))
    mine = publish(ada, phases.score(ada, phase, GOOD))
    assert shown(site, mine)["scores"] == shown(site.person("grace"), mine)["scores"] == seen
    assert shown(organizer, mine)["scores"] == GOOD


def test_on_an_anonymous_board_nothing_tells_whose_it_is(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, anonymous_leaderboard=True)
    method = {"code_url": "https://code.example/ada"}
    mine = publish(ada, phases.score(ada, phase, GOOD, filename="ada.zip"), method=method)
    grace = site.person("grace")
    assert (shown(grace, mine)["participant"], shown(grace, mine)["method"]) == (None, {})
    assert "ada" not in grace.call("POST", f"/shared/{mine}/download").body["url"].partition("disposition")[2]
    assert shown(organizer, mine)["participant"] == shown(ada, mine)["participant"] == "ada"


def test_of_the_fact_sheet_only_what_boards_may_tell(site: Site, organizer: Person, ada: Person) -> None:
    def question(key: str, told: str) -> dict[str, Any]:
        facts = {"key": key, "type": "text", "title": key, "selection": ""}
        return facts | {"is_required": "false", "is_on_leaderboard": told}

    sheet = {"model": question("model", "true"), "phone": question("phone", "false")}
    phase = phases.competition(organizer, fact_sheet=sheet)
    mine = publish(ada, phases.score(ada, phase, GOOD), fact_sheet={"model": "trees", "phone": "1234"})
    assert shown(site, mine)["fact_sheet"] == {"model": "trees"}


def test_each_person_counts_as_one_download(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    content = builders.submission("41")
    mine = ada.submit(competition, content).body["id"]
    finish(site, mine)
    publish(ada, mine)
    grace, path = site.person("grace"), f"/shared/{mine}/download"
    for person in (grace, grace, organizer, ada):
        url = person.call("POST", path).body["url"]
    assert sender().get(url).content == content
    assert site.call("POST", path).status == 401
    assert shown(site, mine)["downloads"] == 2, "one's own are not counted"


def test_a_like_counts_once_and_is_taken_back(site: Site, organizer: Person, ada: Person, phase: str) -> None:
    first, second = (publish(ada, phases.score(ada, phase, GOOD, minute)) for minute in (1, 2))
    assert ada.call("POST", f"/shared/{first}/like").status == 403
    grace = site.person("grace")
    for person in (grace, grace, organizer):
        liked = person.call("POST", f"/shared/{first}/like").body
    grace.call("POST", f"/shared/{second}/like")
    assert (liked["likes"], liked["liked"], shown(site, first)["liked"]) == (2, True, False)
    assert (listed(site, phase), listed(site, phase, "?order=likes")) == ([second, first], [first, second])
    for _ in range(2):
        assert grace.call("DELETE", f"/shared/{second}/like").body["likes"] == 0
    assert listed(site, phase, "?order=likes") == [first]


def test_a_like_that_comes_between_another_and_its_place_is_not_lost(
    site: Site, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, real = submissions.find(publish(ada, phases.score(ada, phase, GOOD))), table.read

    def read(*places: table.Place[SharedCode]) -> tuple[SharedCode | None, ...]:
        found = real(*places)
        monkeypatch.setattr(table, "read", real)
        shared_code.like(mine, "second", True)
        return found

    monkeypatch.setattr(table, "read", read)
    shared_code.like(mine, "first", True)
    assert shown(site, mine.id)["likes"] == 2
    assert [row["owner_sk"] for row in site.rows() if row["kind"] == "shared_code"] == [f"000000002-{mine.id}"]


def test_a_deleted_submission_takes_its_likes_along(site: Site, ada: Person, phase: str) -> None:
    mine = publish(ada, phases.score(ada, phase, GOOD))
    site.person("grace").call("POST", f"/shared/{mine}/like")
    assert ada.call("DELETE", f"/submissions/{mine}").status == 200
    assert (listed(site, phase), listed(site, phase, "?order=likes")) == ([], [])
    shared_code.forget(mine)
    assert [row for row in site.rows() if row.get("kind") in ("shared_code", "reader")] == []


def test_the_list_comes_in_pages_of_three_calls(
    site: Site, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.actions.submissions.sharing.PAGE_SIZE", 2)
    ids = [publish(ada, phases.score(ada, phase, GOOD, minute)) for minute in range(3)]
    with crashing(monkeypatch, 100) as calls:
        page = site.call("GET", f"/phases/{phase}/shared").body
    assert len(calls) == 3
    rest = listed(site, phase, f"?cursor={page['next']}")
    assert [one["submission"] for one in page["shared"]] + rest == ids[::-1]


def fork(person: Person, phase: str, source: str, **body: Any) -> Answer:
    return person.call("POST", f"/phases/{phase}/submissions", {"forked_from": source, **body})


def test_a_fork_is_of_what_is_shared_and_tells_where_it_comes_from(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    grace = site.person("grace")
    phases.join(grace, phase)
    first = publish(ada, phases.score(ada, phase, GOOD))
    second = fork(grace, phase, first, upload=grace.upload(builders.submission("43")), name="Better").body
    assert (second["forked_from"], shown(site, first)["forks"]) == (first, 1)
    finish(site, second["id"])
    publish(grace, second["id"])
    third = fork(ada, phase, second["id"]).body["id"]
    finish(site, third)
    publish(ada, third)
    assert shown(site, third)["lineage"] == [
        {"submission": first, "name": "try 0", "participant": "ada", "shared": True},
        {"submission": second["id"], "name": "Better", "participant": "grace", "shared": True},
    ]
    assert ada.call("PATCH", f"/submissions/{first}", {"public": False}).status == 200
    assert shown(site, third)["lineage"][0] == {"submission": first, "name": "", "participant": None, "shared": False}
    assert shown(site, third)["forked_from"] == second["id"]
    assert fork(ada, phase, third).status == 201
    assert shown(site, third)["forks"] == 0, "one's own are not counted"


def test_a_fork_without_a_file_of_its_own_runs_the_same_one_which_outlives_its_source(
    site: Site, organizer: Person, ada: Person
) -> None:
    competition, content = organizer.competition(), builders.submission("41")
    grace = site.person("grace")
    for person in (ada, grace):
        person.join(competition)
    source = ada.submit(competition, content).body["id"]
    finish(site, source)
    publish(ada, source)
    made = fork(grace, competition["phases"][0]["id"], source).body
    assert (made["size_bytes"], made["status"]) == (len(content), "Submitted")
    assert ada.call("DELETE", f"/submissions/{source}").status == 200
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=5))
    assert not [row for row in site.rows() if row["pk"] == f"SUBMISSION#{source}"]
    job = finish(site, made["id"])
    assert sender().get(job["archive"]["url"]).content == content
    assert grace.call("GET", f"/submissions/{made['id']}").body["forked_from"] == source


def test_what_is_not_shared_here_cannot_be_forked(site: Site, organizer: Person, ada: Person, phase: str) -> None:
    elsewhere = publish(ada, phases.score(ada, phases.competition(organizer), GOOD))
    private = phases.score(ada, phase, GOOD, 1)
    grace = site.person("grace")
    phases.join(grace, phase)
    for source in (elsewhere, private, "01jd0000000000000000000000"):
        refused = fork(grace, phase, source)
        assert (refused.status, refused.body["errors"][0]["place"]) == (422, "forked_from")
    nothing = grace.call("POST", f"/phases/{phase}/submissions", {})
    assert (nothing.status, nothing.body["errors"][0]["place"]) == (422, "upload")
    stranger = fork(site.person("stan"), phase, publish(ada, private))
    assert (stranger.status, shown(site, private)["forks"]) == (403, 0)


def test_what_is_shared_in_one_phase_can_be_forked_in_another(site: Site, organizer: Person, ada: Person) -> None:
    first = phases.competition(organizer, phases=(phases.phase(0), phases.phase(1)))
    second = first.removesuffix("0") + "1"
    phases.join(ada, first)
    source = publish(ada, phases.score(ada, first, GOOD))
    made = fork(ada, second, source, upload=ada.upload(builders.submission()))
    assert (made.status, made.body["forked_from"]) == (201, source)
    finish(site, made.body["id"])
    publish(ada, made.body["id"])
    assert [one["shared"] for one in shown(site, made.body["id"])["lineage"]] == [True]


def test_a_fork_costs_as_many_calls_as_any_submission(
    site: Site, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, upload = publish(ada, phases.score(ada, phase, GOOD)), ada.upload(builders.submission())
    with crashing(monkeypatch, 100) as calls:
        assert fork(ada, phase, source, upload=upload).status == 201
    assert calls == ["BatchGetItem", "TransactWriteItems"]


OVER = {"end": phases.NOW - timedelta(minutes=1), "licence_at_end": "CC0-1.0"}


def test_a_phase_shares_all_that_finished_once_it_is_over(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, phases=(phases.phase(**OVER),))
    chosen = publish(ada, phases.score(ada, phase, GOOD, 1))
    all_ = phases.score(ada, phase, GOOD, 2)
    phases.score(ada, phase, {}, 3, status="Failed")
    phases.score(ada, phase, GOOD, 4, migrated_from="another")
    assert listed(site, phase) == [all_, chosen]
    assert (shown(site, all_)["licence"], shown(site, chosen)["licence"]) == ("CC0-1.0", "MIT")
    assert site.person("grace").call("POST", f"/shared/{all_}/like").body["likes"] == 1
    assert listed(site, phase, "?order=likes") == [all_]


def test_until_its_end_a_phase_shares_nothing_by_itself_and_says_what_it_will(
    site: Site, organizer: Person, ada: Person
) -> None:
    phase = phases.competition(organizer, phases=(phases.phase(licence_at_end="CC0-1.0"),))
    phases.score(ada, phase, GOOD)
    assert listed(site, phase) == []
    told = site.call("GET", f"/competitions/{phase.partition('-')[0]}").body["phases"][0]
    assert told["licence_at_end"] == "CC0-1.0"


def test_nobody_gives_away_what_was_submitted_before_they_said_so(organizer: Person, ada: Person) -> None:
    extra = 'agon: {licence_at_end: "MIT"}'
    competition = organizer.competition(end="2031-01-01", phase_extra=extra)
    ada.join(competition)
    assert ada.submit(competition).status == 201
    refused = edit(organizer, competition, "/phases/0", {"agon": {"licence_at_end": "CC0-1.0"}})
    assert (refused.status, "did not know" in refused.body["detail"]) == (409, True)
    update = {"upload": organizer.upload(builders.bundle(phase_extra=extra.replace("MIT", "CC0-1.0")), "bundle")}
    import_ = organizer.call("POST", f"/competitions/{competition['id']}/bundles", update).body
    organizer.site.work()
    done = organizer.call("GET", f"/imports/{import_['id']}").body
    assert "did not know" in done["errors"][0]["message"]
    assert edit(organizer, competition, "/phases/0", {"agon": {"licence_at_end": None}}).status == 200


@pytest.mark.parametrize(("times", "is_shared"), [({}, False), ({"judging_end": "2026-02-01"}, True)])
def test_what_a_jury_judges_without_names_is_not_shared_before_it_is_done(
    site: Site, organizer: Person, ada: Person, times: dict[str, str], is_shared: bool
) -> None:
    """The board tells whose a submission is, and who has its file knows it again among the outputs."""
    competition = organizer.competition(files=judged.files(times=times))
    ada.join(competition)
    mine = publish(ada, ada.submit(competition, judged.story()).body["id"])
    finish(site, mine)
    found = site.call("GET", f"/shared/{mine}").status, listed(site, competition["phases"][0]["id"])
    assert found == ((200, [mine]) if is_shared else (404, []))
