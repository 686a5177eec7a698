"""The one DynamoDB table: its keys, its indexes and what is asked of it.

| item             | pk            | sk            | listed (list_pk, _sk) | owned (owner_pk, _sk)    | due when            |
| ---------------- | ------------- | ------------- | --------------------- | ------------------------ | ------------------- |
| Competition      | COMPETITION#c | COMPETITION   | COMPETITIONS, c       | ORGANIZER#u, c           |                     |
| Phase            | COMPETITION#c | COMPETITION#PHASE#c-n |               |                          | to be migrated into |
| CompetitionRemoval | REMOVAL#c   | REMOVAL       |                       |                          | always              |
| Slug             | SLUG#slug     | SLUG          |                       |                          |                     |
| CatalogueChange  | CATALOGUE     | CHANGE#c      |                       |                          | always              |
| CatalogueReview  | CATALOGUE     | REVIEW        |                       |                          | always              |
| TrustedSite      | FEDERATION    | SITE#id       |                       |                          | always              |
| CalendarKey      | CALENDAR#hash | CALENDAR      |                       |                          |                     |
| OwnCalendar      | ACCOUNT#u     | CALENDAR      |                       |                          |                     |
| StorageCounter   | STORAGE#kind#x | COUNTER#n    |                       |                          |                     |
| StorageReview    | STORAGE_REVIEW#r | REVIEW     |                       | STORAGE_REVIEWS, r       | not finished        |
| StorageFinding   | STORAGE_REVIEW#r | FOUND#kind#x | STORAGE#r#kind, size-x | STORAGE_DIFFERENCES#r, x |                  |
| Activity         | ACTIVITY#month | day#n        |                       |                          |                     |
| ActiveDay        | ACCOUNT#u     | ACTIVE_DAY    |                       |                          |                     |
| SiteReport       | SITE_REPORT#x | SITE_REPORT   |                       | SITE_REPORTS#status, time |                    |
| Participant      | COMPETITION#c | PARTICIPANT#u |                       | PARTICIPANT#u, c         |                     |
| Organizer        | COMPETITION#c | ORGANIZER#u   |                       | ORGANIZER#u, c           |                     |
| Guest       | COMPETITION#c | GUEST#g  |                       | INVITED#g, c             |                     |
| GuestTally  | COMPETITION#c | INVITED#day   |                       |                          |                     |
| Offer            | COMPETITION#c | ORGANIZER#u#OFFER |                   | OFFER#u, c               |                     |
| Team             | COMPETITION#c | TEAM#t        |                       |                          |                     |
| Invitation       | INVITATION#i  | INVITATION    | INVITATIONS#x, i      | INVITED#v, i             |                     |
| Organization     | ORGANIZATION#o | ORGANIZATION |                       |                          | being removed       |
| OrganizationMember | ORGANIZATION#o | MEMBER#u   |                       | ORGANIZATIONS#u, o       |                     |
| OrganizationEntry | ORGANIZATION#o | COMPETITION#c |                     |                          |                     |
| OrganizationName | ORGANIZATION_NAME#hash | ORGANIZATION_NAME |          |                          |                     |
| TeamMove         | TEAM_MOVE#m   | TEAM_MOVE     |                       |                          | not finished        |
| Submission       | SUBMISSION#s  | SUBMISSION    | PHASE#p, s            | PARTICIPANT#v#PHASE#p, s | unclaimed, deleted  |
| … its child      | SUBMISSION#s  | TASK#t        |                       |                          | unclaimed           |
| Lease            | SUBMISSION#s  | LEASE, LEASE#t |                      |                          | over                |
| Attempt          | SUBMISSION#s  | ATTEMPT#n, OF#TASK#t#ATTEMPT#n |      |                          |                     |
| Quota            | QUOTA#p#v     | TOTAL, DAY#d, MONTH#m |               |                          |                     |
| RetentionRequest | CLEARING#p#v  | CLEARING      |                       | RETENTION#p, time-v      | not failed          |
| SharedFile       | FILE#object   | FILE          |                       |                          |                     |
| SharedCode       | SUBMISSION#s  | SHARED        | SHARED#p, s           | LIKED#p, likes-s         |                     |
| OwnSharedCode    | SUBMISSION#s  | SHARED#OWN, …#u |                     | SHARED_BY#u, s           |                     |
| Reader           | SUBMISSION#s  | READER#u      |                       |                          |                     |
| GroupJob         | GROUPING#g    | GROUPING      |                       | GROUPINGS#c, g           | not finished        |
| PhaseJob         | BATCH#b       | BATCH         |                       | JOBS#p, b                | not finished        |
| Event            | EVENTS#c      | e             |                       |                          | not told            |
| Webhook          | WEBHOOKS#c    | w             |                       |                          | something waits     |
| Delivery         | DELIVERIES#c#w | e            |                       | WAITING#c#w, time-e      |                     |
| SweepFailure     | FAILURE#f     | FAILURE       | FAILURES, f           |                          | of a job, a message |
| SweepReport      | SWEEP         | REPORT        |                       |                          |                     |
| SchemaMigration  | SCHEMA#n      | SCHEMA        |                       |                          | not finished        |
| Site             | SITE          | SITE          |                       |                          |                     |
| TeamName         | COMPETITION#c | TEAM_NAME#hash |                      |                          |                     |
| Board            | BOARD#p       | BOARD         |                       |                          | results behind      |
| Result           | BOARD#p       | RESULT#u      |                       | RESULTS#u, time-p        |                     |
| BoardCounter     | BOARD#p       | COUNTER#n     |                       |                          | counted on          |
| BoardRow         | BOARD#p       | ROW#v, ROW#v#s, ROW#v#@group |        |                          |                     |
| AuditEntry       | DEEDS#p       | d             |                       |                          |                     |
| DeterminismCheck | DETERMINISM#p | CHECK         |                       |                          |                     |
| Upload           | UPLOAD#x      | UPLOAD        |                       |                          | not used, removed   |
| UploadTally      | ACCOUNT#u     | UPLOADS       |                       |                          |                     |
| Import           | IMPORT#i      | IMPORT        |                       | IMPORTER#u, i            | not finished        |
| Dump             | DUMP#x        | DUMP          |                       | DUMPS#c, x               | not finished        |
| SubmissionExport | PARCEL#x      | PARCEL        |                       | PARCELS#p, x             | unfinished, expired |
| Dataset          | DATASET#d     | DATASET       | DATASETS, d           | DATASETS#u, d            | being removed       |
| DatasetUse       | DATASET#d     | USE#kind#id   |                       |                          |                     |
| Orphan           | LEFTOVER#x    | LEFTOVER      |                       |                          | always              |
| Share            | SHARE#kind#x  | ACCOUNT#u     |                       | SHARED#kind#u, x         |                     |
| Task             | TASK#t        | TASK          | TASKS, t              | TASKS#u, t               |                     |
| Juror            | JURY#c        | JUROR#u       |                       | JUROR#u, c               |                     |
| JudgingState     | JUDGING#p     | PANEL         |                       |                          | dirty, judging ends |
| JudgingArtifact  | JUDGING#p     | EXHIBIT#e     | EXHIBITS#p, given#e   |                          | not unpacked        |
| Case             | JUDGING#p     | CASE#k        | CASES#p, taken#k      |                          |                     |
| Judgement        | JUDGING#p     | JUDGEMENT#k#u |                       | JUDGEMENTS#u#PHASE#p     |                     |
| Assignment       | JUDGING#p     | DESK#u        |                       |                          | held too long       |
| AccessToken      | TOKEN#t       | TOKEN         |                       | TOKENS#u, t              |                     |
| TokenList        | ACCOUNT#u     | TOKENS        |                       |                          |                     |
| OpenSession      | ACCOUNT#u     | SESSION#n     |                       |                          |                     |
| SignOut          | ACCOUNT#u     | SIGN_OUT      |                       |                          |                     |
| Departure        | ACCOUNT#u     | DEPARTURE     |                       |                          |                     |
| Profile          | ACCOUNT#u     | PROFILE       |                       |                          |                     |
| FormerName       | FORMER_NAME#hash | FORMER_NAME |                     |                          |                     |
| Bucket           | BUCKET#hash   | BUCKET        |                       |                          |                     |
| Ban              | ACCOUNT#u     | BAN           | BANNED, u             |                          |                     |
| AccountJob       | ACCOUNT_JOB#b | ACCOUNT_JOB   |                       |                          | not finished        |
| Address          | ADDRESS#hash  | ADDRESS       |                       |                          |                     |
| Mail             | MAIL#m        | MAIL          |                       |                          | not over            |
| Mailing          | MAILING#m     | MAILING       |                       | MAILINGS#c, m            | not finished        |
| MailingTally     | COMPETITION#c | MAILINGS      |                       |                          |                     |
| MailPreferences  | READER#u, READER#hash | MAIL  |                       |                          |                     |
| Suppression      | ADDRESS#hash  | SUPPRESSION   | SUPPRESSIONS, hash    |                          |                     |
| ParticipantName  | COMPETITION#c | USERNAME#name |                       |                          |                     |
| Thread           | THREAD#c#h    | THREAD        | THREADS#c, pinned-o   |                          |                     |
| Post             | THREAD#c#h    | POST#n        | POSTS#c, o            | POSTED#u, o              |                     |
| PostVersion      | THREAD#c#h    | VERSION#n#m   |                       |                          |                     |
| Subscription     | THREAD#c#h    | SUBSCRIBER#u  |                       |                          |                     |
| PostRate         | ACCOUNT#u     | POSTS         |                       |                          |                     |
| PostReport       | REPORTS#c     | x             | REPORTS#c, time       | SITE_REPORTS#status, time |                    |
| Announcement     | ANNOUNCEMENTS#c | a, ~NEWEST  |                       |                          |                     |
| AnnouncementMailing | MAILING#c-a | MAILING      |                       |                          | not done            |
| Notice           | NOTICE#c-h-n  | NOTICE        |                       |                          | not done            |
| Notification     | INBOX#u       | o             |                       |                          |                     |
| InboxMark        | INBOX#u       | ~READ         |                       |                          |                     |
| Queue            | QUEUE#q       | QUEUE         | QUEUES, q             | QUEUES#u, q              | being removed       |
| QueueUse         | QUEUE#q       | USE#c         |                       |                          |                     |
| Runner           | QUEUE#q       | RUNNER#name   |                       |                          |                     |
| UnsealingRequest | QUEUE#q       | RELEASE#name  |                       |                          |                     |
| RunnerToken      | QUEUE#q       | TOKEN#t       |                       |                          |                     |
| Registry         | QUEUE#q, COMP… | REGISTRY     |                       |                          |                     |
| Turn             | QUEUE#q       | TURN, TURN#c  |                       |                          |                     |

c competition, p phase, u account, v who competes (an account or a team), s submission, q queue, d day, e artifact, k case,
e of EVENTS an event, h thread, o post, w webhook. Of the competitions, the published ones alone are listed; of datasets,
tasks and queues, the public ones. A phase's id is its competition's id and its number, `c-n`, so whoever knows the phase
knows both keys: one BatchGetItem reads the two. The `due` index is sparse and holds every item in a non-final state with the
time at which the sweeper must look at it: one query a minute and shard covers them all. `kind` tells the items apart.
The `waiting` index is sparse too: the submissions that wait for a runner, by (waiting_pk, waiting_sk) = QUEUE#q, turn#s.
"""

import pkgutil
import random
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from typing import Any, Generic, Self, TypeVar, overload

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection
from pynamodb.pagination import ResultIterator

from chalicelib import settings, store
from chalicelib.store import batches
from chalicelib.store.patience import patiently
from chalicelib.store.quick_models import Kind, QuickModel

#: One key of an index takes some 1,000 writes a second, and each heartbeat is two of them (docs/adr/0002, docs/scale.md).
DUE_SHARDS = 8


class _LazyName(type):
    """Names the table when it is first asked for: `app.py` is imported at package time, without the environment."""

    @property
    def table_name(cls) -> str:
        return settings.get().table_name


class Listed(GlobalSecondaryIndex[Any]):
    """The items of one list, by id: a phase's submissions, the published competitions."""

    class Meta:
        index_name = "listed"
        projection = AllProjection()

    list_pk = UnicodeAttribute(hash_key=True)
    list_sk = UnicodeAttribute(range_key=True)


class Owned(GlobalSecondaryIndex[Any]):
    """The items that one account has, by id."""

    class Meta:
        index_name = "owned"
        projection = AllProjection()

    owner_pk = UnicodeAttribute(hash_key=True)
    owner_sk = UnicodeAttribute(range_key=True)


class Due(GlobalSecondaryIndex[Any]):
    """Every item in a non-final state, by the time at which the sweeper looks at it (seconds since 1970)."""

    class Meta:
        index_name = "due"
        projection = IncludeProjection(["kind"])

    due_pk = UnicodeAttribute(hash_key=True)
    due_at = NumberAttribute(range_key=True)


class Waiting(GlobalSecondaryIndex[Any]):
    """Every submission that waits for a runner of one queue, in the order in which they are served."""

    class Meta:
        index_name = "waiting"
        projection = AllProjection()

    waiting_pk = UnicodeAttribute(hash_key=True)
    waiting_sk = UnicodeAttribute(range_key=True)


class Item(QuickModel):
    """The attributes that every item has. Subclasses live in this folder; `shape` counts the shapes of a model (ADR 48)."""

    class Meta(metaclass=_LazyName):
        pass

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = Kind()
    listed = Listed()
    list_pk = UnicodeAttribute(null=True)
    list_sk = UnicodeAttribute(null=True)
    owned = Owned()
    owner_pk = UnicodeAttribute(null=True)
    owner_sk = UnicodeAttribute(null=True)
    due = Due()
    due_pk = UnicodeAttribute(null=True)
    due_at = NumberAttribute(null=True)
    waiting = Waiting()
    waiting_pk = UnicodeAttribute(null=True)
    waiting_sk = UnicodeAttribute(null=True)
    sweep_failed = BooleanAttribute(null=True)
    shape = NumberAttribute(attr_name="v", null=True)

    @classmethod
    def query(cls, hash_key: Any, *args: Any, **how: Any) -> ResultIterator[Any]:
        """As PynamoDB's, but for items of any model without a filter that names each: DynamoDB's IN takes 100, and what is
        not known would be left out. It raises ValueError."""
        found: ResultIterator[Any] = super().query(hash_key, *args, **how)
        if cls is Item:
            found.page_iter._kwargs["filter_condition"] = None
        return found

    def wake_at(self, at: datetime) -> None:
        """Have the sweeper look at this item at `at`."""
        self.due_pk, self.due_at = _any_shard(), seconds(at)

    @classmethod
    def waking_at(cls, at: datetime) -> list[Any]:
        """The update actions that do the same."""
        return [cls.due_pk.set(_any_shard()), cls.due_at.set(seconds(at))]

    @classmethod
    def asleep(cls) -> list[Any]:
        """The update actions that take an item in its final state out of the sweeper's sight."""
        return [cls.due_pk.remove(), cls.due_at.remove()]


AnyItem = TypeVar("AnyItem", bound=Item)
Key = tuple[str, str]
First = TypeVar("First", bound=Item)
Second = TypeVar("Second", bound=Item)
Third = TypeVar("Third", bound=Item)
Fourth = TypeVar("Fourth", bound=Item)
Fifth = TypeVar("Fifth", bound=Item)


class Place(tuple[str, str], Generic[AnyItem]):
    """The place where an item of one model is, or would be: its key, which knows the model. Models make them."""

    model: type[AnyItem]

    def __new__(cls, model: type[AnyItem], pk: str, sk: str) -> Self:
        place = super().__new__(cls, (pk, sk))
        place.model = model
        return place


class Found:
    """The items that one read has found, to be asked by place. What does not exist is None."""

    def __init__(self, items: Iterable[Item] = ()):
        self._items = {(item.pk, item.sk): item for item in items}

    def get(self, place: Place[AnyItem]) -> AnyItem | None:
        """The item at a place, None when there is none. Raises TypeError for one of another model: a defect."""
        item = self._items.get(place)
        if item is None or isinstance(item, place.model):
            return item
        raise TypeError(f"{tuple(place)} holds {type(item).__name__}, and not {place.model.__name__}.")

    def has(self, place: Place[Any]) -> bool:
        """True when there is something at a place."""
        return place in self._items


@overload
def read(first: Place[First], /) -> tuple[First | None]: ...
@overload
def read(first: Place[First], second: Place[Second], /) -> tuple[First | None, Second | None]: ...
@overload
def read(
    first: Place[First], second: Place[Second], third: Place[Third], /
) -> tuple[First | None, Second | None, Third | None]: ...
@overload
def read(
    first: Place[First], second: Place[Second], third: Place[Third], fourth: Place[Fourth], /
) -> tuple[First | None, Second | None, Third | None, Fourth | None]: ...
@overload
def read(
    first: Place[First], second: Place[Second], third: Place[Third], fourth: Place[Fourth], fifth: Place[Fifth], /
) -> tuple[First | None, Second | None, Third | None, Fourth | None, Fifth | None]: ...
def read(*places: Place[Any]) -> tuple[Any, ...]:
    """Read items of several models, consistently, in one call: each as its place promises, None when there is none."""
    found = read_all(places)
    return tuple(found.get(place) for place in places)


def read_all(places: Iterable[Place[Any]]) -> Found:
    """Read up to 100 items of any models, consistently, in one call, for who asks for them by place. Raises Busy."""
    return Found(batches.get(Item, dict.fromkeys((pk, sk) for pk, sk in places)))


def read_many(places: Iterable[Place[AnyItem]]) -> list[AnyItem]:
    """The items, of any number, of one model that are there, in their order: one call for each hundred. Raises Busy."""
    wanted = list(dict.fromkeys(places))
    chunks = [wanted[start : start + 100] for start in range(0, len(wanted), 100)]
    return [
        item for chunk, found in ((chunk, read_all(chunk)) for chunk in chunks) for at in chunk if (item := found.get(at))
    ]


def read_keys(*keys: Key) -> dict[Key, Item]:
    """Read up to 100 items of which only the keys are known, consistently, in one call. Raises Busy."""
    return {(item.pk, item.sk): item for item in batches.get(Item, dict.fromkeys(keys))}


def newest_listed(model: type[AnyItem], key: str, before: str | None, limit: int) -> tuple[list[AnyItem], str | None]:
    """One page of a list, newest first: what is older than the id `before`, and the next page's `before`."""
    older = Item.list_sk < before if before else None
    items = patiently(lambda: list(model.listed.query(key, older, scan_index_forward=False, limit=limit)))
    return items, items[-1].list_sk if len(items) == limit else None


def listed_in_one_call(model: type[AnyItem], key: str, before: str | None, limit: int) -> tuple[list[AnyItem], str | None]:
    """As `newest_listed`, but no more than DynamoDB reads at once (1 MB), so that the cost of a page has an end."""
    older = Item.list_sk < before if before else None
    found = model.listed.query(key, older, scan_index_forward=False, page_size=limit)
    page = patiently(lambda: next(found.page_iter))
    items = [model.from_raw_data(item) for item in page["Items"]]
    return items, items[-1].list_sk if items and found.page_iter.last_evaluated_key else None


def newest_owned(model: type[AnyItem], key: str, before: str | None, limit: int) -> tuple[list[AnyItem], str | None]:
    """One page of what an account has, newest first, as `newest_listed`."""
    older = Item.owner_sk < before if before else None
    items = patiently(lambda: list(model.owned.query(key, older, scan_index_forward=False, limit=limit)))
    return items, items[-1].owner_sk if len(items) == limit else None


@cache
def know_every_model() -> None:
    """Read all modules of the store.

    Items of any model are read by who knows theirs, and a process may have read its calls' alone.
    """
    for module in pkgutil.walk_packages(store.__path__, f"{store.__name__}."):
        import_module(module.name)


def everything_at(pk: str, most: int | None = None) -> list[Item]:
    """All items of a partition, or the first `most`, of whatever models. Raises Busy."""
    know_every_model()
    return patiently(lambda: list(Item.query(pk, limit=most, consistent_read=most is not None)))


def due_keys(now: datetime, limit: int) -> list[Key]:
    """The keys of at most `limit` items that the sweeper must look at, longest due first: one query a shard."""
    know_every_model()
    asked = [Item.due.query(_shard(number), Item.due_at <= seconds(now), limit=limit) for number in range(DUE_SHARDS)]
    found = sorted((item for items in asked for item in items), key=lambda item: item.due_at)
    return [(item.pk, item.sk) for item in found[:limit]]


def _any_shard() -> str:
    return _shard(random.randrange(DUE_SHARDS))


def _shard(number: int) -> str:
    return f"DUE#{number}"


def seconds(at: datetime) -> int:
    """Seconds since 1970, as DynamoDB's time to live wants them."""
    return int(at.timestamp())


def instant(value: float) -> datetime:
    """The inverse of `seconds`."""
    return datetime.fromtimestamp(value, UTC)


def connection() -> Connection:
    """PynamoDB's own, for what its models are too slow or too narrow for."""
    return Item._get_connection().connection


def whole_number(number: float | None) -> int | None:
    """A stored limit as an int."""
    return None if number is None else int(number)
