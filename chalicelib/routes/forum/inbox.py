"""Inboxes: what accounts are told of."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.forum import announcements, subscriptions
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()


@routes.get("/v1/me/inbox", access=Access.SIGNED_IN, answer=responses.Inbox, query=(CURSOR,))
def read(call: Call[None]) -> responses.Inbox:
    """List what you are told of, newest first: posts that mention you, and those in threads that you follow."""
    return subscriptions.read(call.account, call.asked(CURSOR))


@routes.get("/v1/me/announcements", access=Access.SIGNED_IN, answer=responses.Announcements)
def list_announcements(call: Call[None]) -> responses.Announcements:
    """List the newest announcement of the site, and of each competition that you take part in."""
    return announcements.list_mine(call.account)


@routes.post("/v1/me/inbox/read", body=requests.ReadInbox, access=Access.SIGNED_IN, answer=responses.Empty)
def mark_read(call: Call[requests.ReadInbox]) -> responses.Empty:
    """Say how far you have read your inbox."""
    return subscriptions.mark_read(call.body.through, call.account)
