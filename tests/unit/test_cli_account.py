"""`agon login`, `logout`, `whoami` and `tokens`: who one is, and where that is kept."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import ME, NOW, SESSION, CommandLine


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/me", ME).on("POST", "/sessions", SESSION)
        yield CommandLine(tmp_path, api)


def test_a_login_is_remembered_for_its_owner_alone(agon):
    ran = agon("login", "-u", "ada", "--password-stdin", "--json", stdin="open sesame\n")
    assert (ran.code, ran.json["username"], ran.json["api"]) == (0, "ada", agon.api.url)
    assert agon.api.asked("POST", "/sessions")[0].body == {"username": "ada", "password": "open sesame"}
    assert stat.S_IMODE(agon.credentials.stat().st_mode) == 0o600
    assert "open sesame" not in agon.credentials.read_text()
    # Without AGON_API, the latest sign-in tells where to go.
    assert "ada, signed in to" in agon("whoami", AGON_API="").out
    assert agon.api.asked("GET", "/me")[-1].headers["authorization"] == "Bearer a-token"


def test_name_and_password_are_asked_for(agon):
    ran = agon("login", stdin="ada\nopen sesame\n")
    assert ran.code == 0
    assert "open sesame" not in ran.out + ran.err
    assert agon.api.asked("POST", "/sessions")[0].body == {"username": "ada", "password": "open sesame"}


def test_a_wrong_password_leaves_nothing_behind(agon):
    agon.api.replies.pop(("POST", "/sessions"))
    problem = {"title": "Not signed in", "status": 401, "detail": "The password is wrong."}
    agon.api.on("POST", "/sessions", problem, 401)
    ran = agon("login", "-u", "ada", "--password-stdin", stdin="no\n")
    assert (ran.code, ran.out) == (1, "")
    assert "Not signed in" in ran.said and "The password is wrong." in ran.said
    assert not agon.credentials.exists()


def test_an_empty_password_is_not_sent(agon):
    assert agon("login", "-u", "ada", "--password-stdin", stdin="").code == 1
    assert agon.api.requests == []


def test_a_personal_access_token_is_tried_before_it_is_kept(agon):
    assert agon("login", "--token", stdin="agon_secret\n").code == 0
    assert agon.api.asked("GET", "/me")[0].headers["authorization"] == "Bearer agon_secret"
    kept = json.loads(agon.credentials.read_text())["sessions"][agon.api.url]
    assert (kept["username"], kept["access_token"]) == ("ada", "agon_secret")


def test_a_new_account_is_made_then_confirmed_with_the_code(agon):
    agon.api.on("POST", "/accounts", {"id": "1", "username": "ada", "confirmed": False}, 201)
    agon.api.on("POST", "/accounts/confirm", {"username": "ada", "confirmed": True})
    words = ("login", "-u", "ada", "--password-stdin")
    ran = agon(*words, "--sign-up", "--email", "ada@example.org", stdin="open sesame\n")
    assert ran.code == 0 and "--code" in ran.out
    assert not agon.credentials.exists()
    assert agon(*words, "--code", "123456", stdin="open sesame\n").code == 0
    assert agon.api.asked("POST", "/accounts/confirm")[0].body == {"username": "ada", "code": "123456"}
    assert agon.credentials.exists()


def test_a_mistyped_new_password_is_noticed_before_it_is_sent(agon):
    ran = agon("login", "--sign-up", "-u", "ada", "--email", "a@example.org", stdin="open sesame\nopen sesami\n")
    assert ran.code == 1 and "differ" in ran.said
    assert agon.api.requests == []


@pytest.mark.parametrize(
    ("refusal", "typed", "sent"),
    [
        ({"status": 409, "detail": "This user name is taken. Choose another."}, "grace\n", ("grace", "a@x", "open sesame")),
        (
            {"status": 422, "detail": "", "errors": [{"place": "email", "message": "That is no address."}]},
            "b@x.org\n",
            ("ada", "b@x.org", "open sesame"),
        ),
        (
            {"status": 422, "detail": "The password is too weak."},
            "longer one!\nlonger one!\n",
            ("ada", "a@x", "longer one!"),
        ),
    ],
)
def test_after_one_wrong_field_only_that_is_asked_again(agon, refusal, typed, sent):
    agon.api.on("POST", "/accounts", {"title": "No", **refusal}, refusal["status"])
    agon.api.on("POST", "/accounts", {"id": "1", "username": sent[0], "confirmed": False}, 201)
    ran = agon("login", "--sign-up", stdin=f"ada\na@x\nopen sesame\nopen sesame\n{typed}")
    assert ran.code == 0, ran.err
    body = agon.api.asked("POST", "/accounts")[1].body
    assert (body["username"], body["email"], body["password"]) == sent
    assert f"--username {sent[0]} --code CODE" in ran.out and "account resend" in ran.out


def test_what_cannot_be_typed_anew_ends_the_sign_up(agon):
    agon.api.on("POST", "/accounts", {"title": "Enough", "status": 429, "detail": "Too many tries of a user name."}, 429)
    assert agon("login", "--sign-up", stdin="ada\na@x\nopen sesame\nopen sesame\n").code == 1
    assert len(agon.api.asked("POST", "/accounts")) == 1


def test_the_address_of_a_console_is_as_good_as_that_of_its_api(agon):
    agon.api.on("GET", "/site", {"paused": False, "message": "", "approval": False})
    ran = agon("login", "--api", agon.api.address, "-u", "ada", "--password-stdin", stdin="open sesame\n", AGON_API="")
    assert ran.code == 0, ran.err
    assert json.loads(agon.credentials.read_text())["api"] == agon.api.url
    asked = len(agon.api.asked("GET", "/site"))
    assert agon("--api", f"{agon.api.address}/", "whoami").code == 0
    assert len(agon.api.asked("GET", "/site")) == asked, "The sign-in is known by then."


def test_the_environment_may_name_a_console_too_and_who_signs_up_is_told_the_site_again(agon):
    agon.api.on("GET", "/site", {"paused": False, "message": "", "approval": False})
    agon.api.on("POST", "/accounts", {"username": "ada"}, 201)
    typed = "ada@x\nopen sesame\nopen sesame\n"
    here = agon("login", "--sign-up", "-u", "ada", stdin=typed, AGON_API=agon.api.address)
    assert (here.code, "agon login --username ada --code CODE" in here.out) == (0, True), here.err
    there = agon("login", "--sign-up", "-u", "ada", "--api", agon.api.address, stdin=typed, AGON_API="")
    site = f" --api {agon.api.url}"
    assert f"agon login{site} --username ada --code CODE" in there.out
    assert f"agon{site} account resend ada" in there.out


def test_the_address_of_something_else_is_told_as_it_was_typed(agon):
    ran = agon("login", "--api", agon.api.address, "-u", "ada", "--password-stdin", stdin="open sesame\n")
    assert ran.code == 1 and "Nothing at POST /v1/sessions" in ran.said, "It is no Agon, with /api or without."


def test_ways_to_sign_in_exclude_each_other(agon):
    assert agon("login", "--token", "--sign-up").code == 2


def test_logout_ends_the_session_there_and_here(agon):
    agon.api.on("DELETE", "/sessions/current", {})
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    assert agon("logout", "--json").json["signed_out"] is True
    assert len(agon.api.asked("DELETE", "/sessions/current")) == 1
    assert "a-token" not in agon.credentials.read_text()
    assert agon("logout", "--json").json["signed_out"] is False


def test_logout_ends_every_session_where_that_is_said(agon):
    agon.api.on("POST", "/sessions/end", {})
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    assert agon("logout", "--everywhere", "--json").json["signed_out"] is True
    assert len(agon.api.asked("POST", "/sessions/end")) == 1
    assert "a-token" not in agon.credentials.read_text()


def test_an_administrator_without_a_code_is_told_why_they_are_none_here(agon):
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    agon.api.replies.clear()
    agon.api.on("GET", "/me", {**ME, "lacks_second_step": True})
    assert "wants a code of your authenticator" in (said := agon("whoami").out) and "--on" in said


def test_the_environments_token_goes_before_the_sign_in_and_is_not_kept(agon):
    assert agon("whoami", "--json", AGON_TOKEN="agon_env").json["username"] == "ada"
    assert agon.api.requests[0].headers["authorization"] == "Bearer agon_env"
    assert not agon.credentials.exists()


def test_the_option_goes_before_the_environment(agon):
    ran = agon("--api", "http://127.0.0.1:9/api", "whoami", AGON_TOKEN="agon_env")
    assert ran.code == 1 and "Nothing answers at http://127.0.0.1:9/api" in ran.said
    assert agon.api.requests == []
    assert agon("whoami", AGON_TOKEN="agon_env").code == 0


def test_a_sign_in_is_not_shown_to_another_site(agon):
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    with fake_api.running() as other:
        ran = agon("--api", other.url, "whoami")
        assert ran.code == 1 and "Nobody is signed in" in ran.said
        assert other.requests == []


def test_the_local_stack_is_found_when_nothing_is_configured(agon):
    (agon.home / "state").mkdir()
    (agon.home / "state/state.json").write_text(json.dumps({"outputs": {"ApiUrl": agon.api.url}}))
    agon.api.on("GET", "/competitions", {"competitions": [], "next": None})
    assert agon("competitions", "list", "--json", AGON_API="").json == {"competitions": []}


def test_nothing_configured_says_what_to_do(agon):
    ran = agon("competitions", "list", AGON_API="")
    assert ran.code == 1 and "AGON_API" in ran.said and "`agon up`" in ran.said


def test_a_broken_credentials_file_means_to_sign_in_again(agon):
    agon.credentials.parent.mkdir()
    agon.credentials.write_text("{")
    ran = agon("whoami")
    assert ran.code == 1 and "agon login" in ran.said


def test_a_token_is_shown_alone_on_standard_output(agon):
    token = {"id": "t", "name": "laptop", "created_at": NOW, "expires_at": NOW}
    token |= {"last_used_at": NOW, "last_used_from": "192.0.2.7"}
    agon.api.on("POST", "/tokens", token | {"token": "agon_new"}, 201)
    agon.api.on("GET", "/tokens", {"tokens": [token]}).on("DELETE", "/tokens/t", {})
    agon.environ = {"AGON_TOKEN": "agon_env"}
    assert agon("tokens", "create", "laptop", "--days", "7").out == "agon_new\n"
    assert agon.api.asked("POST", "/tokens")[0].body == {"name": "laptop", "expires_in_days": 7}
    assert agon("tokens", "list", "--json").json == {"tokens": [token]}
    assert "from 192.0.2.7" in agon("tokens", "list").out
    assert agon("tokens", "revoke", "t", "--json").json == {"id": "t", "revoked": True}
    assert agon("tokens", "create", "laptop", "--days", "400").code == 2


def test_a_runner_token_is_made_for_a_queue(agon):
    token = {"id": "t", "name": "gpu", "created_at": NOW, "expires_at": NOW, "token": "agonr_new"}
    agon.api.on("POST", "/queues/gpu/tokens", token, 201)
    ran = agon("runners", "token", "gpu-01", "--queue", "gpu", "--json", AGON_TOKEN="agon_env")
    assert ran.json["token"] == "agonr_new"


def test_a_calendar_has_an_address_that_is_taken_back(agon):
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    agon.api.on("POST", "/me/calendar", {"path": "/v1/calendars/f00d"}, 201).on("DELETE", "/me/calendar", {})
    assert agon("calendar").out == f"{agon.api.url}/v1/calendars/f00d\n"
    assert "no address" in agon("calendar", "--close").out


def test_people_fetch_what_the_site_has_of_them(agon, tmp_path):
    waiting = {"status": "Waiting", "zips": [], "reason": "", "created_at": NOW, "expires_at": None}
    done = waiting | {"status": "Finished", "zips": [{"url": f"{agon.api.address}/storage/z", "size_bytes": 1500}]}
    agon.api.on("POST", "/me/exports", waiting, 202).on("GET", "/me/exports", {"exports": [waiting]})
    agon.api.on("GET", "/me/exports", {"exports": [done]}).on("GET", "/storage/z", "zip")
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    ran = agon("account", "export", "-o", str(tmp_path / "mine"))
    assert (ran.code, "account-001.zip has 1.5 kB" in ran.out) == (0, True)
    assert (tmp_path / "mine/account-001.zip").read_text() == "zip"
    assert agon("account", "export", "--again", "-o", str(tmp_path), "--json").json["files"] == [
        str(tmp_path / "account-001.zip")
    ]
    assert len(agon.api.asked("POST", "/me/exports")) == 1


def test_an_export_that_failed_or_is_not_there_says_so(agon):
    failed = {"status": "Failed", "zips": [], "reason": "It broke off.", "created_at": NOW, "expires_at": None}
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    agon.api.on("POST", "/me/exports", failed, 202).on("GET", "/me/exports", {"exports": [failed]})
    agon.api.on("GET", "/me/exports", {"exports": []})
    ran = agon("account", "export")
    assert ran.code == 1 and "It broke off." in ran.said
    ran = agon("account", "export", "--again")
    assert ran.code == 1 and "without --again" in ran.said


def test_competitions_are_looked_for_by_words_and_filters(agon):
    agon.api.on("GET", "/competitions", {"competitions": [], "next": None})
    ran = agon("competitions", "search", "sea", "tides", "--open", "--sort", "popular")
    assert ran.code == 0 and "no such competition" in ran.said
    [asked] = agon.api.asked("GET", "/competitions")
    assert asked.query == "open=true&sort=popular&search=sea+tides"


DEPARTURE = {
    "username": "ada", "into": None, "known_as": "deleted-user-0a1b2c3d", "competitions": 2, "teams": ["Owls"],
    "obstacles": [], "stays": ["Submissions and scores."], "goes": ["The sign-in."], "status": None, "reason": "",
}  # fmt: skip


def test_an_account_is_removed_by_its_password_after_it_was_told_what_stays(agon):
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    agon.api.on("GET", "/me/removal", DEPARTURE).on("POST", "/me/removal", DEPARTURE | {"status": "Waiting"}, 202)
    told = agon("account", "remove", "--preview")
    assert all(one in told.out for one in ("deleted-user-0a1b2c3d", "2 competitions", "Owls", "Submissions and scores."))
    assert not agon.api.asked("POST", "/me/removal") and "a-token" in agon.credentials.read_text()
    ran = agon("account", "remove", "--password-stdin", stdin="open sesame\n")
    assert ran.code == 0 and "The sign-in." in ran.said and "is being removed" in ran.out
    assert agon.api.asked("POST", "/me/removal")[0].body == {"password": "open sesame"}
    assert "a-token" not in agon.credentials.read_text()


def test_an_account_that_cannot_be_removed_stays_signed_in(agon):
    agon("login", "-u", "ada", "--password-stdin", stdin="open sesame\n")
    agon.api.on("GET", "/me/removal", DEPARTURE)
    refused = {"title": "Not allowed", "status": 403, "detail": "This is not your password. Nothing was done."}
    agon.api.on("POST", "/me/removal", refused, 403)
    ran = agon("account", "remove", "--yes", "--password-stdin", stdin="wrong\n")
    assert ran.code == 1 and "not your password" in ran.said and not agon.api.asked("GET", "/me/removal")
    assert "a-token" in agon.credentials.read_text()


def test_a_code_is_asked_for_where_the_account_wants_one(agon):
    asks = {"title": "Not allowed", "status": 403, "detail": "Send a code.", "code": "second_step"}
    agon.api.replies.pop(("POST", "/sessions"))
    agon.api.on("POST", "/sessions", asks, 403).on("POST", "/sessions", SESSION)
    assert agon("login", "-u", "ada", stdin="open sesame\n123456\n").code == 0
    assert [asked.body.get("code") for asked in agon.api.asked("POST", "/sessions")] == [None, "123456"]


def test_the_second_step_is_turned_on_with_a_code_and_off_by_the_password_too(agon):
    agon.environ["AGON_TOKEN"] = "agon_env"
    made = {"secret": "JBSWY3DP", "uri": "otpauth://totp/Agon%3Aada?secret=JBSWY3DP&issuer=Agon"}
    agon.api.on("POST", "/me/second-step", made, 201).on("PATCH", "/me/second-step", {"on": True})
    agon.api.on("POST", "/me/second-step/off", {"on": False}).on("GET", "/me/second-step", {"on": True})
    ran = agon("account", "second-step", "--on", stdin="open sesame\n123456\n")
    assert (ran.code, "JBSWY3DP" in ran.err, "asks for a code" in ran.out) == (0, True, True)
    assert agon.api.asked("PATCH", "/me/second-step")[0].body == {"code": "123456"}
    assert agon("account", "second-step", "--off", stdin="open sesame\n123456\n").code == 0
    assert agon.api.asked("POST", "/me/second-step/off")[0].body == {"password": "open sesame", "code": "123456"}
    assert agon("account", "second-step", "--on", "--off").code == 2
