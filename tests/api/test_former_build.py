"""What the former build, 0.1.0, stored is read by this one, answered as that did, and gone on with.

`former/0.1.0.json.gz` has a whole site as that build left it: the table's items as DynamoDB spells them, the objects of both
buckets, the tokens that it gave out, and what its API answered to whom. Some of its work was done, some begun, some waited.
"""

import base64
import gzip
import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from chalicelib.actions.administration import schema
from chalicelib.actions.background import sweep
from chalicelib.aws import messages
from chalicelib.contract import images, limits
from chalicelib.store import table
from chalicelib.store.background.failures import SweepFailure
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.background.sweep_reports import SweepReport
from chalicelib.store.competitions.competitions import NOWHERE
from chalicelib.store.competitions.removals import CompetitionRemoval
from chalicelib.store.competitions.slugs import Slug
from chalicelib.store.discovery.calendar_keys import CalendarKey, OwnCalendar
from chalicelib.store.discovery.changes import CatalogueChange, CatalogueReview
from chalicelib.store.discovery.trusted_sites import TrustedSite
from chalicelib.store.events.events import Event
from chalicelib.store.forum.announcements import Announcement
from chalicelib.store.forum.inbox import InboxMark, Notification
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.forum.notices import Notice
from chalicelib.store.forum.reports import PostReport
from chalicelib.store.forum.site_reports import SiteReport
from chalicelib.store.forum.subscriptions import PostRate, Subscription
from chalicelib.store.forum.threads import Post, PostVersion, Thread
from chalicelib.store.leaderboards.results import Result
from chalicelib.store.library.uploads import UploadTally
from chalicelib.store.mail.mailings import Mailing, MailingTally
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.mail.readers import MailPreferences, Suppression
from chalicelib.store.metering.activity import ActiveDay, Activity
from chalicelib.store.metering.reviews import StorageFinding, StorageReview
from chalicelib.store.metering.storage import StorageCounter
from chalicelib.store.people.account_jobs import AccountJob
from chalicelib.store.people.bans import Ban
from chalicelib.store.people.buckets import Bucket
from chalicelib.store.people.departures import FormerName
from chalicelib.store.people.group_jobs import GroupJob
from chalicelib.store.people.guests import Guest, GuestTally
from chalicelib.store.people.invitations import Invitation
from chalicelib.store.people.organizations import (
    Organization,
    OrganizationEntry,
    OrganizationMember,
    OrganizationName,
)
from chalicelib.store.people.organizers import Offer, Organizer
from chalicelib.store.people.participants import ParticipantName
from chalicelib.store.people.profiles import Profile
from chalicelib.store.people.sessions import OpenSession
from chalicelib.store.people.sign_ins import Address, Departure, SignOut
from chalicelib.store.people.team_moves import TeamMove
from chalicelib.store.people.teams import TeamName
from chalicelib.store.people.tokens import TokenList
from chalicelib.store.submissions.leases import Lease
from chalicelib.store.submissions.shared_code import OwnSharedCode
from chalicelib.store.table import Item
from chalicelib.store.webhooks.deliveries import Delivery
from chalicelib.store.webhooks.webhooks import Webhook
from tests import builders
from tests.api.conftest import BUCKETS, Answer, Person, Site, sender
from tests.api.worlds import World

STORED = Path(__file__).parent / "former" / "0.1.0.json.gz"
NEW_KINDS = {Address, Event, Lease, Mail, Mailing, MailingTally, MailPreferences, SignOut, Suppression} | {
    SweepFailure,
    Bucket,
    Invitation,
    Organization,
    OrganizationEntry,
    OrganizationMember,
    OrganizationName,
    TeamMove,
    TeamName,
    TokenList,
    UploadTally,
}
NEW_KINDS |= {Announcement, AnnouncementMailing, PostReport}
NEW_KINDS |= {*(Thread, Post, PostVersion, Subscription, PostRate, Notice, Notification, InboxMark, ParticipantName)}
NEW_KINDS |= {CatalogueChange, CatalogueReview, CalendarKey, OwnCalendar, TrustedSite}
NEW_KINDS |= {Delivery, Webhook}
NEW_KINDS |= {GroupJob, Guest, GuestTally, Offer, Organizer}
NEW_KINDS |= {AccountJob, Ban, Departure, FormerName, Profile, Slug, CompetitionRemoval}
NEW_KINDS |= {OpenSession, OwnSharedCode, Result, SweepReport}
NEW_KINDS |= {ActiveDay, Activity, SiteReport, StorageCounter, StorageFinding, StorageReview, SchemaMigration}


class Anything:
    """Any value: of a field that tells of each item something else."""

    def __contains__(self, _value: object) -> bool:
        return True


class SlugAlone:
    """What stands below `agon:` of settings that had nothing there."""

    def __contains__(self, value: object) -> bool:
        return isinstance(value, dict) and set(value) == {"slug"}


#: Fields that this build has added to answers, with the values that they have for what the former one stored.
NEW_FIELDS: dict[str, Container[Any]] = {
    **dict.fromkeys(("attempts", "last_submission_at", "phase", "score"), Anything()),
    **dict.fromkeys(("code", "sentence", "params"), Anything()),
    "column": ["Accuracy"],
    "extension": ["zip"],
    "submission_extensions": [[]],
    **dict.fromkeys(("last_used_at", "last_used_from"), Anything()),
    "effects": [[]],
    "final": [False],
    "live": [False, None],
    "lacks_second_step": [False],
    "protocol": [1],
    **dict.fromkeys(("advice", "tie_breaks", "opens"), Anything()),
    "ranking": [None],
    "forum": [True, False],
    **dict.fromkeys(("sponsors", "links"), [[]]),
    "language": ["en"],
    "extra": [0],
    **dict.fromkeys(
        (
            *("chosen", "expects", "final_selection", "selection", "leaderboard", "freezes_at"),
            *("link_made_at", "robot", "team_merge_deadline"),
        ),
        [None],
    ),
    "team_merges": ["within_limits"],
    "my_role": [None, "owner"],
    "participants_only": [False],
    "lends": [None, ["scoring_program"]],
    "merged_into": [None],
    **dict.fromkeys(("organization", "packed", "error_of"), [None]),
    "max_time_limit_seconds": [limits.DEFAULT_MAX_TIME_LIMIT_SECONDS],
    "my_reason": [""],
    **dict.fromkeys(("waiting_since", "refusal"), [None]),
    "approval": [False],
    "reason": [""],
    "terms": Anything(),
    "slug": Anything(),
    "agon": SlugAlone(),
    **dict.fromkeys(("sizes", "size_bytes"), Anything()),
    "tags": [[]],
    "reward": [None],
    **dict.fromkeys(("featured", "archived"), [False]),
    "registration_questions": [[]],
    "answers": [{}],
    "participant_groups": [[]],
    "my_groups": [[]],
    "groups": [[]],
    **dict.fromkeys(("group", "origin"), [None]),
    "brought": [False],
    "grouped": [False],
    "registries": [list(images.REGISTRIES)],
    "results_only": [False, True],
    "contact": [None, "organizer@example.org"],
    "timezone": ["UTC"],
    **dict.fromkeys(("max_team_members", "max_submission_bytes"), Anything()),
}
#: What this build says otherwise, since there are viewers beside organizers, and slugs beside ids.
NEW_SENTENCES = {
    "There is no such competition. Look at the list of competitions for its id.": NOWHERE,
    "Only an organizer of this competition may do this.": "Only an organizer or a viewer of this competition may see this.",
}
#: Fields that depend on when it is asked.
TIMED_FIELDS = {"alive", "held_until", "opens_at", "runners_alive", "today"}
SCORES = {"accuracy": 0.9, "seconds": 3.0}


@dataclass
class FormerSite:
    """The site of the former build, run by this one."""

    site: Site
    left: dict[str, Any]

    def id(self, name: str) -> str:
        return str(self.left["names"][name])

    def person(self, username: str) -> Person:
        """Somebody who signs in with a token that the former build gave them."""
        return Person(self.site, username, self.left["tokens"][username], self.left["people"][username])

    def show(self, username: str, path: str) -> Any:
        """What somebody is shown."""
        return self.order(username, "GET", path)

    def order(self, username: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """What comes of what somebody may do. The path has names in place of ids."""
        answer = self.person(username).call(method, path.format(**self.left["names"]), body, **headers)
        assert answer.status in (200, 201, 202), answer
        return answer.body

    def status(self, name: str) -> str:
        return str(self.show("olga", f"/submissions/{{{name}}}")["status"])

    def claim(self, queue_token: str = "runner") -> dict[str, Any]:
        """The job that is next in line, by a runner with a token of the former build."""
        answer = self.site.claim("any", self.left["tokens"][queue_token])
        assert answer.status == 200, answer
        return dict(answer.body)

    def job(self, name: str) -> dict[str, Any]:
        """What a runner knows of a submission that it has claimed of the former build."""
        return {"submission": self.id(name), "token": self.left["tokens"][name]}

    def beat(self, job: dict[str, Any]) -> Answer:
        return self.site.call("POST", f"/runner/jobs/{job['submission']}/heartbeat", {"step": "scoring"}, token=job["token"])

    def sweep(self, hours: int = 1) -> None:
        """The sweeper's turn some hours after the former build stopped."""
        sweep.sweep(datetime.now(UTC) + timedelta(hours=hours))

    def work(self) -> None:
        """The tasks function, until it has nothing to do."""
        while self.site.work():
            pass

    def migrated(self) -> set[str]:
        """Of whom the second phase has submissions."""
        listed = self.show("olga", "/phases/{two}/submissions?everyone=true")["submissions"]
        return {one["participant"] for one in listed}

    def board(self, phase: str) -> dict[str, Any]:
        """The accuracy of each on a board."""
        rows = self.show("ada", f"/phases/{{{phase}}}/leaderboard")["rows"]
        return {row["submission"]: row["scores"]["accuracy"] for row in rows}


@pytest.fixture
def former(site: Site) -> Iterator[FormerSite]:
    """The site at the hour at which the former build stopped: what it had begun has ends that pass."""
    text = gzip.decompress(STORED.read_bytes()).decode()
    for bucket in BUCKETS:
        text = text.replace(f"{{{bucket}}}", site.outputs[bucket])
    left = json.loads(text)
    objects = [
        {
            "Bucket": site.outputs[one["bucket"]],
            "Key": one["key"],
            "Body": base64.b64decode(one["body"]),
            "ContentType": one["type"],
        }
        for one in left["objects"]
    ]
    site.worlds.put_back(World(left["rows"], objects, None))
    messages.create(left["names"]["queue"])
    with time_machine.travel(left["now"]):
        yield FormerSite(site, left)


def models(of: type[Item] = Item) -> Iterator[type[Item]]:
    """The models of the table's items."""
    for model in of.__subclasses__():
        is_ours = model.__module__.startswith("chalicelib.")
        yield from [model] if is_ours and not model.__subclasses__() else []
        yield from models(model)


def comparable(told: Any) -> Any:
    """An answer without its signed URLs and what depends on the time."""
    if isinstance(told, dict):
        return {name: comparable(value) for name, value in told.items() if name not in TIMED_FIELDS}
    if isinstance(told, list):
        return [comparable(one) for one in told]
    return "signed" if isinstance(told, str) and told.startswith("http://127.0.0.1") else told


def without_new(told: Any, before: Any) -> Any:
    """An answer without the fields that the former build did not tell, as far as they say what they should."""
    if isinstance(told, dict) and isinstance(before, dict):
        new = {name for name in told.keys() - before.keys() if told[name] in NEW_FIELDS.get(name, [])}
        return {name: without_new(value, before.get(name)) for name, value in told.items() if name not in new}
    if isinstance(told, list) and isinstance(before, list) and len(told) == len(before):
        return [without_new(*pair) for pair in zip(told, before, strict=True)]
    return before if isinstance(before, str) and told == NEW_SENTENCES.get(before) else told


def test_the_former_build_left_an_item_of_each_kind_but_those_that_are_new(former: FormerSite) -> None:
    table.know_every_model()
    known = {Item.kind.get_discriminator(model) for model in {*models()} - NEW_KINDS}
    assert {row["kind"] for row in former.site.rows()} == known


def test_all_is_answered_as_the_former_build_answered_it(former: FormerSite) -> None:
    admin, different = former.site.signed_in("root", admin=True), []
    tokens = {None: None, **former.left["tokens"], "root": admin.token}
    for one in former.left["answers"]:
        path = one["path"]
        answer = former.site.call("GET", path, token=tokens[one["who"]])
        told = without_new(comparable(answer.body), before := comparable(one["body"]))
        if (answer.status, told) != (one["status"], before):
            different.append((one["who"], path, answer, one["body"]))
    assert different == []


def test_what_has_another_shape_today_is_given_it(former: FormerSite) -> None:
    models = {Item.kind.get_discriminator(model): shape for model, shape in schema.shapes().items()}
    schema.begin_after_update(datetime.now(UTC))
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=1))
    former.site.work()
    rows = [row for row in former.site.rows() if row["kind"] in models]
    assert {row["kind"] for row in rows} == {*models}
    assert all(row.get("v") == models[row["kind"]] for row in rows)
    assert all(row["slug"] for row in rows if row["kind"] == "competition")
    assert not [row for row in rows if row["kind"] == "registry" and "password" in row]


def test_what_waited_for_runners_is_run_and_ranked(former: FormerSite) -> None:
    job = former.claim()
    assert (job["submission"], job["attempt"]) == (former.id("waiting"), 2)
    assert former.beat(job).body["go_on"] is True
    assert former.site.finish(job, SCORES).body == {"status": "Finished"}
    former.site.work()
    assert former.board("one")[former.id("waiting")] == 0.9
    for task in "01":
        job = former.claim()
        assert job["submission"] == f"{former.id('also_waiting')}-{task}"
        assert former.site.finish(job, SCORES).status == 200
    assert former.status("also_waiting") == "Finished"


@pytest.mark.parametrize("beats", [True, False])
def test_what_a_runner_had_claimed_is_finished_by_it(former: FormerSite, beats: bool) -> None:
    job = former.job("claimed")
    if beats:
        assert former.beat(job).body["go_on"] is True
        assert former.beat(job).body["go_on"] is True
    assert former.status("claimed") == "Scoring"
    assert former.site.finish(job, SCORES).body == {"status": "Finished"}
    assert former.beat(job).status == 409


def test_what_a_runner_had_claimed_and_lost_goes_to_another(former: FormerSite) -> None:
    former.sweep()
    assert (former.status("lost"), former.beat(former.job("lost")).status) == ("Submitted", 409)
    attempts = former.show("olga", "/submissions/{lost}/attempts")["attempts"]
    assert [one["status"] for one in attempts if one["number"] == 1] == ["Aborted"]
    jobs = {job["submission"]: job for job in (former.claim() for _ in range(3))}
    assert former.site.finish(jobs[former.id("lost")], SCORES).body == {"status": "Finished"}


def test_what_waited_or_broke_off_is_looked_after_by_the_sweeper(former: FormerSite) -> None:
    former.sweep()
    former.work()
    imported = former.show("olga", "/imports/{waiting_import}")
    assert imported["status"] == "Finished"
    assert former.show("olga", f"/competitions/{imported['competition']}")["title"] == "Imported by the next build"
    dump = former.show("olga", "/competitions/{first}/dumps/{waiting_dump}")
    assert (dump["status"], sender().get(dump["url"]).content[:2]) == ("Finished", b"PK")
    assert former.show("olga", "/phases/{one}/parcels/{waiting_parcel}")["status"] == "Finished"
    again = former.show("olga", "/submissions/{just_ended}")
    assert (again["status"], again["attempt"], again["shown_attempt"]) == ("Submitted", 2, 1)
    assert former.board("pets") == {former.id("both"): 0.4}
    assert not {row["kind"] for row in former.site.rows()} & {"leftover", "clearing", "sweep_failure"}
    assert "competitions/lost/x" not in former.site.object_keys("FilesBucket")
    # Two have a submission in progress, for which the migration waits.
    assert former.migrated() == {"grace"}
    for _ in range(3):
        former.site.finish(former.claim(), SCORES)
    former.sweep(hours=2)
    former.work()
    assert former.migrated() == {"ada", "bob", "grace"}


def test_competitions_are_edited_further(former: FormerSite) -> None:
    settings = "/competitions/{first}/settings"
    etag = former.person("olga").call("GET", settings.format(**former.left["names"])).headers["etag"]
    former.order("olga", "PATCH", settings, {"title": "Guess again"}, If_Match=etag)
    former.order("olga", "PATCH", settings + "/phases/0", {"max_submissions_per_day": 7}, If_Match="*")
    former.order("olga", "POST", "/competitions/{several}/unpublish")
    shown = former.show("ada", "/competitions/{first}")
    assert (shown["title"], shown["phases"][0]["max_submissions_per_day"]) == ("Guess again", 7)
    # It names an image of a registry that no queue was asked about then: what stands goes on, a new competition is judged.
    refused = former.person("olga").call("POST", f"/competitions/{former.id('first')}/clone", {"title": "Once more"})
    assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (422, ["docker_image"])
    former.order("olga", "PATCH", settings, {"docker_image": "lab/tool:1"}, If_Match="*")
    assert former.order("olga", "POST", "/competitions/{first}/clone", {"title": "Once more"})["title"] == "Once more"


def test_participants_and_teams_go_on_submitting(former: FormerSite) -> None:
    upload = former.person("ada").upload(builders.submission("new"))
    for username, sent in (("ada", former.id("committed")), ("ada", upload)):
        made = former.order(username, "POST", "/phases/{one}/submissions", {"upload": sent})
        assert made["status"] == "Submitted"
    former.order("grace", "DELETE", "/uploads/{begun}")
    former.order("eve", "POST", "/phases/{one}/submissions", {"upload": former.person("eve").upload(builders.submission())})
    assert former.order("olga", "POST", "/submissions/{finished}/rerun")["status"] == "Submitted"
    assert former.order("ada", "POST", "/submissions/{waiting}/cancel")["status"] == "Cancelled"
    assert former.order("ada", "DELETE", "/shared/{shared}/like")["likes"] == 1
    assert former.order("olga", "POST", "/submissions/{removed}/restore")["id"] == former.id("removed")


def test_a_juror_decides_about_what_lay_before_them(former: FormerSite) -> None:
    before = former.show("juno", "/phases/{stories}/judging/next")["case"]["id"]
    assert before == former.id("case")
    former.order("juno", "POST", "/judging/{case}", {"marks": {"clarity": 4, "style": 7}})
    former.site.work()
    assert former.show("juno", "/phases/{stories}/judging/next")["case"] is None


def test_the_runners_of_a_sealed_queue_are_told_what_to_send_and_get_its_jobs(former: FormerSite) -> None:
    told = former.site.call("POST", "/runner/presence", {"runner": "host"}, token=former.left["tokens"]["lab"])
    assert (told.status, told.body["release"]) == (200, [former.id("sealed")])
    job = former.claim("lab")
    assert job["submission"] == former.id("sealed_waiting")
    assert former.site.finish(job, SCORES).body == {"status": "Finished"}
