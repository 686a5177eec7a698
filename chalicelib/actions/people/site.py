"""Settings of the site as a whole, which its administrators make."""

from datetime import datetime

from chalicelib import requests, responses, telemetry
from chalicelib.actions.people import audit_log
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.people import site
from chalicelib.store.people.site import Site


def show() -> responses.Site:
    """The site's settings."""
    (found,) = table.read(Site.at())
    settings = site.read(found)
    return responses.Site(bool(settings.paused), settings.message or "", bool(settings.approval))


def change(body: requests.ChangeSite, account: Account, now: datetime) -> responses.Site:
    """Take no submissions anywhere, or take them again; have competitions wait for approval, or not. Two calls.

    What was taken before a pause is run all the same, and what waits for approval when none is needed any more waits until
    its organizers publish it again.
    """
    changes: dict[str, bool | str] = {}
    done: list[tuple[str, str]] = []
    if body.paused is not None:
        changes |= {"paused": body.paused, "message": body.message}
        done.append(("paused" if body.paused else "resumed", body.message))
    if body.approval is not None:
        changes["approval"] = body.approval
        done.append(("approval_asked" if body.approval else "approval_waived", ""))
    entries = [audit_log.entry_of_site(None, what, None, None, why, account, now) for what, why in done]
    site.change(changes, entries)
    telemetry.logger.warning("site changed", account=account.id, what=[what for what, _ in done])
    return show()
