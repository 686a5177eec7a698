"""The language of one's mail: the one that is chosen in the console, or on the page of mail alone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.stack import eventually

from .looking import look


def test_who_is_signed_in_is_written_to_in_the_language_that_they_choose(enter: Callable[..., Page], stack: Any) -> None:
    with stack.client("ada") as ada:
        page = enter("ada", "/account/mail")
        page.locator("agon-language select").first.select_option("fr")
        eventually(lambda: ada.mail_preferences()["language"], lambda found: found == "fr")
        page.reload()
        chosen = page.get_by_label("Langue de vos e-mails")
        expect(chosen).to_have_value("fr")
        look(page, "account-mail-french")
        chosen.select_option("en")
        page.get_by_role("button", name="Enregistrer").click()
        eventually(lambda: ada.mail_preferences()["language"], lambda found: found == "en")
