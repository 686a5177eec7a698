"""Forums, announcements and the inbox, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api

_THREAD: Literal["/competitions/{competition}/threads/{thread}"] = "/competitions/{competition}/threads/{thread}"
_POST: Literal["/competitions/{competition}/threads/{thread}/posts/{post}"]
_POST = "/competitions/{competition}/threads/{thread}/posts/{post}"
_SUBSCRIPTION: Literal["/competitions/{competition}/threads/{thread}/subscription"]
_SUBSCRIPTION = "/competitions/{competition}/threads/{thread}/subscription"


class Forum(Verbs):
    """The verbs of forums, of announcements and of one's inbox. Posts are named by their thread and number."""

    def threads(self, competition: str) -> Iterator[api.Thread]:
        """Threads of a competition: the pinned ones, then those in which somebody wrote last."""
        call = self.http.call
        for page in self._pages(
            lambda at: call("GET", "/competitions/{competition}/threads", None, at, competition=competition)
        ):
            yield from page["threads"]

    def thread(self, competition: str, thread: str, **wanted: str) -> api.ThreadPage:
        """One page of a thread: a `page`, or the one of a `post`; with `order` "newest" from its end."""
        return self.http.call("GET", _THREAD, None, {**wanted}, competition=competition, thread=thread)

    def begin_thread(self, competition: str, title: str, text: str) -> api.Written:
        """Begin a thread; tells its id."""
        body = {"title": title, "text": text}
        return self.http.call("POST", "/competitions/{competition}/threads", body, competition=competition)

    def reply(self, competition: str, thread: str, text: str) -> api.Written:
        """Write in a thread; tells the post's number."""
        path: Literal["/competitions/{competition}/threads/{thread}/posts"]
        path = "/competitions/{competition}/threads/{thread}/posts"
        return self.http.call("POST", path, {"text": text}, competition=competition, thread=thread)

    def change_post(self, competition: str, thread: str, post: int, text: str, title: str = "") -> api.Written:
        """Have one's post say something else; of a thread's first one with another title."""
        body = {"text": text} | ({"title": title} if title else {})
        return self.http.call("PATCH", _POST, body, competition=competition, thread=thread, post=str(post))

    def delete_post(self, competition: str, thread: str, post: int, reason: str = "") -> None:
        """Delete one's post, or as an organizer somebody's, with a reason for the audit log."""
        params = {"reason": reason} if reason else {}
        self.http.call("DELETE", _POST, None, params, competition=competition, thread=thread, post=str(post))

    def post_history(self, competition: str, thread: str, post: int) -> list[api.PostVersion]:
        """Versions of a post before each of its changes, the oldest first."""
        path: Literal["/competitions/{competition}/threads/{thread}/posts/{post}/history"]
        path = "/competitions/{competition}/threads/{thread}/posts/{post}/history"
        return self.http.call("GET", path, competition=competition, thread=thread, post=str(post))["versions"]

    def mark_thread(self, competition: str, thread: str, **marks: object) -> api.Thread:
        """Set a thread's marks: `pinned` and `locked`, as an organizer; the number of its `answer`, None for none."""
        return self.http.call("PATCH", _THREAD, marks, competition=competition, thread=thread)

    def subscribe(self, competition: str, thread: str) -> api.Subscribed:
        """Be told of a thread's new posts."""
        return self.http.call("POST", _SUBSCRIPTION, competition=competition, thread=thread)

    def unsubscribe(self, competition: str, thread: str) -> api.Subscribed:
        """Be told of a thread's new posts no more."""
        return self.http.call("DELETE", _SUBSCRIPTION, competition=competition, thread=thread)

    def find_posts(self, competition: str, words: str) -> Iterator[api.FoundPost]:
        """Posts in which all of some words stand, newest first."""
        call = self.http.call
        params = {"search": words}
        for page in self._pages(
            lambda at: call("GET", "/competitions/{competition}/posts", None, at, competition=competition), params
        ):
            yield from page["posts"]

    def report_post(self, competition: str, thread: str, post: int, reason: str) -> api.Reported:
        """Report a post to the organizers."""
        path: Literal["/competitions/{competition}/threads/{thread}/posts/{post}/reports"]
        path = "/competitions/{competition}/threads/{thread}/posts/{post}/reports"
        body = {"reason": reason}
        return self.http.call("POST", path, body, competition=competition, thread=thread, post=str(post))

    def reports(self, competition: str) -> Iterator[api.PostReport]:
        """Reports that no organizer has decided about."""
        call = self.http.call
        for page in self._pages(
            lambda at: call("GET", "/competitions/{competition}/reports", None, at, competition=competition)
        ):
            yield from page["reports"]

    def decide_report(self, competition: str, report: str, decision: str, reason: str) -> None:
        """Have a reported post "deleted" or "kept", with a reason for the audit log."""
        body = {"decision": decision, "reason": reason}
        path: Literal["/competitions/{competition}/reports/{report}"] = "/competitions/{competition}/reports/{report}"
        self.http.call("PATCH", path, body, competition=competition, report=report)

    def announce(self, competition: str | None, title: str, text: str, mail: bool | None = None) -> api.Announcement:
        """Announce something to all who take part in a competition; without one, as an administrator, to the whole site.

        Without a word about `mail` those who take part are mailed, and the whole site is not.
        """
        is_mailed = competition is not None if mail is None else mail
        body = {"title": title, "text": text, "mail": is_mailed}
        if competition is None:
            return self.http.call("POST", "/announcements", body)
        path: Literal["/competitions/{competition}/announcements"] = "/competitions/{competition}/announcements"
        return self.http.call("POST", path, body, competition=competition)

    def change_announcement(
        self, competition: str | None, announcement: str, changes: Mapping[str, str]
    ) -> api.Announcement:
        """Give an announcement of a competition, or of the site, another "title" or "text", with a "reason" for the log."""
        if competition is None:
            return self.http.call("PATCH", "/announcements/{announcement}", dict(changes), announcement=announcement)
        path: Literal["/competitions/{competition}/announcements/{announcement}"]
        path = "/competitions/{competition}/announcements/{announcement}"
        return self.http.call("PATCH", path, dict(changes), competition=competition, announcement=announcement)

    def announcements(self, competition: str | None) -> list[api.Announcement]:
        """Announcements of a competition, or of the site: the newest page."""
        if competition is None:
            return self.http.call("GET", "/announcements")["announcements"]
        path: Literal["/competitions/{competition}/announcements"] = "/competitions/{competition}/announcements"
        return self.http.call("GET", path, competition=competition)["announcements"]

    def withdraw_announcement(self, competition: str | None, announcement: str) -> None:
        """Take an announcement of a competition, or of the site, back."""
        if competition is None:
            self.http.call("DELETE", "/announcements/{announcement}", announcement=announcement)
            return
        path: Literal["/competitions/{competition}/announcements/{announcement}"]
        path = "/competitions/{competition}/announcements/{announcement}"
        self.http.call("DELETE", path, competition=competition, announcement=announcement)

    def my_announcements(self) -> list[api.Announcement]:
        """The newest announcement of the site, and of each competition that one takes part in."""
        return self.http.call("GET", "/me/announcements")["announcements"]

    def inbox(self) -> Iterator[api.Notification]:
        """Notifications, newest first."""
        for page in self._pages(lambda at: self.http.call("GET", "/me/inbox", None, at)):
            yield from page["notifications"]

    def read_inbox(self, through: str) -> None:
        """Say that a notification, by its id, and all older ones are read."""
        self.http.call("POST", "/me/inbox/read", {"through": through})
