"""Judging by people: packaged stack, IAM enforced, no runner."""

import json
import re

import httpx
import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests import judged
from tests.jury import JURORS, PARTICIPANTS, Jury, invite, until
from tests.stack import DeployedStack


@pytest.fixture(scope="module")
def jury(stack: DeployedStack, tmp_path_factory: pytest.TempPathFactory) -> Jury:
    return invite(stack, tmp_path_factory.mktemp("jury"), judged.RUBRIC)


def test_a_jury_ranks_what_it_reads_without_names(stack: DeployedStack, jury: Jury, stranger: Client) -> None:
    assert jury.scores(stranger) == dict.fromkeys(PARTICIPANTS, None)
    for name in JURORS:
        with stack.client(name) as juror:
            for _ in PARTICIPANTS:
                case = jury.case(juror)
                # As words: the digits of a signed address may well spell a short name.
                named = json.dumps(case)
                assert not [one for one in (*PARTICIPANTS, *jury.submissions.values()) if re.search(rf"\b{one}\b", named)]
                files = {file["name"]: file["url"] for file in case["outputs"][0]["files"]}
                text = httpx.get(files["story.txt"], timeout=35).text
                marks = {"clarity": 5, "style": 10} if text == PARTICIPANTS["ada"] else {"clarity": 1, "style": 0}
                juror.judge(case["id"], marks=marks)
            assert juror.next_case(jury.phase)["case"] is None
    until(lambda: jury.scores(stranger) == {"ada": 1, "grace": 0}, "ranking by the jury")
    ranks = [(row["rank"], row["participant"]) for row in stranger.leaderboard(jury.phase)["rows"]]
    assert ranks == [(1, "ada"), (2, "grace")]


def test_a_page_from_storage_can_run_and_load_nothing(stack: DeployedStack, jury: Jury) -> None:
    with stack.client(JURORS[0]) as juror:
        own = juror.http.call("GET", f"/phases/{jury.phase}/judging/judgements")["judgements"][0]["case"]
        case = juror.http.call("GET", f"/judging/{own}")
    page = next(file["url"] for file in case["outputs"][0]["files"] if file["kind"] == "html")
    answer = httpx.get(page, timeout=35)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!doctype html>") and "default-src 'none'" in answer.text.partition("<h1>")[0]


def test_only_jurors_judge(jury: Jury, stranger: Client, ada: Client) -> None:
    for client in (stranger, ada):
        with pytest.raises(ProblemError) as refusal:
            client.next_case(jury.phase)
        assert refusal.value.status == 403


def test_the_organizer_sees_that_the_jury_agrees(organizer: Client, jury: Jury) -> None:
    found = organizer.judging(jury.phase)
    assert found["tasks"][0]["agreement"][""] == 1
    assert {one["participant"]: one["judgements"] for one in found["submissions"]} == {"ada": 2, "grace": 2}
