"""Runners of the former version of the protocol, of today's and of a future one, at one site."""

from typing import Any

import pytest

from chalicelib.contract import PROTOCOL_VERSION, PROTOCOL_VERSIONS, TOLD_WITH_CALLS
from tests.api.conftest import Answer, Person, Site

FUTURE = PROTOCOL_VERSION + 1
PAST = PROTOCOL_VERSIONS[0] - 1


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition()
    ada.join(made)
    return made


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


def session(site: Site, token: str, protocol: int) -> Answer:
    return site.call("POST", "/runner/session", {"protocol": protocol, "runner": "gpu-01", "version": "7.0"}, token=token)


def said(protocol: int) -> dict[str, Any]:
    """What a runner of a version says with each call: the first had no field for that."""
    return {"runner": "gpu-01", **({"protocol": protocol} if protocol >= TOLD_WITH_CALLS else {})}


def runners(admin: Person) -> list[dict[str, Any]]:
    return admin.call("GET", "/queues/default").body["runners"]


def test_a_runner_of_today_is_served_without_a_word(site: Site, admin: Person, runner: str) -> None:
    answer = session(site, runner, PROTOCOL_VERSION)
    assert (answer.status, answer.body["protocol"], answer.body["notice"]) == (200, PROTOCOL_VERSION, "")
    site.call("POST", "/runner/presence", {"runner": "gpu-01", "protocol": PROTOCOL_VERSION}, token=runner)
    (told,) = runners(admin)
    assert (told["alive"], told["protocol"], told["advice"]) == (True, PROTOCOL_VERSION, "")


@pytest.mark.parametrize("former", PROTOCOL_VERSIONS[:-1])
def test_a_runner_of_a_former_version_does_its_jobs_and_is_said_to_be_out_of_date(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], runner: str, former: int
) -> None:
    answer = session(site, runner, former)
    assert (answer.status, answer.body["protocol"]) == (200, former)
    assert "install the runner of Agon" in answer.body["notice"]
    submission = ada.submit(competition).body["id"]
    waiting = site.call("POST", "/runner/presence", said(former), token=runner).body["waiting"]
    job = site.call("POST", f"/runner/jobs/{waiting}/claim", said(former), token=runner).body
    assert job["submission"] == submission
    assert site.finish(job, {"accuracy": 0.9, "seconds": 1.0}).body == {"status": "Finished"}
    (told,) = runners(admin)
    assert (told["alive"], told["protocol"], "It is served" in told["advice"]) == (True, former, True)


@pytest.mark.parametrize("protocol", [PAST, FUTURE])
def test_a_runner_of_a_version_that_the_site_does_not_speak_is_told_what_to_install_and_its_owner_sees_it(
    site: Site, admin: Person, runner: str, protocol: int
) -> None:
    refused = session(site, runner, protocol)
    assert (refused.status, refused.body["code"], refused.body["versions"]) == (426, "incompatible", [*PROTOCOL_VERSIONS])
    assert f"version {protocol} of the runner protocol" in refused.body["detail"]
    assert "pip install 'agon-competitions[runner] @ WHEEL'" in refused.body["detail"]
    assert ("have the site updated" in refused.body["detail"]) == (protocol == FUTURE)
    assert len(refused.body["detail"]) <= 500, "runners log no more of it"
    (told,) = runners(admin)
    assert (told["name"], told["version"], told["protocol"]) == ("gpu-01", "7.0", protocol)
    assert (told["alive"], told["advice"]) == (False, refused.body["detail"])


@pytest.mark.parametrize("protocol", [PAST, FUTURE])
def test_no_job_is_given_to_who_would_not_understand_it_and_others_get_it(
    site: Site, ada: Person, admin: Person, competition: dict[str, Any], runner: str, protocol: int
) -> None:
    submission = ada.submit(competition).body["id"]
    told = site.call("POST", "/runner/presence", {"runner": "gpu-01", "protocol": protocol}, token=runner)
    assert (told.status, told.body["waiting"]) == (200, None)
    claimed = site.call("POST", f"/runner/jobs/{submission}/claim", {"runner": "gpu-01", "protocol": protocol}, token=runner)
    assert (claimed.status, claimed.body["versions"]) == (426, [*PROTOCOL_VERSIONS])
    assert ada.call("GET", f"/submissions/{submission}").body["attempt"] == 0
    assert admin.call("GET", "/queues/default").body["runners_alive"] == 0
    assert site.claim(submission, runner).body["submission"] == submission


def test_whoever_has_no_token_is_told_of_no_version_and_leaves_nothing_behind(
    site: Site, admin: Person, runner: str
) -> None:
    assert session(site, f"{runner}x", FUTURE).status == 401
    assert runners(admin) == []
