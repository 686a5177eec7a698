"""The list of competitions and a competition's frame, as a visitor sees them."""

import httpx


def test_the_list_shows_the_published_competition(visit, stack, finished_demo):
    competition = httpx.get(f"{stack.api_url}/v1/competitions/{finished_demo}").json()
    page = visit("/")
    card = page.get_by_role("listitem").filter(has=page.locator(f"a[href='/competitions/{finished_demo}']"))
    card.wait_for()
    assert competition["title"] in card.inner_text()
    assert competition["organizer"] in card.inner_text()
    assert f"{competition['participants']} participants" in card.inner_text()
    card.get_by_role("link").click()
    page.get_by_role("heading", level=1, name=competition["title"]).wait_for()


def test_an_unknown_competition_says_so(visit, stack):
    problem = httpx.get(f"{stack.api_url}/v1/competitions/nope").json()
    page = visit("/competitions/nope")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert problem["detail"] in alert.inner_text()
    assert page.get_by_role("link", name="All competitions").is_visible()


def test_an_address_that_leads_nowhere_says_so(visit):
    assert "no such page" in visit("/nowhere/at/all").get_by_role("alert").inner_text()
