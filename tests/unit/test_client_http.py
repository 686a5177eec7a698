"""The client's connection: sign-in, refresh, retries, and errors in words."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from agon.client import Client
from agon.credentials import SignIn
from agon.errors import AgonError, NotConfigured, ProblemError, Unreachable
from tests.unit import fake_api
from tests.unit.fake_api import FakeApi

ME = {"id": "1", "username": "ada", "is_admin": False, "signed_in_with": "session"}
UNAUTHORIZED = {"title": "Not signed in", "status": 401, "detail": "The token has expired. Sign in again."}
FRESH = {"access_token": "new", "refresh_token": "again", "expires_in_seconds": 3600}


@pytest.fixture
def api() -> Iterator[FakeApi]:
    with fake_api.running() as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    return []


def client(api: FakeApi, pauses: list[float], session: SignIn | None = None, kept: list[SignIn] | None = None) -> Client:
    return Client(api.url, session, (kept if kept is not None else []).append, sleep=pauses.append)


def test_what_was_called_too_often_is_called_again_when_that_is_soon(api, pauses):
    refused = {"title": "No attempt left", "status": 429, "detail": "Wait."}
    api.on("GET", "/me", refused, 429, Retry_After="7").on("GET", "/me", ME)
    with client(api, pauses) as ada:
        assert ada.me() == ME
    assert pauses == [7]


@pytest.mark.parametrize(("method", "seconds"), [("GET", "3600"), ("GET", "Wed, 21 Oct 2026 07:28:00 GMT"), ("POST", "7")])
def test_a_refusal_is_told_at_once_where_it_lasts_or_where_a_call_may_not_be_sent_twice(api, pauses, method, seconds):
    refused = {"title": "No attempt left", "status": 429, "detail": "Wait."}
    api.on(method, "/me", refused, 429, Retry_After=seconds)
    with client(api, pauses) as ada, pytest.raises(ProblemError, match="Wait"):
        ada.http.call(method, "/me")
    assert pauses == []


def test_a_sign_in_is_carried_by_later_calls(api, pauses):
    api.on("POST", "/sessions", FRESH).on("GET", "/me", ME)
    with client(api, pauses) as ada:
        session = ada.sign_in("ada", "secret")
        assert ada.me() == ME
    assert session.access_token == "new"
    assert api.asked("POST", "/sessions")[0].body == {"username": "ada", "password": "secret"}
    assert api.asked("GET", "/me")[0].headers["authorization"] == "Bearer new"


def test_a_refused_session_is_refreshed_once_and_kept(api, pauses):
    api.on("GET", "/me", UNAUTHORIZED, 401).on("GET", "/me", ME).on("POST", "/sessions/refresh", FRESH)
    kept: list[SignIn] = []
    with client(api, pauses, SignIn("ada", "old", "refresh"), kept) as ada:
        assert ada.me() == ME
    assert [request.headers["authorization"] for request in api.asked("GET", "/me")] == ["Bearer old", "Bearer new"]
    refresh = api.asked("POST", "/sessions/refresh")[0]
    assert refresh.body == {"refresh_token": "refresh"}
    assert "authorization" not in refresh.headers
    assert [(session.username, session.access_token, session.refresh_token) for session in kept] == [("ada", "new", "again")]


def test_a_session_that_is_about_to_end_is_refreshed_before_the_call(api, pauses):
    api.on("GET", "/me", ME).on("POST", "/sessions/refresh", FRESH)
    with client(api, pauses, SignIn("ada", "old", "refresh", expires_at=time.time() + 5)) as ada:
        ada.me()
    assert [request.headers["authorization"] for request in api.asked("GET", "/me")] == ["Bearer new"]


#: The same stand in console/src/api/challenge.test.ts.
CHALLENGE, NUMBER = f"1767225600.12.salt.{'0' * 64}", "763"


def test_a_challenge_is_solved_and_the_same_is_sent_once_more(api, pauses):
    refused = {"title": "No attempt left", "status": 429, "detail": "Wait.", "challenge": {"text": CHALLENGE, "bits": 12}}
    api.on("POST", "/sessions", refused, 429).on("POST", "/sessions", FRESH)
    with client(api, pauses) as ada:
        assert ada.sign_in("ada", "secret").access_token == "new"
    first, second = api.asked("POST", "/sessions")
    assert "agon-solution" not in first.headers and second.headers["agon-solution"] == f"{CHALLENGE}:{NUMBER}"
    assert second.body == first.body


@pytest.mark.parametrize("asked", [{"text": CHALLENGE, "bits": 60}, {"text": "x\r\ny: z", "bits": 1}, {"bits": 1}, "x"])
def test_work_without_an_end_or_a_text_that_no_site_makes_is_not_begun(api, pauses, asked):
    api.on("POST", "/sessions", {"title": "No", "status": 429, "detail": "Wait.", "challenge": asked}, 429)
    with client(api, pauses) as ada, pytest.raises(ProblemError):
        ada.sign_in("ada", "secret")
    assert len(api.asked("POST", "/sessions")) == 1


def test_a_session_that_stays_refused_is_not_refreshed_for_ever(api, pauses):
    api.on("GET", "/me", UNAUTHORIZED, 401).on("POST", "/sessions/refresh", UNAUTHORIZED, 401)
    with client(api, pauses, SignIn("ada", "old", "refresh")) as ada, pytest.raises(ProblemError) as caught:
        ada.me()
    assert caught.value.status == 401
    assert len(api.asked("POST", "/sessions/refresh")) == 1


def test_a_personal_access_token_is_never_refreshed(api, pauses):
    api.on("GET", "/me", UNAUTHORIZED, 401)
    with client(api, pauses) as ada, pytest.raises(ProblemError, match="Sign in again"):
        ada.use_token("agon_x")
        ada.me()
    assert [request.path for request in api.requests] == ["/me"]


def test_a_get_is_repeated_while_the_server_is_in_trouble(api, pauses):
    for _ in range(2):
        api.on("GET", "/me", {"message": "Internal server error"}, 502)
    api.on("GET", "/me", ME)
    with client(api, pauses) as ada:
        assert ada.me() == ME
    assert len(pauses) == 2
    assert 0 < pauses[0] <= 0.5 < pauses[1] <= 1


def test_a_server_that_stays_in_trouble_is_given_up_with_its_own_words(api, pauses):
    api.on("GET", "/me", {"message": "Internal server error"}, 502)
    with client(api, pauses) as ada, pytest.raises(ProblemError, match="Internal server error") as caught:
        ada.me()
    assert (caught.value.status, len(api.requests)) == (502, 5)
    assert all(ceiling / 2 <= pause <= ceiling for pause, ceiling in zip(pauses, (0.5, 1, 2, 4), strict=True))


@pytest.mark.parametrize(("method", "times"), [("GET", 5), ("POST", 1)])
def test_a_call_that_breaks_off_is_repeated_only_where_that_does_no_harm(pauses, method, times):
    asked = []

    def break_off(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise httpx.ReadError("reset")

    ada = Client("https://agon.example/api", transport=httpx.MockTransport(break_off), sleep=pauses.append)
    with ada, pytest.raises(Unreachable, match="broke off without an answer \\(ReadError\\)"):
        ada.http.call(method, "/tokens")
    assert (len(asked), len(pauses)) == (times, times - 1)


def test_a_post_is_not_repeated_because_it_may_have_worked(api, pauses):
    api.on("POST", "/submissions/s/cancel", {"message": "Internal server error"}, 500)
    with client(api, pauses) as ada, pytest.raises(ProblemError, match="Internal server error"):
        ada.cancel("s")
    assert (len(api.requests), pauses) == (1, [])


def test_a_submission_is_sent_again_because_its_upload_becomes_only_one(api, pauses):
    api.on("POST", "/phases/p/submissions", {"message": "Endpoint request timed out"}, 504)
    api.on("POST", "/phases/p/submissions", {"id": "s"}, 201)
    with client(api, pauses) as ada:
        assert ada.submit("p", "u")["id"] == "s"
    assert [request.body for request in api.requests] == [{"upload": "u"}] * 2


def test_shared_code_is_handed_in_once_because_it_may_become_several(api, pauses):
    api.on("POST", "/phases/p/submissions", {"message": "Endpoint request timed out"}, 504)
    with client(api, pauses) as ada, pytest.raises(ProblemError, match="timed out"):
        ada.submit("p", forked_from="s")
    assert len(api.requests) == 1


def test_a_refusal_carries_its_complaints(api, pauses):
    errors = [{"place": "name", "message": "Too long."}]
    problem = {"type": "about:blank", "title": "Invalid", "status": 422, "detail": "Change it.", "errors": errors}
    api.on("POST", "/tokens", problem, 422, Content_Type="application/problem+json")
    with client(api, pauses) as ada, pytest.raises(ProblemError) as caught:
        ada.create_token("x" * 200)
    refusal = caught.value
    assert (refusal.status, refusal.title, refusal.detail, refusal.errors) == (422, "Invalid", "Change it.", errors)


def test_where_nothing_listens_the_error_says_how_to_start_a_stack(pauses):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Client(f"http://127.0.0.1:{port}/api", sleep=pauses.append) as nobody, pytest.raises(Unreachable, match="agon up"):
        nobody.sign_in("ada", "secret")
    assert len(pauses) == 2


@pytest.mark.parametrize(("status", "body"), [(200, "<html>"), (404, "<html>"), (301, None), (200, None)])
def test_a_site_that_is_no_agon_is_told_as_that(api, pauses, status, body):
    api.on("GET", "/me", body, status)
    with client(api, pauses) as ada, pytest.raises(Unreachable, match="not as Agon does"):
        ada.me()


@pytest.mark.parametrize("address", ["http://agon.example/api", "http://10.0.0.7/api", "http://localhost.example/api"])
def test_no_token_is_sent_in_the_clear_beyond_this_machine(address):
    with pytest.raises(NotConfigured, match="begins with https://"):
        Client(address)


@pytest.mark.parametrize("address", ["http://localhost:8000/api", "http://127.0.0.1/api", "http://[::1]:8000/api"])
def test_this_machines_own_loopback_needs_no_encryption(address):
    with Client(address):
        pass


@pytest.mark.parametrize("address", ["", "agon.example", "ftp://agon.example/api", "https://", "http://host:port/api"])
def test_what_is_no_address_is_refused_at_once(address):
    with pytest.raises(NotConfigured, match="no address"):
        Client(address)


def test_a_name_leads_to_no_other_route(api, pauses):
    api.on("GET", "/competitions/c%2Fsettings%3Fmine", {"title": "None of that"})
    with client(api, pauses) as ada:
        assert ada.competition("c/settings?mine") == {"title": "None of that"}


def test_lists_are_read_to_their_end(api, pauses):
    api.on("GET", "/competitions", {"competitions": [{"id": "b"}], "next": "c1"})
    api.on("GET", "/competitions", {"competitions": [{"id": "a"}], "next": None})
    with client(api, pauses) as ada:
        assert [item["id"] for item in ada.competitions(mine=True)] == ["b", "a"]
    assert [request.query for request in api.requests] == ["mine=true", "mine=true&cursor=c1"]


def test_an_unchanged_leaderboard_is_not_sent_again(api, pauses):
    board = {"phase": "p", "rows": []}
    api.on("GET", "/phases/p/leaderboard", board, ETag='"1"').on("GET", "/phases/p/leaderboard", None, 304)
    with client(api, pauses) as ada:
        assert ada.leaderboard("p") == ada.leaderboard("p") == board
    assert [request.headers.get("if-none-match") for request in api.requests] == [None, '"1"']


def test_waiting_tells_each_change_once_and_slows_down(api, pauses):
    for status in ("Submitted", "Submitted", "Running", "Finished"):
        api.on("GET", "/submissions/s", {"id": "s", "status": status})
    seen: list[str] = []
    with client(api, pauses) as ada:
        done = ada.wait_for_submission("s", on_change=lambda state: seen.append(state["status"]))
    assert done["status"] == "Finished"
    assert seen == ["Submitted", "Running", "Finished"]
    assert pauses == sorted(pauses) and len(pauses) == 3


def test_waiting_has_an_end(api, pauses):
    api.on("GET", "/imports/i", {"id": "i", "status": "Running"})
    with client(api, pauses) as ada, pytest.raises(AgonError, match="still Running"):
        ada.wait_for_import("i", timeout_seconds=0)
