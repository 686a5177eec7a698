"""Who may call what: one table of every route, and every role tried on each that it may not call."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from chalicelib import routes
from tests import builders, judged
from tests.api.conftest import Answer, Person, Site

ANONYMOUS, STRANGER, APPLICANT, OTHER = "anonymous", "stranger", "applicant", "another participant"
PARTICIPANT, MATE, JUROR, VIEWER = "participant", "team mate", "juror", "viewer"
ORGANIZER, OWNER, ADMIN = "organizer", "owner", "administrator"
#: `participant` has the submission, the dataset, the queue and so on that the paths name, and leads the team for which the
#: submission was made; `team mate` is in that team; `owner` made the competition, and made others `organizer` and `viewer`.
ROLES = (ANONYMOUS, STRANGER, APPLICANT, OTHER, PARTICIPANT, MATE, JUROR, VIEWER, ORGANIZER, OWNER, ADMIN)

EVERYBODY = frozenset(ROLES)
ACCOUNTS = EVERYBODY - {ANONYMOUS}
#: Who takes part, or could try the competition out.
MEMBERS = frozenset({OTHER, PARTICIPANT, MATE, ORGANIZER, OWNER, ADMIN})
ORGANIZERS = frozenset({ORGANIZER, OWNER, ADMIN})
#: Viewers see what organizers see, but no secrets.
OVERSEERS = ORGANIZERS | {VIEWER}
OWNERS = frozenset({OWNER, ADMIN})
#: Of a submission.
ITS_PEOPLE = frozenset({PARTICIPANT, MATE}) | ORGANIZERS
#: Who can be in a team, and who decides about one.
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
            "GET /v1/phases/{phase}/participants/{username}/rank", "GET /v1/phases/{phase}/participants/{username}/history",
            "GET /v1/phases/{phase}/teams/{team}/rank", "GET /v1/phases/{phase}/teams/{team}/history", f"GET {_TEAM}",
            "GET /v1/submissions/{submission}/detailed-results",
            f"GET {_THREADS}", f"GET {_THREAD}", f"GET {_COMPETITION}/posts", f"GET {_COMPETITION}/announcements",
            "GET /v1/announcements", "GET /v1/people/{username}",
            "GET /v1/phases/{phase}/shared", "GET /v1/shared/{submission}", "GET /v1/site", "GET /v1/openapi.json",
        ),
        EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "POST /v1/me/calendar", "DELETE /v1/me/calendar", "POST /v1/me/exports", "GET /v1/me/exports",
            "GET /v1/me/audit", "GET /v1/me/removal", "POST /v1/me/removal",
            "GET /v1/me/invitations", "PATCH /v1/me", "GET /v1/me/second-step", "POST /v1/me/second-step",
            "PATCH /v1/me/second-step", "POST /v1/me/second-step/off",
            "POST /v1/sessions/end", "GET /v1/me", "GET /v1/me/inbox", "POST /v1/me/inbox/read", "GET /v1/me/announcements",
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
            "POST /v1/phases/{phase}/parcels",
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
    # Who is offered a role accepts it; who has one leaves.
    f"POST {_COMPETITION}/organizers/accept": NOBODY,
    f"DELETE {_COMPETITION}/organizers/{{user}}": OWNERS | HOLDER,
    **dict.fromkeys(
        (
            "GET /v1/phases/{phase}/judging/next", "GET /v1/phases/{phase}/judging/judgements", "GET /v1/judging/{case}",
            "POST /v1/judging/{case}", "POST /v1/judging/{case}/pass",
        ),
        JURORS,
    ),
    **dict.fromkeys((f"POST {_TEAMS}", f"POST {_TEAMS}/join"), COMPETITORS),
    f"POST {_COMPETITION}/terms/accept": COMPETITORS | {APPLICANT},
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
    **dict.fromkeys(
        (
            "GET /v1/submissions/{submission}", "GET /v1/submissions/{submission}/files",
            "GET /v1/submissions/{submission}/logs", "GET /v1/submissions/{submission}/attempts",
        ),
        ITS_PEOPLE | {VIEWER},
    ),
    **dict.fromkeys(
        (
            "POST /v1/uploads/{upload}/commit", "GET /v1/uploads/{upload}", "DELETE /v1/uploads/{upload}",
            "GET /v1/imports/{import_id}",
            "DELETE /v1/tokens/{token}", "POST /v1/datasets", "POST /v1/tasks/bundle",
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
            "POST /v1/site/storage/reviews", "GET /v1/site/accounts/{username}/storage",
            "PATCH /v1/site/accounts/{username}/storage", f"PATCH {_COMPETITION}/storage",
            "GET /v1/site/usage", "GET /v1/site/reports", "PATCH /v1/site/reports/{report}",
        ),
        ADMINS,
    ),
    f"POST {_COMPETITION}/featured": ADMINS,
    f"DELETE {_COMPETITION}/featured": ADMINS,
    **dict.fromkeys(("GET /v1/site/approvals", "POST /v1/site/approvals/{competition}"), ADMINS),
    "GET /v1/site/failures": ADMINS,
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
    "RemoveOwnAccount": {"password": "not the password"},
    "RemoveAccount": {"reason": "For fun."},
    "MergeAccount": {"into": "otto", "reason": "For fun."},
    "FindAccount": {"username": "ada"},
    "BeginUpload": {"purpose": "dataset", "filename": "a.zip", "size_bytes": 1, "sha256": "0" * 64},
    "BundleUpload": {"upload": "{upload}"},
    "ChangeDataset": {"name": "Taken"},
    "ChangeJuror": {"status": "excluded"},
    "ChangeMember": {"shown": True},
    "ChangeProfile": {"display_name": "Somebody"},
    "BeginSecondStep": {"password": "not my password"},
    "TurnOnSecondStep": {"code": "123456"},
    "TurnOffSecondStep": {"password": "not my password", "code": "123456"},
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
    "ExportParticipants": {"addresses": True},
    "Finish": {"scores": {"accuracy": 1}},
    "InviteGuests": {"addresses": ["new@example.org"]},
    "Uninvite": {"guests": ["{user}"]},
    "GiveAttempts": {"phase": "{phase}", "attempts": 3, "reason": "For fun."},
    "Heartbeat": {"step": "scoring"},
    "ChangeSubmission": {"name": "Taken"},
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
#: What the answer to somebody without the right may be. 404 is for what one may not know of.
REFUSALS = (401, 403, 404)
ENDPOINTS = {f"{endpoint.method} {endpoint.path}": endpoint for endpoint in routes.endpoints()}
REFUSED = [(route, role) for route, allowed in RIGHTS.items() for role in ROLES if role not in allowed]
READ = [(route, role) for route, allowed in RIGHTS.items() if route.startswith("GET ") for role in ROLES if role in allowed]


@dataclass
class World:
    """A competition that one has to be let into, its people, and the ids that paths and bodies ask for."""

    site: Site
    people: dict[str, Person | None]
    ids: dict[str, str]

    def call(self, route: str, role: str) -> Answer:
        """Call a route as somebody, with a body of the right kind."""
        method, _, path = route.partition(" ")
        kind = ENDPOINTS[route].body
        body = json.dumps(BODIES[kind.__name__]) if kind else None
        for name, value in self.ids.items():
            path = path.replace(f"{{{name}}}", value)
            body = body and body.replace(f"{{{name}}}", value)
        person = self.people[role]
        headers = {"If_Match": '"1"'} if method in ("PATCH", "DELETE", "POST") else {}
        sent = json.loads(body) if body else None
        return self.site.call(method, path.removeprefix("/v1"), sent, token=person.token if person else None, **headers)


@pytest.fixture(scope="module")
def world(deployed: Site) -> World:
    """Made once: nobody who is refused changes it."""
    deployed.clean()
    people = {
        STRANGER: deployed.person("stan"), APPLICANT: deployed.person("apia"), OTHER: deployed.person("otto"),
        PARTICIPANT: deployed.person("ada"), MATE: deployed.person("mate"), ORGANIZER: deployed.person("orla"),
        JUROR: deployed.person("juno"), ADMIN: deployed.person("root", admin=True), OWNER: deployed.person("olga"),
        VIEWER: deployed.person("vera"),
    }  # fmt: skip
    organizer, ada = people[OWNER], people[PARTICIPANT]
    teams = "enable_detailed_results: true\n"
    teams += "agon: {enable_teams: true, require_team_approval: false, allow_organizer_teams: true}"
    competition = organizer.competition(files=judged.files(auto_approve=False, extra=teams))
    path = f"/competitions/{competition['id']}"
    for role in (ORGANIZER, VIEWER):
        assert organizer.call("POST", f"{path}/organizers", {"username": people[role].username, "role": role}).status == 200
        assert people[role].call("POST", f"{path}/organizers/accept", {"role": role}).status == 200
    for role in (APPLICANT, OTHER, PARTICIPANT, MATE):
        assert people[role].join(competition).status < 300
    assert organizer.call("POST", f"{path}/jurors", {"username": "juno"}).status == 201
    for role in (OTHER, PARTICIPANT, MATE):
        assert organizer.call("PATCH", f"{path}/participants/{people[role].id}", {"status": "approved"}).status == 200
    runner, alone = deployed.runner_token(people[ADMIN]), ada.submit(competition).body["id"]
    team = ada.call("POST", f"{path}/teams", {"name": "Owls"}).body
    assert people[MATE].call("POST", f"{path}/teams/join", {"code": team["code"]}).status == 200
    invitation = ada.call("POST", f"{path}/teams/{team['id']}/invitations", {"username": "stan"}).body
    house = ada.call("POST", "/organizations", {"name": "Night House"}).body
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
    webhook = organizer.call("POST", f"{path}/webhooks", BODIES["NewWebhook"]).body["id"]
    delivery = organizer.call("POST", f"{path}/webhooks/{webhook}/deliveries").body["id"]
    ids = {
        "webhook": webhook, "delivery": delivery,
        "competition": competition["id"], "phase": competition["phases"][0]["id"], "submission": submission,
        "index": "0", "column": "0", "part": "phases", "user": ada.id, "username": "ada", "token": token.body["id"],
        "site": trusted.body["id"], "calendar": ada.call("POST", "/me/calendar").body["path"].rpartition("/")[2],
        "dataset": dataset.body["id"], "task": task.body["id"], "queue": queue.body["id"], "dump": dump.body["id"],
        "invitation": invitation["id"],
        "thread": thread, "post": "1", "report": report,
        "announcement": announcement, "team": team["id"], "code": team["code"], "parcel": parcel.body["id"],
        "organization": house["id"],
        "import_id": import_.body["id"], "case": case["id"], "upload": ada.upload(b"PK", "submission", commit=False),
    }  # fmt: skip
    return World(deployed, {ANONYMOUS: None, **people}, ids)


def test_every_route_has_its_row() -> None:
    assert set(RIGHTS) == set(ENDPOINTS)


def test_every_kind_of_body_has_an_example() -> None:
    for endpoint in ENDPOINTS.values():
        is_asked = RIGHTS[f"{endpoint.method} {endpoint.path}"] != EVERYBODY
        assert endpoint.body is None or not is_asked or endpoint.body.__name__ in BODIES, endpoint.path


@pytest.mark.parametrize(("route", "role"), REFUSED, ids=str)
def test_who_has_no_right_is_refused(world: World, route: str, role: str) -> None:
    answer = world.call(route, role)
    assert answer.status in _refusals(route, role), (answer.status, answer.body)
    assert answer.body["detail"]


def _refusals(route: str, role: str) -> tuple[int, ...]:
    if role == ANONYMOUS:
        return (401,)
    # What is no token of an attempt is a stale one.
    return (*REFUSALS, 409) if route.startswith("POST /v1/runner/jobs") else REFUSALS


@pytest.mark.parametrize(("route", "role"), READ, ids=str)
def test_who_has_the_right_may_read(world: World, route: str, role: str) -> None:
    answer = world.call(route, role)
    assert answer.status not in REFUSALS, (answer.status, answer.body)


@pytest.mark.parametrize("role", [STRANGER, APPLICANT, OTHER, PARTICIPANT, ANONYMOUS])
def test_a_draft_is_its_organizers_alone(world: World, role: str) -> None:
    draft = world.people[ORGANIZER].competition(publish=False, title="Draft")
    hidden = World(world.site, world.people, {**world.ids, "competition": draft["id"], "phase": draft["phases"][0]["id"]})
    for route in RIGHTS:
        if route.startswith("GET ") and ("{competition}" in route or "{phase}" in route):
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
