"""Sessions of browsers: the refresh token is a cookie that no script reads, no other site sends, and sign-out kills."""

from http.cookies import SimpleCookie

from tests.api.conftest import PASSWORD, Answer, Person, Site, session_of

OURS = {"Agon-Browser": "1"}


def sign_in(site: Site, **headers: str) -> Answer:
    return site.call("POST", "/sessions/browser", {"username": "ada", "password": PASSWORD}, **(OURS | headers))


def go_on(site: Site, cookie: str | None, headers: dict[str, str] = OURS) -> Answer:
    sent = headers | ({"Cookie": cookie} if cookie is not None else {})
    return site.call("POST", "/sessions/browser/refresh", **sent)


def cookie_of(answer: Answer) -> str:
    """What a browser sends after this answer."""
    [(name, kept)] = SimpleCookie(answer.headers["set-cookie"]).items()
    return f"{name}={kept.value}"


def test_a_browser_gets_its_refresh_token_as_a_cookie_that_no_script_and_no_other_site_has(site: Site, ada: Person) -> None:
    answer = sign_in(site)
    assert set(answer.body) == {"access_token", "expires_in_seconds"}
    assert site.call("GET", "/me", token=answer.body["access_token"]).body["username"] == "ada"
    [(name, kept)] = SimpleCookie(answer.headers["set-cookie"]).items()
    assert (name, kept["path"], kept["samesite"]) == ("agon_session", "/api/v1/sessions", "Strict")
    assert kept["httponly"] and kept["secure"] and int(kept["max-age"]) == 30 * 24 * 3600
    assert kept.value not in str(answer.body)


def test_a_browser_goes_on_by_its_cookie(site: Site, ada: Person) -> None:
    fresh = go_on(site, f"other=1; {cookie_of(sign_in(site))}")
    assert site.call("GET", "/me", token=fresh.body["access_token"]).body["username"] == "ada"
    assert cookie_of(fresh).startswith("agon_session=")


def test_cookies_that_nobody_reads_are_in_no_cookies_way(site: Site, ada: Person) -> None:
    cookie = cookie_of(sign_in(site))
    for odd in ("a[b]=1", 'a={"b": 1, "c": 2}', 'a="b', "a b=1", "ä=ü", "a", "=1", "expires=1"):
        for sent in (f"{odd}; {cookie}", f"{cookie}; {odd}", f"{odd};{cookie};"):
            assert go_on(site, sent).status == 200, sent


def test_another_site_can_neither_sign_in_nor_go_on_in_somebodys_browser(site: Site, ada: Person) -> None:
    cookie = cookie_of(sign_in(site))
    for headers in ({}, {"Agon-Browser": "0"}):
        refused = go_on(site, cookie, headers)
        assert (refused.status, "set-cookie" in refused.headers) == (403, False)
    body = {"username": "ada", "password": PASSWORD}
    assert site.call("POST", "/sessions/browser", body).status == 403
    allowed = site.app.app.api.cors.get_access_control_headers()
    assert "agon-browser" not in allowed["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in allowed


def test_who_has_no_cookie_or_a_wrong_one_is_nobody(site: Site, ada: Person) -> None:
    for cookie in (None, "", "agon_session=", "agon_session=made-up", "=;;=", "other=1"):
        answer = go_on(site, cookie)
        assert (answer.status, "set-cookie" in answer.headers) == (401, False), cookie


def test_a_captured_cookie_is_dead_after_signing_out_and_the_browser_forgets_it(site: Site, ada: Person) -> None:
    session = sign_in(site)
    out = site.call("POST", "/sessions/end", token=session.body["access_token"])
    [(_, kept)] = SimpleCookie(out.headers["set-cookie"]).items()
    assert (kept.value, kept["max-age"], kept["path"]) == ("", "0", "/api/v1/sessions")
    assert go_on(site, cookie_of(session)).status == 401
    token = cookie_of(session).partition("=")[2]
    assert site.call("POST", "/sessions/refresh", {"refresh_token": token}).status == 401
    assert site.call("GET", "/me", token=session.body["access_token"]).status == 401


def test_a_browser_ends_its_own_session_and_forgets_it_while_others_go_on(site: Site, ada: Person) -> None:
    session, other = sign_in(site), sign_in(site)
    out = site.call("DELETE", "/sessions/current", token=session.body["access_token"])
    [(_, kept)] = SimpleCookie(out.headers["set-cookie"]).items()
    assert (out.status, kept.value, kept["max-age"], kept["path"]) == (200, "", "0", "/api/v1/sessions")
    assert site.call("GET", "/me", token=session.body["access_token"]).status == 401
    assert go_on(site, cookie_of(session)).status == 401
    assert go_on(site, cookie_of(other)).status == 200 and ada.call("GET", "/me").status == 200


def test_who_ends_another_session_keeps_the_cookie_of_their_own(site: Site, ada: Person) -> None:
    session, other = sign_in(site), sign_in(site)
    id_ = session_of(other.body["access_token"])
    out = site.call("DELETE", f"/sessions/{id_}", token=session.body["access_token"])
    assert (out.status, "set-cookie" in out.headers) == (200, False)
    assert site.call("GET", "/me", token=session.body["access_token"]).status == 200


def test_guessing_from_a_browser_has_the_same_end(site: Site, ada: Person) -> None:
    wrong = {"username": "ada", "password": "not it, at all"}
    tries = [site.call("POST", "/sessions/browser", wrong, **OURS).status for _ in range(11)]
    assert tries == [401] * 10 + [429]
    assert site.call("POST", "/sessions", {"username": "ada", "password": PASSWORD}).status == 429
