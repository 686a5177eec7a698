"""Claiming: competitions in turn, what fits the runner, and races for the first in line."""

from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests import builders
from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def competition(organizer: Person, ada: Person, title: str) -> dict[str, Any]:
    made = organizer.competition(title=title, per_day=50, in_all=50)
    ada.join(made)
    return made


def submit(person: Person, competition: dict[str, Any], times: int) -> list[str]:
    return [person.submit(competition).body["id"] for _ in range(times)]


def change(site: Site, submission: str, expression: str, **values: Any) -> None:
    """What only an older version, or a moment between two calls, leaves in the table."""
    boto3.resource("dynamodb").Table(site.outputs["TableName"]).update_item(
        Key={"pk": f"SUBMISSION#{submission}", "sk": "SUBMISSION"},
        UpdateExpression=expression,
        **({"ExpressionAttributeValues": values} if values else {}),
    )


def asking(site: Site, submission: str, requires: str) -> None:
    change(site, submission, "SET requires = :requires", **{":requires": requires})


def test_competitions_are_served_in_turn(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    big, small = competition(organizer, ada, "Big"), competition(organizer, ada, "Small")
    first = submit(ada, big, 12)
    second = submit(ada, small, 3)
    claimed = [site.claim(first[0], runner).body["submission"] for _ in range(15)]
    assert claimed[:7] == [first[0], second[0], first[1], second[1], first[2], second[2], first[3]]
    assert claimed[7:] == first[4:]


def test_a_competition_that_comes_later_has_saved_no_turns_up(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    busy, late = competition(organizer, ada, "Busy"), competition(organizer, ada, "Late")
    first = submit(ada, busy, 8)
    served = [site.claim(first[0], runner).body["submission"] for _ in range(4)]
    second = submit(ada, late, 2)
    served += [site.claim(first[0], runner).body["submission"] for _ in range(4)]
    assert served == [*first[:5], second[0], first[5], second[1]]


def test_a_turn_that_was_cancelled_is_not_lost(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    one, other = competition(organizer, ada, "One"), competition(organizer, ada, "Other")
    for submission in submit(ada, one, 5):
        ada.call("POST", f"/submissions/{submission}/cancel")
    second = submit(ada, other, 2)
    first = submit(ada, one, 1)
    served = [site.claim(first[0], runner).body["submission"] for _ in range(3)]
    assert served == [second[0], first[0], second[1]]


def test_what_was_given_back_has_its_old_place(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    made = competition(organizer, ada, "Only")
    waiting = submit(ada, made, 3)
    job = site.claim(waiting[0], runner).body
    site.call("POST", f"/runner/jobs/{job['submission']}/abort", {"reason": "Full."}, token=job["token"])
    assert site.claim(waiting[2], runner).body["submission"] == waiting[0]


def test_a_runner_gets_what_it_can_do(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    gpu, plain = submit(ada, competition(organizer, ada, "Only"), 2)
    asking(site, gpu, '{"gpus": 1, "labels": ["a100"]}')
    assert site.claim(gpu, runner, cpus=2.0).body["submission"] == plain
    assert site.claim(gpu, runner, gpus=1, labels=["a100", "eu"]).body["submission"] == gpu


def test_a_runner_that_can_do_nothing_of_what_waits_leaves_the_message(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    (gpu,) = submit(ada, competition(organizer, ada, "Only"), 1)
    asking(site, gpu, '{"gpus": 1}')
    refused = site.claim(gpu, runner, cpus=64.0)
    assert (refused.status, refused.body) == (204, None)
    assert ada.call("GET", f"/submissions/{gpu}").body["status"] == "Submitted"


def test_what_fits_is_found_behind_much_that_does_not(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    made = competition(organizer, ada, "Only")
    *gpus, plain = submit(ada, made, 15)
    for submission in gpus:
        asking(site, submission, '{"gpus": 8}')
    assert site.claim(gpus[0], runner).body["submission"] == plain


def test_a_submission_that_is_too_new_for_the_index_is_claimed_by_its_message(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    (new,) = submit(ada, competition(organizer, ada, "Only"), 1)
    change(site, new, "REMOVE waiting_pk, waiting_sk")
    assert site.claim(new, runner).body["submission"] == new


def test_where_nothing_waits_the_message_is_to_be_deleted(site: Site, runner: str) -> None:
    answer = site.claim("01jd8x3v6w8r2k5m7q9s1t3v5y", runner)
    assert (answer.status, "Delete the message" in answer.body["detail"]) == (404, True)


def test_a_stranger_learns_nothing_of_what_waits(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    (waiting,) = submit(ada, competition(organizer, ada, "Only"), 1)
    for token in (f"{runner}x", "agonr_other_1_2"):
        assert site.claim(waiting, token).status == 401


def test_what_nobody_can_run_does_not_stand_in_the_way(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    broken, good = submit(ada, competition(organizer, ada, "Only"), 2)
    change(site, broken, "SET task = :task", **{":task": "7"})
    assert site.claim(broken, runner).body["submission"] == good
    ended = ada.call("GET", f"/submissions/{broken}").body
    assert (ended["status"], ended["fault"]) == ("Failed", "organizer")


def test_runners_that_race_for_the_first_in_line_get_one_each(
    site: Site, organizer: Person, ada: Person, runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = submit(ada, competition(organizer, ada, "Only"), 3)
    real, others = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        # Between the one's look at the line and its write, the other takes the first.
        if operation == "TransactWriteItems" and not others:
            others.append(None)
            others[0] = site.claim(waiting[0], runner)
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    mine: Answer = site.claim(waiting[1], runner)
    assert others[0].body["submission"] == waiting[0]
    assert mine.body["submission"] in waiting[1:]


def test_counters_that_everybody_writes_stand_in_nobodys_way(
    site: Site, organizer: Person, ada: Person, runner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = competition(organizer, ada, "Only")
    real, busy = BaseClient._make_api_call, [0]

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == "TransactWriteItems":
            codes = ["TransactionConflict" if "TURN" in str(item) else "None" for item in arguments["TransactItems"]]
            if "TransactionConflict" in codes:
                busy[0] += 1
                reasons = [{"Code": code} for code in codes]
                text = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{', '.join(codes)}]"
                error = {"Error": {"Code": "TransactionCanceledException", "Message": text}, "CancellationReasons": reasons}
                raise ClientError(error, operation)
        return real(self, operation, arguments)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)
    (made_one,) = submit(ada, made, 1)
    assert site.claim(made_one, runner).body["submission"] == made_one
    assert busy[0] == 2


def test_a_job_of_version_1_says_whose_submission_it_is_and_one_of_version_2_does_not(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    manifest = builders.manifest().replace(
        "reference_data: reference.zip", 'reference_data: reference.zip, agon: {contract: "1"}'
    )
    old = organizer.competition(files={"competition.yaml": manifest})
    ada.join(old)
    sent = ada.submit(old).body
    job = site.claim(sent["id"], runner).body
    assert job["contract"] == "1"
    assert job["record"] == {
        "submitted-by": "ada",
        "submitted-at": sent["created_at"][:19],
        "competition-submission": sent["id"],
        "competition-phase": "1",
        "automatic-submission": "False",
    }
    new = ada.submit(competition(organizer, ada, "New")).body["id"]
    assert site.claim(new, runner).body["record"] == {}
