"""Who may call what: one table of every route, and every role tried on each, whether it may call it or not."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib import routes
from chalicelib.actions.people import accounts, pace
from chalicelib.http import Access
from chalicelib.store.background import failures
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.mail import readers
from tests import builders, judged
from tests.api import quick_moto
from tests.api.conftest import BUCKETS, PASSWORD, REGION, Answer, Person, Site
from tests.api.undoing import undone

ANONYMOUS, STRANGER, APPLICANT, OTHER = "anonymous", "stranger", "applicant", "another participant"
PARTICIPANT, MATE, JUROR, VIEWER = "participant", "team mate", "juror", "viewer"
ORGANIZER, OWNER, ADMIN, ROBOT, GUEST = "organizer", "owner", "administrator", "robot", "guest"
#: `participant` has the submission, the dataset, the queue and so on that the paths name, and leads the team for which the
#: submission was made; `team mate` is in that team; `owner` made the competition, and made others `organizer` and `viewer`;
#: `robot` was admitted without joining; `guest` is invited by their address, and has not come yet.
ROLES = (ANONYMOUS, STRANGER, GUEST, APPLICANT, OTHER, ROBOT, PARTICIPANT, MATE, JUROR, VIEWER, ORGANIZER, OWNER, ADMIN)

EVERYBODY = frozenset(ROLES)
ACCOUNTS = EVERYBODY - {ANONYMOUS}
#: Who takes part, or could try the competition out.
MEMBERS = frozenset({OTHER, ROBOT, PARTICIPANT, MATE, ORGANIZER, OWNER, ADMIN})
ORGANIZERS = frozenset({ORGANIZER, OWNER, ADMIN})
#: Viewers see what organizers see, but no secrets.
OVERSEERS = ORGANIZERS | {VIEWER}
OWNERS = frozenset({OWNER, ADMIN})
#: Who takes part, as themselves.
TAKING_PART = frozenset({OTHER, ROBOT, PARTICIPANT, MATE})
#: Of a submission.
ITS_PEOPLE = frozenset({PARTICIPANT, MATE}) | ORGANIZERS
#: Who can be in a team, and who decides about one. A robot competes alone.
COMPETITORS = frozenset({OTHER, PARTICIPANT, MATE})
LEADERS = frozenset({PARTICIPANT}) | ORGANIZERS
#: Of what belongs to an account and not to a competition.
HOLDER = frozenset({PARTICIPANT})
HOLDER_OR_ADMIN = frozenset({PARTICIPANT, ADMIN})
ADMINS = frozenset({ADMIN})
#: Who judges is invited; to organize is not enough.
JURORS = frozenset({JUROR})
#: Runners have tokens of their own, and no account helps there.
NOBODY: frozenset[str] = frozenset()

VERBS = ("claim", "heartbeat", "uploads", "finish", "abort", "release", "released")
_COMPETITION, _SETTINGS = "/v1/competitions/{competition}", "/v1/competitions/{competition}/settings"
_WEBHOOKS, _WEBHOOK = f"{_COMPETITION}/webhooks", f"{_COMPETITION}/webhooks/{{webhook}}"
_TEAMS, _TEAM = f"{_COMPETITION}/teams", f"{_COMPETITION}/teams/{{team}}"
_THREADS, _THREAD = f"{_COMPETITION}/threads", f"{_COMPETITION}/threads/{{thread}}"
_POST = f"{_THREAD}/posts/{{post}}"
_HOUSE = "/v1/organizations/{organization}"
_COLUMNS = f"{_SETTINGS}/{{part}}/{{index}}/columns"
RIGHTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            "POST /v1/accounts", "POST /v1/accounts/confirm", "POST /v1/accounts/resend", "POST /v1/sessions",
            "POST /v1/accounts/password/forgot", "POST /v1/accounts/password/reset", "POST /v1/sessions/refresh",
            "POST /v1/sessions/browser", "POST /v1/sessions/browser/refresh",
            "GET /v1/competitions", f"GET {_COMPETITION}", f"GET {_COMPETITION}/pages/{{index}}",
            f"GET {_COMPETITION}/assets", "GET /v1/federation/key", "GET /v1/federation/competitions",
            "GET /v1/federation/entries", "GET /v1/feed", f"GET {_COMPETITION}/feed", f"GET {_COMPETITION}/calendar",
            # Who knows a private address.
            "GET /v1/calendars/{calendar}",
            f"GET {_COMPETITION}/croissant", "GET /v1/phases/{phase}/leaderboards", "GET /v1/phases/{phase}/leaderboard",
            "GET /v1/phases/{phase}/leaderboard/history",
            "GET /v1/phases/{phase}/participants/{username}/rank", "GET /v1/phases/{phase}/participants/{username}/history",
            "GET /v1/phases/{phase}/teams/{team}/rank", "GET /v1/phases/{phase}/teams/{team}/history", f"GET {_TEAM}",
            "GET /v1/submissions/{submission}/detailed-results",
            f"GET {_THREADS}", f"GET {_THREAD}", f"GET {_COMPETITION}/posts", f"GET {_COMPETITION}/announcements",
            "GET /v1/announcements", "GET /v1/people/{username}",
            "GET /v1/phases/{phase}/shared", "GET /v1/shared/{submission}", "GET /v1/site", "GET /v1/openapi.json",
            "GET /v1/health",
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "POST /v1/me/calendar", "DELETE /v1/me/calendar", "POST /v1/me/exports", "GET /v1/me/exports",
            "GET /v1/me/audit", "GET /v1/me/removal", "POST /v1/me/removal",
            "GET /v1/me/invitations", "PATCH /v1/me", "GET /v1/me/second-step", "POST /v1/me/second-step",
            "PATCH /v1/me/second-step", "POST /v1/me/second-step/off",
            "POST /v1/sessions/end", "GET /v1/sessions", "DELETE /v1/sessions",
            "GET /v1/me", "GET /v1/me/inbox", "POST /v1/me/inbox/read", "GET /v1/me/announcements",
            f"POST {_THREAD}/subscription", f"DELETE {_THREAD}/subscription", f"POST {_POST}/reports",
            "POST /v1/tokens", "GET /v1/tokens", "POST /v1/uploads", "GET /v1/me/storage", f"POST {_COMPETITION}/reports",
            "POST /v1/organizations", "GET /v1/organizations",
            "GET /v1/datasets", "GET /v1/tasks", "GET /v1/queues", "POST /v1/queues", "POST /v1/bundles/check",
            "GET /v1/offers", "GET /v1/me/guest-lists", f"POST {_COMPETITION}/participants",
            # Of each submission it is told by itself what one may not do to it.
            "POST /v1/phases/{phase}/submissions/cancel", "POST /v1/phases/{phase}/submissions/delete",
            # Whose the files are that a new task names is told as a complaint about the body.
            "POST /v1/tasks", "GET /v1/juries", "POST /v1/shared/{submission}/download",
        ),
        ACCOUNTS,
    ),
    **dict.fromkeys(
        (
            f"POST {_COMPETITION}/robots", f"DELETE {_COMPETITION}/robots/{{user}}",
            f"POST {_COMPETITION}/link", f"DELETE {_COMPETITION}/link", f"POST {_COMPETITION}/guests",
            f"GET {_COMPETITION}/guests", f"POST {_COMPETITION}/guests/revoke",
            f"POST {_COMPETITION}/publish", f"POST {_COMPETITION}/unpublish", f"PATCH {_SETTINGS}",
            f"PATCH {_COMPETITION}/terms", f"PATCH {_COMPETITION}/logo", f"POST {_SETTINGS}/{{part}}",
            f"PATCH {_SETTINGS}/{{part}}/{{index}}", f"DELETE {_SETTINGS}/{{part}}/{{index}}", f"POST {_COLUMNS}",
            f"PATCH {_COLUMNS}/{{column}}", f"DELETE {_COLUMNS}/{{column}}", f"POST {_COMPETITION}/dumps",
            f"GET {_COMPETITION}/dumps", f"POST {_COMPETITION}/clone", f"GET {_COMPETITION}/bundles",
            f"POST {_COMPETITION}/bundles",
            f"PATCH {_COMPETITION}/participants/{{user}}", f"POST {_COMPETITION}/participants/decide",
            f"POST {_COMPETITION}/groups/assign", f"POST {_COMPETITION}/groups/apply",
            f"POST {_COMPETITION}/participants/{{user}}/attempts", f"POST {_TEAM}/attempts",
            f"POST {_COMPETITION}/solutions/{{index}}/run",
            "POST /v1/phases/{phase}/parcels", "POST /v1/phases/{phase}/brought",
            "POST /v1/phases/{phase}/determinism",
            "POST /v1/phases/{phase}/migration",
            "PATCH /v1/submissions/{submission}/marks",
            "PATCH /v1/submissions/{submission}/scores",
            "POST /v1/submissions/{submission}/start", "POST /v1/submissions/{submission}/rerun",
            *(f"POST /v1/phases/{{phase}}/submissions/{verb}" for verb in ("rerun", "start", "fail")),
            "POST /v1/phases/{phase}/rerun",
            "POST /v1/submissions/{submission}/fail", "POST /v1/submissions/{submission}/restore",
            f"POST {_COMPETITION}/registry", f"GET {_COMPETITION}/registry",
            f"DELETE {_COMPETITION}/registry",
            f"POST {_COMPETITION}/jurors", f"PATCH {_COMPETITION}/jurors/{{user}}",
            f"DELETE {_COMPETITION}/jurors/{{user}}",
            "POST /v1/phases/{phase}/judging/publish", "POST /v1/phases/{phase}/judging/unpublish",
            f"PATCH {_TEAM}", f"POST {_TEAM}/members",
            f"POST {_WEBHOOKS}", f"GET {_WEBHOOKS}", f"PATCH {_WEBHOOK}", f"DELETE {_WEBHOOK}", f"POST {_WEBHOOK}/secret",
            f"GET {_WEBHOOK}/deliveries", f"POST {_WEBHOOK}/deliveries", f"GET {_WEBHOOK}/deliveries/{{delivery}}",
            f"POST {_WEBHOOK}/deliveries/{{delivery}}",
        ),
        ORGANIZERS,
    ),
    **dict.fromkeys(
        (
            f"GET {_SETTINGS}", f"GET {_COMPETITION}/participants", f"POST {_COMPETITION}/participants/exports",
            f"GET {_COMPETITION}/audit", f"GET {_COMPETITION}/organizers", "GET /v1/phases/{phase}/parcels",
            "GET /v1/phases/{phase}/parcels/{parcel}", "GET /v1/phases/{phase}/determinism", f"GET {_COMPETITION}/groups",
            "GET /v1/phases/{phase}/migration", "POST /v1/phases/{phase}/leaderboard/exports",
            "GET /v1/phases/{phase}/deeds", "GET /v1/phases/{phase}/jobs", f"GET {_COMPETITION}/jurors",
            "GET /v1/phases/{phase}/judging", f"GET {_TEAMS}",
        ),
        OVERSEERS,
    ),
    **dict.fromkeys((f"POST {_COMPETITION}/organizers", f"DELETE {_COMPETITION}"), OWNERS),
    # Who is offered a role accepts it; who has one leaves, here the viewer.
    f"POST {_COMPETITION}/organizers/accept": NOBODY,
    f"DELETE {_COMPETITION}/organizers/{{user}}": OWNERS | {VIEWER},
    **dict.fromkeys(
        (
            "GET /v1/phases/{phase}/judging/next", "GET /v1/phases/{phase}/judging/judgements", "GET /v1/judging/{case}",
            "POST /v1/judging/{case}", "POST /v1/judging/{case}/pass",
        ),
        JURORS,
    ),
    **dict.fromkeys((f"POST {_TEAMS}", f"POST {_TEAMS}/join"), COMPETITORS),
    f"POST {_COMPETITION}/collect": TAKING_PART,
    f"POST {_COMPETITION}/terms/accept": COMPETITORS | {APPLICANT, ROBOT},
    **dict.fromkeys(
        (
            f"DELETE {_TEAM}", f"POST {_TEAM}/leader", f"POST {_TEAM}/code", f"DELETE {_TEAM}/members/{{user}}",
            f"GET {_TEAM}/invitations", f"POST {_TEAM}/invitations", f"DELETE {_TEAM}/invitations/{{invitation}}",
            f"POST {_TEAM}/mergers",
        ),
        LEADERS,
    ),
    **dict.fromkeys((f"GET {_HOUSE}", f"GET {_HOUSE}/members", f"GET {_HOUSE}/competitions"), EVERYBODY),
    **dict.fromkeys(
        (
            f"PATCH {_HOUSE}", f"DELETE {_HOUSE}", f"GET {_HOUSE}/audit",
            f"GET {_HOUSE}/invitations", f"POST {_HOUSE}/invitations",
            f"DELETE {_HOUSE}/invitations/{{invitation}}", f"PATCH {_HOUSE}/members/{{user}}",
            f"DELETE {_HOUSE}/members/{{user}}", f"POST {_HOUSE}/owner",
        ),
        HOLDER,
    ),
    # The invitation is to the stranger.
    **dict.fromkeys(
        ("POST /v1/me/invitations/{invitation}/accept", "POST /v1/me/invitations/{invitation}/decline"), {STRANGER}
    ),
    "GET /v1/phases/{phase}/handouts": MEMBERS | {VIEWER},
    **dict.fromkeys((f"POST {_THREADS}", f"POST {_THREAD}/posts"), MEMBERS),
    # The post and its thread are a participant's.
    f"PATCH {_POST}": HOLDER,
    **dict.fromkeys((f"DELETE {_POST}", f"PATCH {_THREAD}"), HOLDER | ORGANIZERS),
    **dict.fromkeys(
        (
            f"GET {_COMPETITION}/reports", f"PATCH {_COMPETITION}/reports/{{report}}",
            f"POST {_COMPETITION}/announcements", f"DELETE {_COMPETITION}/announcements/{{announcement}}",
            f"PATCH {_COMPETITION}/announcements/{{announcement}}",
        ),
        ORGANIZERS,
    ),
    **dict.fromkeys(
        ("POST /v1/announcements", *(f"{verb} /v1/announcements/{{announcement}}" for verb in ("PATCH", "DELETE"))), ADMINS
    ),
    f"GET {_POST}/history": HOLDER | ORGANIZERS | {VIEWER},
    # Nobody likes their own, nor their team's.
    **dict.fromkeys(
        ("POST /v1/shared/{submission}/like", "DELETE /v1/shared/{submission}/like"), ACCOUNTS - {PARTICIPANT, MATE}
    ),
    **dict.fromkeys(("GET /v1/phases/{phase}/quota", "POST /v1/phases/{phase}/submissions"), MEMBERS - {ADMIN}),
    # Everybody who can see the phase has a list there, of their own submissions.
    "GET /v1/phases/{phase}/submissions": ACCOUNTS,
    **dict.fromkeys(
        (
            "PATCH /v1/submissions/{submission}", "DELETE /v1/submissions/{submission}",
            "POST /v1/submissions/{submission}/cancel",
            "POST /v1/submissions/{submission}/leaderboard", "DELETE /v1/submissions/{submission}/leaderboard",
        ),
        ITS_PEOPLE,
    ),
    # Which of theirs count, nobody else says.
    **dict.fromkeys(
        ("POST /v1/submissions/{submission}/selection", "DELETE /v1/submissions/{submission}/selection"), {PARTICIPANT, MATE}
    ),
    **dict.fromkeys(
        (
            "GET /v1/submissions/{submission}", "GET /v1/submissions/{submission}/files",
            "GET /v1/submissions/{submission}/logs", "GET /v1/submissions/{submission}/attempts",
        ),
        ITS_PEOPLE | {VIEWER},
    ),
    "GET /v1/submissions/{submission}/live-page": ORGANIZERS,
    **dict.fromkeys(
        (
            "POST /v1/uploads/{upload}/commit", "GET /v1/uploads/{upload}", "DELETE /v1/uploads/{upload}",
            "GET /v1/imports/{import_id}",
            "DELETE /v1/tokens/{token}", "DELETE /v1/sessions/{session}", "POST /v1/datasets", "POST /v1/tasks/bundle",
            "POST /v1/competitions",
        ),
        HOLDER,
    ),
    **dict.fromkeys(
        (
            "GET /v1/datasets/{dataset}", "GET /v1/datasets/{dataset}/file", "PATCH /v1/datasets/{dataset}",
            "DELETE /v1/datasets/{dataset}", "GET /v1/tasks/{task}", "PATCH /v1/tasks/{task}", "DELETE /v1/tasks/{task}",
            "GET /v1/queues/{queue}", "PATCH /v1/queues/{queue}", "DELETE /v1/queues/{queue}",
            "POST /v1/queues/{queue}/tokens", "GET /v1/queues/{queue}/tokens", "DELETE /v1/queues/{queue}/tokens/{token}",
            "POST /v1/queues/{queue}/registry", "GET /v1/queues/{queue}/registry", "DELETE /v1/queues/{queue}/registry",
        ),
        HOLDER_OR_ADMIN,
    ),
    **dict.fromkeys((f"GET {_COMPETITION}/dumps/{{dump}}", f"DELETE {_COMPETITION}/dumps/{{dump}}"), ORGANIZERS),
    f"GET {_COMPETITION}/storage": OVERSEERS,
    "PATCH /v1/site": ADMINS,
    **dict.fromkeys(("POST /v1/federation/key", "GET /v1/federation/sites", "POST /v1/federation/sites"), ADMINS),
    "DELETE /v1/federation/sites/{site}": ADMINS,
    **dict.fromkeys(
        (
            "GET /v1/site/accounts", "POST /v1/site/accounts", "POST /v1/site/accounts/{username}/ban",
            "DELETE /v1/site/accounts/{username}/ban", "DELETE /v1/site/accounts/{username}/second-step",
            "GET /v1/site/audit",
            *(f"{verb} /v1/site/accounts/{{username}}/{what}" for verb in ("GET", "POST") for what in ("removal", "merger")),
            "GET /v1/site/storage", "PATCH /v1/site/storage", "GET /v1/site/storage/differences",
            "POST /v1/site/storage/reviews", "GET /v1/site/schema", "POST /v1/site/schema",
            "GET /v1/site/accounts/{username}/storage",
            "PATCH /v1/site/accounts/{username}/storage", f"PATCH {_COMPETITION}/storage",
            "GET /v1/site/usage", "GET /v1/site/reports", "PATCH /v1/site/reports/{report}",
        ),
        ADMINS,
    ),
    f"POST {_COMPETITION}/featured": ADMINS,
    f"DELETE {_COMPETITION}/featured": ADMINS,
    **dict.fromkeys(("GET /v1/site/approvals", "POST /v1/site/approvals/{competition}"), ADMINS),
    "GET /v1/site/failures": ADMINS,
    "GET /v1/site/status": ADMINS,
    "POST /v1/site/failures/{failure}/retry": ADMINS,
    # Who owns the queue, which here is the site's own.
    "POST /v1/submissions/{submission}/release": ADMINS,
    **dict.fromkeys(
        (
            "POST /v1/runner/session", "POST /v1/runner/presence",
            *(f"POST /v1/runner/jobs/{{submission}}/{verb}" for verb in VERBS),
        ),
        NOBODY,
    ),
    # By the token of a mail, whoever shows it.
    **dict.fromkeys(("GET /v1/unsubscribe", "POST /v1/unsubscribe"), EVERYBODY),
    **dict.fromkeys((f"POST {_COMPETITION}/mailings", f"POST {_COMPETITION}/mailings/preview"), ORGANIZERS),
    f"GET {_COMPETITION}/mailings": ORGANIZERS,
    **dict.fromkeys(("GET /v1/site/suppressions", "DELETE /v1/site/suppressions/{digest}"), ADMINS),
    **dict.fromkeys(("GET /v1/me/mail", "PATCH /v1/me/mail"), ACCOUNTS),
}  # fmt: skip


#: A body of each kind that is good enough to be judged by who sends it. Ids in braces are the world's.
BODIES: dict[str, Any] = {
    "Abort": {"reason": "No."},
    "AdmitRobot": {"username": "stan"},
    "AcceptRole": {"role": "organizer"},
    "AcceptTerms": {"version": 1},
    "Appoint": {"username": "stan", "role": "organizer"},
    "ChangePost": {"text": "Taken."},
    "Announce": {"title": "Mine", "text": "Mine."},
    "ChangeAnnouncement": {"title": "Yours"},
    "AnnounceToSite": {"title": "Mine", "text": "Mine."},
    "DecideReport": {"decision": "kept", "reason": "Fine."},
    "ReportPost": {"reason": "Spam."},
    "ReportCompetition": {"reason": "Spam."},
    "DecideSiteReport": {"decision": "resolved", "reason": "Fine."},
    "SetQuota": {"quota_bytes": 1},
    "ChangeQuotas": {"account_quota_bytes": 1},
    "ReviewStorage": {"mends": True},
    "MarkThread": {"answer": None},
    "NewPost": {"text": "Mine."},
    "NewThread": {"title": "Mine", "text": "Mine."},
    "ReadInbox": {"through": "0"},
    "AssignGroup": {"group": "owls", "participants": ["{user}"]},
    "BanAccount": {"reason": "For fun."},
    "RemoveOwnAccount": {"password": PASSWORD},
    "RemoveAccount": {"reason": "For fun."},
    "MergeAccount": {"into": "otto", "reason": "For fun."},
    "FindAccount": {"username": "ada"},
    "BeginUpload": {"purpose": "dataset", "filename": "a.zip", "size_bytes": 1, "sha256": "0" * 64},
    "BundleUpload": {"upload": "{upload}"},
    "ChangeDataset": {"name": "Taken"},
    "ChangeJuror": {"status": "excluded"},
    "ChangeMember": {"shown": True},
    "ChangeProfile": {"display_name": "Somebody"},
    "BeginSecondStep": {"password": PASSWORD},
    "TurnOnSecondStep": {"code": "123456"},
    "TurnOffSecondStep": {"password": PASSWORD, "code": "123456"},
    "ChangeOrganization": {"description": "Taken"},
    "ChangeQueue": {"name": "Taken"},
    "ChooseMail": {"kinds": {"letters": True}},
    "ChangeTask": {"name": "Taken"},
    "ChangeTeam": {"status": "denied"},
    "ChangeWebhook": {"description": "Taken"},
    "CheckDeterminism": {"top": 1},
    "CheckBundle": {"manifest": "version: 2"},
    "Claim": {"runner": "r"},
    "Clone": {"title": "Taken"},
    "CommitUpload": {"parts": []},
    "Decide": {"status": "denied"},
    "DecideMany": {"participants": ["{user}"], "status": "denied"},
    "EditScores": {"scores": {"accuracy": 1}, "reason": "For fun."},
    "Export": {"format": "csv"},
    "ExportParticipants": {},
    "Finish": {"scores": {"accuracy": 1}},
    "InviteGuests": {"addresses": ["new@example.org"]},
    "Uninvite": {"guests": ["{user}"]},
    "GiveAttempts": {"phase": "{phase}", "attempts": 3, "reason": "For fun."},
    "Heartbeat": {"step": "scoring"},
    "ChangeSubmission": {"name": "Taken"},
    "Bring": {
        **{"site": "other.example", "id": "1", "owner": "ada", "upload": "{upload}", "status": "Finished"},
        "created_at": "2026-01-01T00:00:00Z",
    },
    "Release": {"runner": "r", "attempt": 1},
    "Released": {"runner": "r", "attempt": 1},
    "Bulk": {"submissions": ["{submission}"]},
    "BulkFail": {"submissions": ["{submission}"]},
    "Why": {"reason": "No."},
    "Invite": {"username": "otto"},
    "InviteToOrganization": {"username": "otto"},
    "Judge": {"marks": {"clarity": 5, "style": 10}},
    "Named": {"username": "ada"},
    "Join": {"accept_terms": True},
    "JoinTeam": {"code": "{code}"},
    "Logo": {"content": "aGVsbG8=", "format": "png"},
    "Mark": {"verified": True},
    "Merge": {"team": "{team}"},
    "Migrate": {},
    "NewDataset": {"upload": "{upload}", "type": "solution", "name": "Taken"},
    "NewMailing": {"subject": "Hello", "text": "Hello."},
    "NewDump": {"form": "light"},
    "NewSubmissionExport": {"submissions": ["{submission}"]},
    "NewOrganization": {"name": "Taken"},
    "NewQueue": {"name": "Mine"},
    "NewRegistry": {"server": "registry.example", "username": "u", "password": "p"},
    "NewTeam": {"name": "Taken"},
    "NewWebhook": {"url": "http://127.0.0.1:9/", "events": ["competition.published"]},
    "NewTask": {"name": "Taken", "files": {"scoring_program": "{dataset}"}},
    "NewToken": {"name": "Taken"},
    "PageText": {"content": "Taken"},
    "Patch": {"title": "Taken", "name": "Taken"},
    "ChangeSite": {"paused": True},
    "Approve": {"decision": "approved"},
    "Presence": {"runner": "r"},
    "StartSession": {"protocol": 1, "runner": "r"},
    "TrustSite": {"url": "https://other.example/api", "key": "0" * 64},
    "Submit": {"upload": "{upload}"},
}
#: Where an id of the path is of another kind of thing than elsewhere: which of the world's stands there.
OTHERS: dict[str, dict[str, str]] = {
    f"DELETE {_COMPETITION}/organizers/{{user}}": {"user": "viewer"},
    f"DELETE {_COMPETITION}/robots/{{user}}": {"user": "robot"},
    **dict.fromkeys((f"{verb} {_COMPETITION}/jurors/{{user}}" for verb in ("PATCH", "DELETE")), {"user": "juror"}),
    **dict.fromkeys(
        (f"POST {_COLUMNS}", *(f"{verb} {_COLUMNS}/{{column}}" for verb in ("PATCH", "DELETE"))), {"part": "boards"}
    ),
    **dict.fromkeys(
        (f"POST /v1/me/invitations/{{invitation}}/{verb}" for verb in ("accept", "decline")), {"invitation": "asked"}
    ),
    f"DELETE {_HOUSE}/invitations/{{invitation}}": {"invitation": "asked"},
    "DELETE /v1/queues/{queue}/tokens/{token}": {"token": "runner_token"},
    **dict.fromkeys(
        (f"{verb} /v1/announcements/{{announcement}}" for verb in ("PATCH", "DELETE")), {"announcement": "of_site"}
    ),
    "PATCH /v1/site/reports/{report}": {"report": "of_competition"},
}
#: The one list that has addresses, and notes who looks at it. Files of participants are fetched by their own links.
TELLS_ADDRESSES = f"GET {_COMPETITION}/guests"
#: What the answer to somebody without the right may be. 404 is for what one may not know of.
REFUSALS = (401, 403, 404)
#: What changes the table.
WRITES = ("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems", "BatchWriteItem")
ENDPOINTS = {f"{endpoint.method} {endpoint.path}": endpoint for endpoint in routes.endpoints()}
REFUSED = [route for route, allowed in RIGHTS.items() if allowed != EVERYBODY]
READ = [route for route, allowed in RIGHTS.items() if route.startswith("GET ") and allowed]
#: What who is invited sees of a draft before they join it.
_ENTRANCE = {f"GET {_COMPETITION}", f"GET {_COMPETITION}/pages/{{index}}", f"GET {_COMPETITION}/assets"}
#: Those that change something and ask who it is.
WRITTEN = [route for route, allowed in RIGHTS.items() if not route.startswith("GET ") and allowed not in (NOBODY, EVERYBODY)]


@dataclass
class World:
    """A competition that one has to be let into, its people, and the ids that paths and bodies ask for."""

    site: Site
    people: dict[str, Person | None]
    ids: dict[str, str]
    #: An upload of each who may submit, ready to be used.
    uploads: dict[str, str] = field(default_factory=dict)

    def call(self, route: str, role: str) -> Answer:
        """Call a route as somebody, with a body of the right kind."""
        method, _, path = route.partition(" ")
        kind = ENDPOINTS[route].body
        body = json.dumps(BODIES[kind.__name__]) if kind else None
        others = {name: self.ids[other] for name, other in OTHERS.get(route, {}).items()}
        for name, value in (self.ids | others).items():
            path = path.replace(f"{{{name}}}", value)
            body = body and body.replace(f"{{{name}}}", value)
        person = self.people[role]
        headers = {"If_Match": "*"} if method in ("PATCH", "DELETE", "POST") else {}
        sent = json.loads(body) if body else None
        return self.site.call(method, path.removeprefix("/v1"), sent, token=person.token if person else None, **headers)

    def write(self, route: str, role: str) -> Answer:
        """Call a route as somebody who has the right, and undo what that did."""
        with self._undone():
            return self._with_own_upload(role).call(route, role)

    def begin_to_write(self, route: str, role: str) -> tuple[bool, Answer]:
        """Call a route as somebody, stopped at the first write to the table: whether it was, and the answer."""
        real, stopped = BaseClient._make_api_call, list[str]()

        def call(client: Any, operation: str, arguments: dict[str, Any]) -> Any:
            if operation in WRITES:
                stopped.append(operation)
                raise InterruptedError(operation)
            return real(client, operation, arguments)

        # Calls are counted before anybody is asked for a right, and the hundredth of somebody is written down.
        pace.forget()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(BaseClient, "_make_api_call", call)
            answer = self._with_own_upload(role).call(route, role)
        return bool(stopped), answer

    def _with_own_upload(self, role: str) -> "World":
        own = {"upload": self.uploads[role]} if role in self.uploads else {}
        return replace(self, ids=self.ids | own)

    @contextmanager
    def _undone(self) -> Iterator[None]:
        outputs = self.site.outputs
        with undone(outputs["TableName"], [outputs[name] for name in BUCKETS], outputs["UserPoolId"], REGION):
            yield
        for queue in ("TasksQueueUrl", "JobsQueueUrl"):
            quick_moto.empty_queue(outputs[queue].rpartition("/")[2])
        # Each process remembers for a while who was let in.
        for person in filter(None, self.people.values()):
            accounts.forget(person.id)


@pytest.fixture(scope="module")
def world(deployed: Site) -> World:
    """Made once: nobody who is refused changes it."""
    deployed.clean()
    people = {
        STRANGER: deployed.signed_in("stan"), APPLICANT: deployed.signed_in("apia"), OTHER: deployed.signed_in("otto"),
        PARTICIPANT: deployed.signed_in("ada"), MATE: deployed.signed_in("mate"), ORGANIZER: deployed.signed_in("orla"),
        JUROR: deployed.signed_in("juno"), ADMIN: deployed.signed_in("root", admin=True), OWNER: deployed.signed_in("olga"),
        VIEWER: deployed.signed_in("vera"), ROBOT: deployed.signed_in("bob"), GUEST: deployed.signed_in("grace"),
    }  # fmt: skip
    organizer, ada = people[OWNER], people[PARTICIPANT]
    extra = "enable_detailed_results: true\nsolutions: [{index: 0, tasks: [0], path: solution.zip}]\n"
    extra += "agon: {enable_teams: true, require_team_approval: false, allow_organizer_teams: true}"
    manifest = judged.files(auto_approve=False, extra=extra)
    competition = organizer.competition(files={**manifest, "solution.zip": builders.submission()})
    path = f"/competitions/{competition['id']}"
    for role in (ORGANIZER, VIEWER):
        assert organizer.call("POST", f"{path}/organizers", {"username": people[role].username, "role": role}).status == 200
        assert people[role].call("POST", f"{path}/organizers/accept", {"role": role}).status == 200
    for role in (APPLICANT, OTHER, PARTICIPANT, MATE):
        assert people[role].join(competition).status < 300
    assert organizer.call("POST", f"{path}/jurors", {"username": "juno"}).status == 201
    for role in (OTHER, PARTICIPANT, MATE):
        assert organizer.call("PATCH", f"{path}/participants/{people[role].id}", {"status": "approved"}).status == 200
    assert organizer.call("POST", f"{path}/robots", {"username": "bob"}).status == 200
    assert organizer.call("POST", f"{path}/guests", {"addresses": ["grace@example.org"]}).status == 200
    runner, alone = deployed.runner_token(people[ADMIN]), ada.submit(competition).body["id"]
    team = ada.call("POST", f"{path}/teams", {"name": "Owls"}).body
    assert people[MATE].call("POST", f"{path}/teams/join", {"code": team["code"]}).status == 200
    invitation = ada.call("POST", f"{path}/teams/{team['id']}/invitations", {"username": "stan"}).body
    house = ada.call("POST", "/organizations", {"name": "Night House"}).body
    asked = ada.call("POST", f"/organizations/{house['id']}/invitations", {"username": "stan", "role": "member"}).body
    submission = ada.submit(competition).body["id"]
    for made in (alone, submission):
        job = deployed.claim(made, runner).body
        assert deployed.finish(job, {"accuracy": 1.0, "seconds": 1.0}).status == 200
    assert ada.call("PATCH", f"/submissions/{submission}", {"public": True, "licence": "MIT"}).status == 200
    program = ada.upload(builders.archive({"metadata": "command: x"}), "dataset")
    dataset = ada.call("POST", "/datasets", {"name": "Mine", "type": "scoring_program", "upload": program})
    task = ada.call("POST", "/tasks", {"name": "Mine", "files": {"scoring_program": dataset.body["id"]}})
    import_ = ada.call("POST", "/competitions", {"upload": ada.upload(builders.bundle(), "bundle")})
    queue = ada.call("POST", "/queues", BODIES["NewQueue"])
    for owner, place in ((ada, f"/queues/{queue.body['id']}"), (organizer, path)):
        assert owner.call("POST", f"{place}/registry", BODIES["NewRegistry"]).status < 300
    token = ada.call("POST", "/tokens", BODIES["NewToken"])
    trusted = people[ADMIN].call("POST", "/federation/sites", BODIES["TrustSite"])
    thread = ada.call("POST", f"{path}/threads", BODIES["NewThread"]).body["thread"]
    report = ada.call("POST", f"{path}/threads/{thread}/posts/1/reports", BODIES["ReportPost"]).body["id"]
    announcement = organizer.call("POST", f"{path}/announcements", BODIES["Announce"]).body["id"]
    dump = organizer.call("POST", f"{path}/dumps", BODIES["NewDump"])
    parcel = organizer.call("POST", f"/phases/{competition['phases'][0]['id']}/parcels", {})
    while deployed.work():
        pass
    phase = f"/phases/{competition['phases'][0]['id']}"
    assert organizer.call("POST", f"{phase}/determinism", BODIES["CheckDeterminism"]).status == 202
    organizer.call("POST", f"/submissions/{submission}/cancel")
    case = people[JUROR].call("GET", f"/phases/{competition['phases'][0]['id']}/judging/next").body["case"]
    # Nothing is shared while a jury judges it.
    over = {"agon": {"judging_end": "2026-01-02T00:00:00Z"}}
    assert organizer.call("PATCH", f"{path}/settings/phases/0", over, If_Match="*").status == 200
    # And a rule that has people place what they submitted.
    by_hand = {"submission_rule": "Add_And_Delete_Multiple"}
    assert organizer.call("PATCH", f"{path}/settings/leaderboards/0", by_hand, If_Match="*").status == 200
    while deployed.work():
        pass
    webhook = organizer.call("POST", f"{path}/webhooks", BODIES["NewWebhook"]).body["id"]
    delivery = organizer.call("POST", f"{path}/webhooks/{webhook}/deliveries").body["id"]
    of_site = people[ADMIN].call("POST", "/announcements", BODIES["AnnounceToSite"]).body["id"]
    assert ada.call("POST", f"{path}/reports", BODIES["ReportCompetition"]).status == 201
    reported = [one for one in people[ADMIN].call("GET", "/site/reports").body["reports"] if one["about"] != "post"]
    runner_token = ada.call("POST", f"/queues/{queue.body['id']}/tokens", {"name": "Mine"}).body["id"]
    failures.note("failed", Competition.at(competition["id"]), "It broke.", datetime.now(UTC))
    readers.stop("0" * 64, "bounce", "Nobody is there.", datetime.now(UTC))
    uploads = {role: people[role].upload(builders.submission()) for role in MEMBERS}
    ids = {
        "webhook": webhook, "delivery": delivery,
        "competition": competition["id"], "phase": competition["phases"][0]["id"], "submission": submission,
        "index": "0", "column": "0", "part": "phases", "user": ada.id, "username": "ada", "token": token.body["id"],
        "site": trusted.body["id"], "calendar": ada.call("POST", "/me/calendar").body["path"].rpartition("/")[2],
        "dataset": dataset.body["id"], "task": task.body["id"], "queue": queue.body["id"], "dump": dump.body["id"],
        "invitation": invitation["id"], "asked": asked["id"], "viewer": people[VIEWER].id, "robot": people[ROBOT].id,
        "juror": people[JUROR].id, "boards": "leaderboards", "runner_token": runner_token, "of_site": of_site,
        "of_competition": reported[0]["id"], "failure": "failed", "digest": "0" * 64,
        "thread": thread, "post": "1", "report": report,
        "announcement": announcement, "team": team["id"], "code": team["code"], "parcel": parcel.body["id"],
        "organization": house["id"], "session": ada.session,
        "import_id": import_.body["id"], "case": case["id"], "upload": ada.upload(b"PK", "submission", commit=False),
    }  # fmt: skip
    return World(deployed, {ANONYMOUS: None, **people}, ids, uploads)


def test_every_route_has_its_row() -> None:
    assert set(RIGHTS) == set(ENDPOINTS)


def test_every_kind_of_body_has_an_example() -> None:
    for endpoint in ENDPOINTS.values():
        is_asked = RIGHTS[f"{endpoint.method} {endpoint.path}"] != EVERYBODY
        assert endpoint.body is None or not is_asked or endpoint.body.__name__ in BODIES, endpoint.path


# A test for each route and not for each role of it: to begin and end one costs as much as a call.
@pytest.mark.parametrize("route", REFUSED)
def test_who_has_no_right_is_refused(world: World, route: str) -> None:
    for role in (one for one in ROLES if one not in RIGHTS[route]):
        answer = world.call(route, role)
        assert answer.status in _refusals(route, role) and answer.body["detail"], (role, answer.status, answer.body)


def _refusals(route: str, role: str) -> tuple[int, ...]:
    if role == ANONYMOUS:
        return (401,)
    # Who takes part, but competes alone.
    if role == ROBOT and route in (f"POST {_TEAMS}", f"POST {_TEAMS}/join"):
        return (409,)
    # What is no token of an attempt is a stale one.
    return (*REFUSALS, 409) if route.startswith("POST /v1/runner/jobs") else REFUSALS


@pytest.mark.parametrize("route", READ)
def test_who_has_the_right_may_read(world: World, route: str) -> None:
    for role in (one for one in ROLES if one in RIGHTS[route]):
        answer = world.call(route, role)
        assert answer.status not in REFUSALS, (role, answer.status, answer.body)
        # All accounts here have addresses of it, and some are invited by theirs.
        assert "@example.org" not in str(answer.body) or route == TELLS_ADDRESSES and role in ORGANIZERS, role


@pytest.mark.parametrize("route", WRITTEN)
def test_who_has_the_right_may_write(world: World, route: str) -> None:
    """The first of them does it; of the others it is enough, and costs a third, that they get as far as the first write.

    What is wrong with the state of things, or with what the example says, is told to who has the right alone.
    """
    first, *others = (one for one in ROLES if one in RIGHTS[route])
    answer = world.write(route, first)
    assert answer.status < 500 and answer.status not in REFUSALS, (first, answer.status, answer.body)
    for role in others:
        stopped, answer = world.begin_to_write(route, role)
        assert stopped or answer.status < 500 and answer.status not in REFUSALS, (role, answer.status, answer.body)


def test_what_everybody_may_write_asks_nobody_who_they_are() -> None:
    written = [route for route, allowed in RIGHTS.items() if not route.startswith("GET ") and allowed == EVERYBODY]
    assert {ENDPOINTS[route].access for route in written} == {Access.ANYONE}


def test_a_draft_shows_its_guests_what_they_are_invited_to_and_its_robots_what_they_take_part_in(world: World) -> None:
    draft = world.people[ORGANIZER].competition(publish=False, title="Draft for some")
    path = f"/competitions/{draft['id']}"
    assert world.people[ORGANIZER].call("POST", f"{path}/guests", {"addresses": ["grace@example.org"]}).status == 200
    assert world.people[ORGANIZER].call("POST", f"{path}/robots", {"username": "bob"}).status == 200
    hidden = World(world.site, world.people, {**world.ids, "competition": draft["id"], "phase": draft["phases"][0]["id"]})
    for role, wanted in ((GUEST, _ENTRANCE), (ROBOT, None)):
        found = {route: hidden.call(route, role).status for route in RIGHTS if _is_read_of_one(route)}
        shown = {route for route, status in found.items() if status not in REFUSALS}
        assert shown == wanted if wanted else _ENTRANCE < shown <= {one for one in found if role in RIGHTS[one]}, role


def _is_read_of_one(route: str) -> bool:
    return route.startswith("GET ") and ("{competition}" in route or "{phase}" in route)


@pytest.mark.parametrize("role", [STRANGER, APPLICANT, OTHER, PARTICIPANT, ANONYMOUS])
def test_a_draft_is_its_organizers_alone(world: World, role: str) -> None:
    draft = world.people[ORGANIZER].competition(publish=False, title="Draft")
    hidden = World(world.site, world.people, {**world.ids, "competition": draft["id"], "phase": draft["phases"][0]["id"]})
    for route in filter(_is_read_of_one, RIGHTS):
        assert hidden.call(route, role).status in (401, 404), route


@pytest.mark.parametrize(
    ("route", "own"),
    [
        (f"GET {_COMPETITION}/dumps/{{dump}}", {"competition"}),
        (f"PATCH {_COMPETITION}/participants/{{user}}", {"competition"}),
        *((f"{verb} {path}", {"competition"}) for verb, path in (("GET", _THREAD), ("PATCH", _THREAD), ("DELETE", _POST))),
        (f"PATCH {_COMPETITION}/reports/{{report}}", {"competition"}),
        (f"DELETE {_COMPETITION}/announcements/{{announcement}}", {"competition"}),
        (f"PATCH {_COMPETITION}/announcements/{{announcement}}", {"competition"}),
        ("GET /v1/phases/{phase}/parcels/{parcel}", {"phase"}),
        (f"PATCH {_WEBHOOK}", {"competition"}),
        (f"GET {_WEBHOOK}/deliveries", {"competition"}),
        (f"POST {_WEBHOOK}/deliveries/{{delivery}}", {"competition"}),
        ("GET /v1/phases/{phase}/participants/{username}/rank", {"phase"}),
        ("GET /v1/phases/{phase}/participants/{username}/history", {"phase"}),
        ("DELETE /v1/queues/{queue}/tokens/{token}", {"queue"}),
    ],
)
def test_what_belongs_to_one_is_not_found_by_way_of_another(world: World, route: str, own: set[str]) -> None:
    """The caller has every right on the first part of the path; the second part is of another competition or queue."""
    organizer = world.people[ORGANIZER]
    other = organizer.competition(title="Another")
    mine = {"competition": other["id"], "phase": other["phases"][0]["id"]}
    if "queue" in own:
        mine["queue"] = organizer.call("POST", "/queues", {"name": "Another"}).body["id"]
    mixed = World(world.site, world.people, {**world.ids, **{name: mine[name] for name in own}})
    assert mixed.call(route, ORGANIZER).status == 404
