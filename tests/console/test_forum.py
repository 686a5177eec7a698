"""A competition's forum in the console: read by visitors, written by who takes part, kept in order by organizers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

from .conftest import PHONE
from .looking import COLOURS, judge, portray, stay
from .reading import fits

WILD = (
    "Is it $F_1$? <img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script> [go](javascript:1)"
)


@pytest.fixture(scope="module")
def forum(stack: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A competition in which ada takes part, and a thread of hers that strangers could have written."""
    path = tmp_path_factory.mktemp("forum") / "bundle.zip"
    path.write_bytes(builders.bundle(title="Talk"))
    with stack.client(ORGANIZER, "organizer") as organizer, stack.client("ada") as ada:
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(path, "bundle")["id"])["id"])
        organizer.publish(done["competition"])
        ada.join(done["competition"])
        thread = ada.begin_thread(done["competition"], "How is <b>it</b> scored?", WILD)["thread"]
    yield done["competition"], thread


@pytest.fixture
def enter_forum(enter: Callable[..., Page], forum: tuple[str, str]) -> Callable[..., Page]:
    """Opens the thread as somebody who has signed in."""

    def enter_forum(username: str, **options: Any) -> Page:
        page = enter(username, "/sign-in", **options)
        page.goto(page.url.removesuffix("/") + f"/c/{forum[0]}/discussion/{forum[1]}")
        page.get_by_role("article", name="Post 1").wait_for()
        return page

    return enter_forum


def test_a_visitor_reads_what_strangers_wrote_and_nothing_of_it_runs(
    visit: Callable[..., Page], forum: tuple[str, str]
) -> None:
    page = visit(f"/c/{forum[0]}")
    page.get_by_role("link", name="Discussion").click()
    page.get_by_role("link", name="How is <b>it</b> scored?").click()
    post = page.get_by_role("article", name="Post 1")
    expect(post.locator("math")).to_be_visible()
    expect(post).to_contain_text("Is it")
    expect(post.locator("script, [onerror], [href^=javascript]")).to_have_count(0)
    expect(page.get_by_label("Your reply")).to_have_count(0)
    expect(page).to_have_title("Discussion · Talk · Agon")
    portray(page, "/c/:competition/discussion/:thread")


def test_who_takes_part_replies_and_the_organizer_marks_and_deletes(
    enter_forum: Callable[..., Page], forum: tuple[str, str]
) -> None:
    ada = enter_forum("ada")
    ada.get_by_label("Your reply").fill("I found it: *accuracy*.")
    ada.get_by_role("button", name="Reply", exact=True).click()
    expect(ada.get_by_role("article", name="Post 2").locator("em")).to_have_text("accuracy")
    organizer = enter_forum(ORGANIZER)
    organizer.get_by_role("button", name="Mark as answer post 2").click()
    expect(organizer.get_by_role("article", name="Post 2")).to_contain_text("The answer")
    organizer.get_by_role("button", name="Pin").click()
    expect(organizer.get_by_text("It is pinned.")).to_be_visible()
    organizer.get_by_role("button", name="Lock").click()
    expect(organizer.get_by_role("button", name="Lock")).to_have_attribute("aria-pressed", "true")
    ada.reload()
    expect(ada.get_by_role("article", name="Post 2")).to_contain_text("The answer")
    expect(ada.get_by_label("Your reply")).to_have_count(0)
    organizer.get_by_role("button", name="Lock").click()
    expect(organizer.get_by_role("button", name="Lock")).to_have_attribute("aria-pressed", "false")
    organizer.get_by_role("button", name="Delete post 2").click()
    expect(organizer.get_by_role("article", name="Post 2")).to_contain_text("Deleted by the organizer.")


def test_a_thread_is_begun_and_listed_and_shows_in_either_scheme(
    enter_forum: Callable[..., Page], forum: tuple[str, str]
) -> None:
    page = enter_forum("ada", viewport=PHONE)
    page.get_by_role("link", name="All threads").click()
    page.get_by_label("Title").fill("Another question")
    page.get_by_label("What do you want to say?").fill("Where is the data?")
    page.get_by_role("button", name="Begin the thread").click()
    expect(page.get_by_role("link", name="Another question")).to_be_visible()
    fits(page)
    for path in ("", f"/{forum[1]}"):
        page.goto(page.url.partition("/discussion")[0] + f"/discussion{path}")
        page.get_by_role("heading", level=2).first.wait_for()
        found = judge(page)
        assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found = judge(page, COLOURS)
    assert found.violations_count == 0, found.generate_report()
    stay(page)


def test_who_is_mentioned_is_told_until_they_say_that_they_have_read_it(
    enter: Callable[..., Page], forum: tuple[str, str], stack: Any
) -> None:
    with stack.client("ada") as ada, stack.client("hedy") as hedy:
        hedy.join(forum[0])
        ada.begin_thread(forum[0], "Who knows?", "Do you, @hedy?")
        eventually(lambda: hedy.http.call("GET", "/me/inbox")["notifications"], bool)
    page = enter("hedy", "/notifications")
    posts = page.get_by_role("region", name="Posts").get_by_role("listitem")
    expect(posts).to_contain_text(["ada mentions you in Who knows?"])
    expect(posts.first).to_contain_text("New")
    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("All of it is read.")).to_be_visible()
    expect(posts.first).not_to_contain_text("New")
    expect(page.get_by_role("button", name="Mark all as read")).to_have_count(0)
    posts.get_by_role("link", name="Who knows?").click()
    expect(page.get_by_role("article", name="Post 1")).to_contain_text("Do you, @hedy?")


def test_a_post_is_changed_found_reported_and_decided_about(
    enter_forum: Callable[..., Page], forum: tuple[str, str], stack: Any
) -> None:
    with stack.client("ada") as client, stack.client("grace"):
        thread = client.begin_thread(forum[0], "Where is it?", "The data lies in a drawer.")["thread"]
    ada = enter_forum("ada")
    ada.goto(ada.url.replace(forum[1], thread))
    ada.get_by_role("button", name="Change post 1").click()
    ada.get_by_label("Your post").fill("The data lies in a *cupboard*.")
    ada.get_by_role("button", name="Save").click()
    post = ada.get_by_role("article", name="Post 1")
    expect(post.locator("em")).to_have_text("cupboard")
    expect(ada.get_by_label("Your post")).to_have_count(0)
    ada.get_by_role("button", name="Earlier versions post 1").click()
    expect(post.get_by_text("The data lies in a drawer.")).to_be_visible()

    grace = enter_forum("grace")
    grace.get_by_role("link", name="All threads").click()
    grace.get_by_label("Search the forum").fill("cupboard")
    grace.get_by_role("button", name="Find").click()
    grace.get_by_role("link", name="Where is it?").click()
    grace.get_by_role("button", name="Report post 1").click()
    grace.get_by_label("What is wrong with it?").fill("It is no cupboard.")
    found = judge(grace)
    assert found.violations_count == 0, found.generate_report()
    grace.get_by_role("button", name="Report it").click()
    expect(grace.get_by_text("The organizers have your report.")).to_be_visible()

    organizer = enter_forum(ORGANIZER)
    organizer.goto(organizer.url.partition("/discussion")[0] + "/manage/reports")
    organizer.get_by_role("link", name="Decide post 1").click()
    organizer.get_by_label("Decision").select_option("deleted")
    organizer.get_by_role("textbox", name="Reason").fill("It was one after all.")
    organizer.get_by_role("button", name="Decide").click()
    expect(organizer.get_by_text("Nothing is reported")).to_be_visible()
    # It was the thread's only post.
    ada.reload()
    expect(ada.get_by_text("There is no such thread.")).to_be_visible()
