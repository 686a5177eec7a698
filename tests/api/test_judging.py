"""/phases/{phase}/judging and /judging/{case}: from what stands on the board to a column of it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml

from benchmarks.counting import Counter
from chalicelib.actions.background.sweep import sweep
from chalicelib.actions.judging import scoring
from chalicelib.store.judging import cases
from tests import builders, judged
from tests.api.conftest import Answer, Person, Post, Site, sender
from tests.api.congestion import congest

BEST = {"clarity": 5, "style": 10}
WORST = {"clarity": 1, "style": 0}


class Contest:
    """A judged competition with scored submissions and a jury."""

    def __init__(self, site: Site, organizer: Person, admin: Person, **bundle: Any):
        self.site, self.organizer, self.admin = site, organizer, admin
        self.competition = organizer.competition(files=judged.files(**bundle))
        self.phase = self.competition["phases"][0]["id"]
        self.runner = site.runner_token(admin)

    def juror(self, name: str) -> Person:
        person = self.site.person(name)
        invited = self.organizer.call(
            "POST", f"/competitions/{self.competition['id']}/jurors", {"username": person.username}
        )
        assert invited.status == 201, invited
        return person

    def submit(self, person: Person, content: bytes | None = None) -> str:
        person.join(self.competition)
        id_ = str(person.submit(self.competition, content or judged.story(f"By {person.username}.")).body["id"])
        job = self.site.claim(id_, self.runner).body
        assert self.site.finish(job, {"accuracy": 0.5, "seconds": 1.0}).status == 200
        self.work()
        return id_

    def work(self) -> None:
        while self.site.work():
            pass

    def next(self, juror: Person) -> Answer:
        return juror.call("GET", f"/phases/{self.phase}/judging/next")

    def case(self, juror: Person) -> dict[str, Any]:
        answer = self.next(juror)
        assert answer.status == 200, answer
        return answer.body["case"]

    def judge(self, juror: Person, **decision: Any) -> Answer:
        """Judge whatever comes next."""
        answer = juror.call("POST", f"/judging/{self.case(juror)['id']}", decision)
        assert answer.status == 200, answer
        return answer

    def progress(self) -> dict[str, Any]:
        return self.organizer.call("GET", f"/phases/{self.phase}/judging").body

    def scores(self) -> dict[str, Any]:
        """The judged column, by participant."""
        self.work()
        board = self.site.call("GET", f"/phases/{self.phase}/leaderboard").body
        return {row["participant"]: row["scores"]["quality"] for row in board["rows"]}


@pytest.fixture
def contest(site: Site, organizer: Person, admin: Person) -> Contest:
    return Contest(site, organizer, admin)


def text_of(case: dict[str, Any], output: int = 0) -> str:
    file = next(one for one in case["outputs"][output]["files"] if one["name"] == "story.txt")
    return sender().get(file["url"]).text


# What a juror gets


def test_a_juror_gets_an_output_without_a_name(contest: Contest, site: Site) -> None:
    author = site.person("somebody-unmistakable")  # Three letters may stand in a signature by chance.
    submission, juno = contest.submit(author, judged.story()), contest.juror("juno")
    answer = contest.next(juno)
    case = answer.body["case"]
    assert (case["kind"], case["task"], case["guidelines"]) == ("rubric", "Guess", "Read *twice*.")
    assert [(one["key"], one["lowest"], one["highest"]) for one in case["criteria"]] == [("clarity", 1, 5), ("style", 0, 10)]
    told = json.dumps(answer.body)
    assert not [name for name in (author.username, author.id, submission, submission[:10]) if name in told]
    kinds = {file["name"]: file["kind"] for file in case["outputs"][0]["files"]}
    assert kinds == {"story.txt": "text", "page.html": "html", "figures/a.png": "image", "model.bin": "other"}


def test_the_files_open_as_what_they_are_and_a_page_can_do_nothing(contest: Contest, ada: Person) -> None:
    contest.submit(ada, judged.story("Hello."))
    files = {file["name"]: file["url"] for file in contest.case(contest.juror("juno"))["outputs"][0]["files"]}
    text, page = sender().get(files["story.txt"]), sender().get(files["page.html"])
    assert (text.text, text.headers["content-type"]) == ("Hello.", "text/plain; charset=utf-8")
    assert page.text.startswith('<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')
    assert "attachment" in sender().get(files["model.bin"]).headers["content-disposition"]


def test_the_same_case_comes_until_it_is_judged(contest: Contest, ada: Person, site: Site) -> None:
    contest.submit(ada)
    contest.submit(site.person("grace"))
    juno = contest.juror("juno")
    first = contest.case(juno)["id"]
    assert contest.case(juno)["id"] == first
    contest.judge(juno, marks=BEST)
    assert contest.case(juno)["id"] != first


def test_a_busy_table_is_told_as_busy_and_not_as_another_jurors_haste(
    contest: Contest, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    case = contest.case(juno)["id"]
    with monkeypatch.context() as patch:
        congest(patch)
        assert juno.call("POST", f"/judging/{case}", {"marks": BEST}).status == 503
    assert juno.call("POST", f"/judging/{case}", {"marks": BEST}).status == 200


def test_nobody_judges_their_own(contest: Contest, ada: Person, site: Site) -> None:
    contest.submit(ada)
    contest.submit(site.person("grace"))
    contest.juror("ada")
    assert text_of(contest.case(ada)) == "By grace."
    contest.judge(ada, marks=BEST)
    assert contest.case(ada) is None


def test_each_output_goes_to_so_many_jurors_and_no_more(contest: Contest, ada: Person) -> None:
    contest.submit(ada)
    jurors = [contest.juror(name) for name in ("juno", "jack", "jill")]
    assert [contest.case(juror) is not None for juror in jurors] == [True, True, False]


def test_what_has_fewer_judgements_comes_first(contest: Contest, ada: Person, site: Site) -> None:
    contest.submit(ada)
    juno, jack = contest.juror("juno"), contest.juror("jack")
    contest.judge(juno, marks=BEST)
    contest.submit(site.person("grace"))
    assert text_of(contest.case(jack)) == "By grace."


def test_a_case_that_lies_about_too_long_goes_to_somebody_else(contest: Contest, ada: Person) -> None:
    contest.submit(ada)
    juno, jack, jill = (contest.juror(name) for name in ("juno", "jack", "jill"))
    assert contest.case(juno) and contest.case(jack) and contest.case(jill) is None
    sweep(datetime.now(UTC) + timedelta(hours=1))
    assert contest.case(jill)


def test_a_late_judgement_still_counts(contest: Contest, ada: Person) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    case = contest.case(juno)["id"]
    sweep(datetime.now(UTC) + timedelta(hours=1))
    assert juno.call("POST", f"/judging/{case}", {"marks": BEST}).status == 200
    assert contest.progress()["tasks"][0]["made"] == 1


def test_a_juror_passes_over_what_they_cannot_judge(contest: Contest, ada: Person) -> None:
    contest.submit(ada)
    juno, jack, jill = (contest.juror(name) for name in ("juno", "jack", "jill"))
    assert juno.call("POST", f"/judging/{contest.case(juno)['id']}/pass").status == 200
    assert contest.case(juno) is None
    assert contest.case(jack) and contest.case(jill)


def test_a_better_submission_takes_the_place_of_the_former_one(contest: Contest, ada: Person, site: Site) -> None:
    contest.submit(ada, judged.story("First."))
    juno = contest.juror("juno")
    first = contest.case(juno)
    assert text_of(first) == "First."
    job = site.claim(ada.submit(contest.competition, judged.story("Second.")).body["id"], contest.runner).body
    site.finish(job, {"accuracy": 0.9, "seconds": 1.0})
    contest.work()
    assert juno.call("POST", f"/judging/{first['id']}", {"marks": BEST}).status == 404
    assert text_of(contest.case(juno)) == "Second."


def test_what_cannot_be_shown_is_told_to_organizers(contest: Contest, ada: Person) -> None:
    contest.submit(ada, builders.archive({".hidden": "x"}))
    assert contest.case(contest.juror("juno")) is None
    [shown] = contest.progress()["submissions"]
    assert (shown["state"], shown["participant"]) == ("broken", "ada") and "nothing in it" in shown["problem"]


# What a juror says


@pytest.mark.parametrize(
    "body",
    [{}, {"marks": {"clarity": 5}}, {"marks": {**BEST, "clarity": 6}}, {"marks": {**BEST, "wit": 1}}]
    + [{"marks": {**BEST, "clarity": 2.5}}, {"marks": BEST, "preferred": "first"}, {"marks": BEST, "vote": 1}],
)
def test_marks_that_do_not_fit_the_rubric_are_refused(contest: Contest, ada: Person, body: dict[str, Any]) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    refused = juno.call("POST", f"/judging/{contest.case(juno)['id']}", body)
    assert refused.status == 422 and refused.body["errors"]
    assert contest.progress()["tasks"][0]["made"] == 0


def test_a_judgement_can_be_changed_and_is_listed(contest: Contest, ada: Person) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    case = contest.judge(juno, marks=WORST, comment="Too short.").body["case"]
    assert juno.call("POST", f"/judging/{case}", {"marks": BEST}).status == 200
    [mine] = juno.call("GET", f"/phases/{contest.phase}/judging/judgements").body["judgements"]
    assert (mine["case"], mine["marks"], mine["comment"]) == (case, BEST, "")
    assert mine["changed_at"] > mine["made_at"]
    shown = juno.call("GET", f"/judging/{case}").body
    assert shown["judgement"]["marks"] == BEST and shown["outputs"][0]["files"]
    assert juno.call("POST", f"/judging/{case}/pass").status == 409


def test_jurors_judge_between_the_times_of_judging(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    early = Contest(site, organizer, admin, times={"judging_start": "2090-01-01"})
    refused = early.next(early.juror("juno"))
    assert refused.status == 409 and "2090-01-01" in refused.body["detail"]
    late = Contest(site, organizer, admin, times={"judging_end": "2026-02-01"})
    late.submit(ada)
    assert late.next(late.juror("juno")).status == 409


# What comes of it


def test_the_mean_of_the_rubrics_is_a_column_once_all_have_judged(contest: Contest, ada: Person) -> None:
    submission = contest.submit(ada)
    note = "`quality` comes from jurors, whose judgements are awaited."
    assert ada.call("GET", f"/submissions/{submission}").body["notes"] == [note]
    contest.judge(contest.juror("juno"), marks=BEST)
    assert contest.scores() == {"ada": None}
    contest.judge(contest.juror("jack"), marks=WORST)
    assert contest.scores() == {"ada": 0.5}
    mine = ada.call("GET", f"/submissions/{submission}").body
    assert (mine["scores"]["quality"], mine["notes"]) == (0.5, [])


def test_what_people_judge_is_not_scored_by_hand(contest: Contest, organizer: Person, ada: Person) -> None:
    path = f"/submissions/{contest.submit(ada)}/scores"
    refused = organizer.call("PATCH", path, {"scores": {"quality": 1.0}, "reason": "I like it."})
    assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (422, ["scores.quality"])
    assert organizer.call("PATCH", path, {"scores": {"accuracy": 1.0}, "reason": "The truth was wrong."}).status == 200


def test_the_board_follows_a_changed_judgement(contest: Contest, ada: Person) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    case = contest.judge(juno, marks=WORST).body["case"]
    contest.judge(contest.juror("jack"), marks=WORST)
    assert contest.scores() == {"ada": 0}
    juno.call("POST", f"/judging/{case}", {"marks": BEST})
    assert contest.scores() == {"ada": 0.5}


def test_a_column_computed_from_judgements_follows(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    whole = yaml.safe_load(judged.manifest(rule="Force_Last"))
    mean = {"title": "Mean", "key": "mean", "index": 3, "computation": "avg", "computation_indexes": [0, 2]}
    whole["leaderboards"][0]["columns"].append(mean)
    contest = Contest(site, organizer, admin)
    contest.competition = organizer.competition(files={"competition.yaml": yaml.safe_dump(whole)})
    contest.phase = contest.competition["phases"][0]["id"]
    contest.submit(ada)
    for name in ("juno", "jack"):
        contest.judge(contest.juror(name), marks=BEST)
    contest.work()
    [row] = site.call("GET", f"/phases/{contest.phase}/leaderboard").body["rows"]
    assert row["scores"]["mean"] == 0.75


def test_who_wins_the_comparisons_ranks_first(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    contest = Contest(site, organizer, admin, judging=judged.PAIRS)
    for person in (ada, site.person("grace")):
        contest.submit(person)
    for name in ("juno", "jack"):
        juror = contest.juror(name)
        case = contest.case(juror)
        assert case["kind"] == "pairwise" and len(case["outputs"]) == 2
        texts = [text_of(case, output) for output in (0, 1)]
        preferred = ("first", "second")[texts.index("By grace.")]
        said = juror.call("POST", f"/judging/{case['id']}", {"preferred": preferred}).body
        assert said["preferred"] == preferred
        assert contest.case(juror) is None
    scores = contest.scores()
    assert scores["grace"] > 0 > scores["ada"]
    assert contest.progress()["tasks"][0]["agreement"] == {"": None}


def test_a_pair_is_never_of_ones_own(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    contest = Contest(site, organizer, admin, judging=judged.PAIRS)
    for person in (ada, site.person("grace")):
        contest.submit(person)
    contest.juror("ada")
    assert contest.case(ada) is None
    contest.submit(site.person("bob"))
    assert sorted(text_of(contest.case(ada), output) for output in (0, 1)) == ["By bob.", "By grace."]


@pytest.mark.parametrize("body", [{}, {"preferred": "third"}, {"marks": BEST}, {"preferred": "first", "marks": BEST}])
def test_who_compares_says_which_is_better(
    site: Site, organizer: Person, admin: Person, ada: Person, body: dict[str, Any]
) -> None:
    contest = Contest(site, organizer, admin, judging=judged.PAIRS)
    for person in (ada, site.person("grace")):
        contest.submit(person)
    juno = contest.juror("juno")
    assert juno.call("POST", f"/judging/{contest.case(juno)['id']}", body).status == 422


def test_scores_wait_until_the_organizer_publishes_them(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    contest = Contest(site, organizer, admin, judging={**judged.RUBRIC, "publish_at_once": False})
    submission = contest.submit(ada)
    for name in ("juno", "jack"):
        contest.judge(contest.juror(name), marks=BEST)
    assert contest.scores() == {"ada": None}
    assert contest.progress()["submissions"][0]["score"] == 1
    assert organizer.call("POST", f"/phases/{contest.phase}/judging/publish").body["published"] is True
    assert contest.scores() == {"ada": 1}
    organizer.call("POST", f"/phases/{contest.phase}/judging/unpublish")
    assert contest.scores() == {"ada": None}
    assert ada.call("GET", f"/submissions/{submission}").body["notes"]


def test_what_shows_at_once_is_not_published(contest: Contest, organizer: Person) -> None:
    refused = organizer.call("POST", f"/phases/{contest.phase}/judging/publish")
    assert refused.status == 409 and "publish_at_once" in refused.body["detail"]


def test_when_judging_ends_fewer_judgements_are_enough(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    contest = Contest(site, organizer, admin, times={"judging_end": soon.isoformat()})
    contest.submit(ada)
    contest.judge(contest.juror("juno"), marks=BEST)
    assert contest.scores() == {"ada": None}
    sweep(soon + timedelta(minutes=5))
    assert [message["task"] for message in site.messages()].count("judge") == 1
    scoring.rebuild(contest.phase, soon + timedelta(minutes=5))
    assert contest.scores() == {"ada": 1}


def test_jurors_with_something_left_to_judge_are_mailed_once_a_day_before_the_end(
    site: Site, organizer: Person, admin: Person, ada: Person, post: Post
) -> None:
    ends_at = datetime.now(UTC) + timedelta(days=3)
    contest = Contest(site, organizer, admin, times={"judging_end": ends_at.isoformat()})
    contest.submit(ada)
    juno, jack, jill, joan = (contest.juror(name) for name in ("juno", "jack", "jill", "joan"))
    organizer.call("PATCH", f"/competitions/{contest.competition['id']}/jurors/{jill.id}", {"status": "excluded"})
    joan.call("PATCH", "/me/mail", {"kinds": {"judging": False}})
    contest.juror("ada")
    contest.judge(juno, marks=BEST)
    contest.work()
    site.messages()
    sweep(ends_at - timedelta(hours=25))
    assert [message for message in site.messages() if message["task"] == "judge"] == []
    for hours in (23, 22):
        sweep(ends_at - timedelta(hours=hours))
        cases.mark_dirty(contest.phase, datetime.now(UTC))
        scoring.rebuild(contest.phase, ends_at - timedelta(hours=hours))
    contest.work()
    # Juno has judged all there is, it is Ada's own, Jill does not count and Joan wants no such mail.
    assert post.subjects(jack) == ["Guess: submissions wait for your judgement"]
    assert post.readers.count("jack") == 1 and not {"juno", "ada", "jill", "joan"} & {
        one["Destination"]["ToAddresses"][0].partition("@")[0]
        for one in post.sent
        if "judgement" in one["Content"]["Simple"]["Subject"]["Data"]
    }


def test_the_sweeper_looks_after_judging_a_day_before_its_end(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    ends_at = datetime.now(UTC) + timedelta(days=3)
    contest = Contest(site, organizer, admin, times={"judging_end": ends_at.isoformat()})
    contest.submit(ada)
    for before, is_due in ((timedelta(hours=25), 0), (timedelta(hours=24), 1)):
        sweep(ends_at - before)
        assert [message["task"] for message in site.messages()].count("judge") == is_due
    scoring.rebuild(contest.phase, ends_at - timedelta(hours=24))
    sweep(ends_at - timedelta(minutes=1))
    assert [message["task"] for message in site.messages()].count("judge") == 0
    sweep(ends_at + timedelta(minutes=1))
    assert [message["task"] for message in site.messages()].count("judge") == 1


def test_an_excluded_juror_does_not_count_and_somebody_else_is_asked(
    contest: Contest, ada: Person, organizer: Person
) -> None:
    contest.submit(ada)
    juno, jack, jill = (contest.juror(name) for name in ("juno", "jack", "jill"))
    contest.judge(juno, marks=WORST)
    contest.judge(jack, marks=BEST)
    assert contest.scores() == {"ada": 0.5} and contest.case(jill) is None
    organizer.call("PATCH", f"/competitions/{contest.competition['id']}/jurors/{juno.id}", {"status": "excluded"})
    assert contest.scores() == {"ada": None}
    contest.judge(jill, marks=BEST)
    assert contest.scores() == {"ada": 1}
    organizer.call("PATCH", f"/competitions/{contest.competition['id']}/jurors/{juno.id}", {"status": "active"})
    assert contest.scores()["ada"] == pytest.approx(2 / 3)


def test_making_the_scores_twice_comes_to_the_same(contest: Contest, site: Site, ada: Person) -> None:
    contest.submit(ada)
    for name in ("juno", "jack"):
        contest.judge(contest.juror(name), marks=BEST)
    scores = contest.scores()
    before = sorted(json.dumps(row, default=str, sort_keys=True) for row in site.rows())
    site.run({"version": 1, "task": "judge", "id": contest.phase})
    assert contest.scores() == scores
    assert sorted(json.dumps(row, default=str, sort_keys=True) for row in site.rows()) == before


def test_a_lost_message_is_sent_again(contest: Contest, site: Site, ada: Person) -> None:
    contest.submit(ada)
    for name in ("juno", "jack"):
        contest.judge(contest.juror(name), marks=BEST)
    site.messages()
    sweep(datetime.now(UTC) + timedelta(minutes=3))
    assert contest.scores() == {"ada": 1}


def test_judgements_in_a_row_cost_one_rebuild(contest: Contest, site: Site, ada: Person) -> None:
    contest.submit(ada)
    contest.submit(site.person("grace"))
    juno = contest.juror("juno")
    contest.judge(juno, marks=BEST)
    contest.judge(juno, marks=WORST)
    assert [message["task"] for message in site.messages()] == ["judge"]


# What organizers see


def test_organizers_see_how_far_the_jury_is_and_agrees(contest: Contest, site: Site, ada: Person) -> None:
    contest.submit(ada)
    contest.submit(site.person("grace"))
    juno, jack = contest.juror("juno"), contest.juror("jack")
    for juror in (juno, jack):
        for _ in range(2):
            case = contest.case(juror)
            juror.call("POST", f"/judging/{case['id']}", {"marks": BEST if "ada" in text_of(case) else WORST})
    found = contest.progress()
    [task] = found["tasks"]
    assert (task["made"], task["agreement"]) == (4, {"": 1, "clarity": 1, "style": 1})
    told = {one["participant"]: (one["judgements"], one["score"], one["state"]) for one in found["submissions"]}
    assert told == {"ada": (2, 1, "ready"), "grace": (2, 0, "ready")}
    assert {one["username"]: one["judgements"] for one in found["jurors"]} == {"juno": 2, "jack": 2}
    contest.work()
    assert contest.next(juno).body | {"ends_at": None} == {
        "case": None, "done": 2, "made": 4, "wanted": 4, "ends_at": None
    }  # fmt: skip


# Who may do what


def test_each_role_has_its_rights(contest: Contest, site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    case = contest.case(juno)["id"]
    jurors = [("GET", f"/phases/{contest.phase}/judging/next", None), ("GET", f"/judging/{case}", None)]
    jurors += [("GET", f"/phases/{contest.phase}/judging/judgements", None), ("POST", f"/judging/{case}/pass", None)]
    jurors += [("POST", f"/judging/{case}", {"marks": BEST})]
    organizers = [
        ("GET", f"/phases/{contest.phase}/judging", None),
        ("POST", f"/phases/{contest.phase}/judging/publish", None),
    ]
    organizers += [("POST", f"/phases/{contest.phase}/judging/unpublish", None)]
    stranger, other = site.person("stranger"), site.person("otto")
    other.competition(files=judged.files())
    for call in (*jurors, *organizers):
        assert site.call(*call).status == 401
        assert {person.call(*call).status for person in (stranger, other, ada)} == {403}
    assert {organizer.call(*call).status for call in jurors} == {admin.call(*call).status for call in jurors} == {403}
    assert {juno.call(*call).status for call in organizers} == {403}
    assert organizer.call(*organizers[0]).status == admin.call(*organizers[0]).status == 200


def test_a_case_of_another_competition_is_out_of_reach(
    contest: Contest, site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    contest.submit(ada)
    juno = contest.juror("juno")
    case = contest.case(juno)["id"]
    other = Contest(site, organizer, admin)
    jack = other.juror("jack")
    calls = [("GET", f"/judging/{case}", None), ("POST", f"/judging/{case}", {"marks": BEST})]
    assert {jack.call(*call).status for call in calls} == {403}
    moved = case.replace(contest.competition["id"], other.competition["id"])
    assert jack.call("GET", f"/judging/{moved}").status == 404
    assert juno.call("GET", f"/judging/{moved}").status == 403
    for odd in ("x", "x-0-y", f"{contest.phase}-", f"{contest.phase}-zzz", other.phase):
        assert juno.call("GET", f"/judging/{odd}").status in (403, 404)


def test_a_phase_that_nobody_judges_has_no_progress(organizer: Person) -> None:
    phase = organizer.competition()["phases"][0]["id"]
    assert organizer.call("GET", f"/phases/{phase}/judging").status == 404


def test_the_jury_of_a_draft_judges_and_a_stranger_does_not_know_of_it(
    site: Site, organizer: Person, admin: Person, ada: Person
) -> None:
    contest = Contest(site, organizer, admin)
    contest.submit(ada)
    juno = contest.juror("juno")
    organizer.call("POST", f"/competitions/{contest.competition['id']}/unpublish")
    assert contest.case(juno)
    assert contest.next(site.person("stranger")).status == 404


def test_a_juror_reads_nothing_of_the_submission_itself(contest: Contest, ada: Person) -> None:
    submission = contest.submit(ada)
    juno = contest.juror("juno")
    assert juno.call("GET", f"/submissions/{submission}").status == 404
    assert juno.call("GET", f"/submissions/{submission}/files").status == 404


# What it costs


def test_the_next_case_and_a_judgement_take_few_calls(contest: Contest, site: Site, ada: Person) -> None:
    for person in (ada, *(site.person(f"p{number}") for number in range(4))):
        contest.submit(person)
    juno = contest.juror("juno")
    counter = Counter()
    with counter.counting() as count:
        case = contest.case(juno)
    assert count.calls <= 5, count.names
    with counter.counting() as count:
        juno.call("POST", f"/judging/{case['id']}", {"marks": BEST})
    assert count.calls <= 3, count.names


def test_what_an_artifact_is_called_cannot_be_worked_out_from_the_submission(
    contest: Contest, site: Site, ada: Person
) -> None:
    submission = contest.submit(ada)
    kept = [key for key in site.object_keys("RunsBucket") if key.startswith("judging/")]
    assert kept and not [key for key in kept if submission in key]
