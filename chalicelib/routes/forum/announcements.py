"""Announcements, of competitions and of the site."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.forum import announcements
from chalicelib.errors import Conflict, NotAllowed, QuotaExceeded
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_OF_COMPETITION = "/v1/competitions/{competition}/announcements"
_OF_SITE = "/v1/announcements"


@routes.get(_OF_COMPETITION, access=Access.ANYONE, answer=responses.Announcements, query=(CURSOR,))
def list_all(call: Call[None], competition: str) -> responses.Announcements:
    """List a competition's announcements, newest first."""
    return announcements.list_all(competition, call.visitor, call.asked(CURSOR))


@routes.post(
    _OF_COMPETITION,
    body=requests.Announce,
    access=Access.SIGNED_IN,
    answer=responses.Announcement,
    status=201,
    errors=(NotAllowed, QuotaExceeded),
)
def announce(call: Call[requests.Announce], competition: str) -> responses.Announcement:
    """Announce something to all who take part in a competition, as its organizer."""
    return announcements.announce(competition, call.body, call.account, call.now)


@routes.delete(f"{_OF_COMPETITION}/{{announcement}}", access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed,))
def withdraw(call: Call[None], competition: str, announcement: str) -> responses.Empty:
    """Take a competition's announcement back."""
    return announcements.withdraw(competition, announcement, call.account, call.now)


@routes.patch(
    f"{_OF_COMPETITION}/{{announcement}}",
    body=requests.ChangeAnnouncement,
    access=Access.SIGNED_IN,
    answer=responses.Announcement,
    errors=(Conflict, NotAllowed),
)
def change(call: Call[requests.ChangeAnnouncement], competition: str, announcement: str) -> responses.Announcement:
    """Change what a competition's announcement says. Nobody is mailed again."""
    return announcements.change(competition, announcement, call.body, call.account, call.now)


@routes.get(_OF_SITE, access=Access.ANYONE, answer=responses.Announcements, query=(CURSOR,))
def list_of_site(call: Call[None]) -> responses.Announcements:
    """List the site's announcements, newest first."""
    return announcements.list_of_site(call.asked(CURSOR))


@routes.post(
    _OF_SITE,
    body=requests.AnnounceToSite,
    access=Access.ADMIN,
    answer=responses.Announcement,
    status=201,
    errors=(QuotaExceeded,),
)
def announce_to_site(call: Call[requests.AnnounceToSite]) -> responses.Announcement:
    """Announce something to everybody on the site. It is mailed where you say so."""
    return announcements.announce_to_site(call.body, call.account, call.now)


@routes.patch(
    f"{_OF_SITE}/{{announcement}}",
    body=requests.ChangeAnnouncement,
    access=Access.ADMIN,
    answer=responses.Announcement,
    errors=(Conflict,),
)
def change_of_site(call: Call[requests.ChangeAnnouncement], announcement: str) -> responses.Announcement:
    """Change what an announcement of the site says. Nobody is mailed again."""
    return announcements.change_of_site(announcement, call.body, call.account, call.now)


@routes.delete(f"{_OF_SITE}/{{announcement}}", access=Access.ADMIN, answer=responses.Empty)
def withdraw_from_site(call: Call[None], announcement: str) -> responses.Empty:
    """Take an announcement of the site back."""
    return announcements.withdraw_from_site(announcement, call.account, call.now)
