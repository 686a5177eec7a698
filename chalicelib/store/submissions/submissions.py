"""Submissions as stored, listed and described. Every change of state is conditional.

creation.py has how they begin, settlement.py how they end, and attempts.py what lies between.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    ListAttribute,
    MapAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.contract import PLAIN_FILES, Capabilities, correlation
from chalicelib.contract.status import CLAIMED
from chalicelib.domain.people import team_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.queues import scheduling
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.queues import queues
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Condition, Transaction

NOT_IN_PHASE = say("no_submission_in_phase", "There is no such submission in this phase.")
NO_SUBMISSION = say("no_submission", "There is no such submission.")
NOT_LISTED = say("no_submission_listed", "There is no such submission. Look at the list of your submissions.")
#: Of a participant's submissions in a phase the newest so many are looked at.
MANY = 1000
#: What was brought from another site counts as run once: there.
BROUGHT_ATTEMPT = 1


class Submission(table.Item, discriminator="submission"):
    """One submission. `token_digest` belongs to the attempt in progress, `last_digest` to the one that ended it.

    While an attempt is in progress its `status` stays Preparing: how far the runner has come is on its Lease.

    In a phase with several tasks it is the parent of one child a task, and only children are queued and claimed. A parent
    has the names of its `tasks` by index, those still `pending`, and what each that ended came to (`results`, as JSON).
    A child has its `parent`'s id and its `task`; lists, the quota and the board know the parent alone.
    Without a `charged_day` no attempt is counted: it was given back, or never charged, as for a run of the solution with
    the number `solution`. `in_progress` is set while it counts among those of its participant that are.
    What a member of a team submits is its `team`'s, and counts for the team and for the member. `group` is the key of the
    group for which it was made, if any; `organization` has the id and the name of one. `phase_job` had it run again last.
    With `removed_at` it is on no board and does not go along, though it is kept; one that is `purged` is gone for everybody
    but the sweeper. `ancestors` are the ids of what it was started from, the nearest the last. `marks` are what organizers
    say of it (`domain.leaderboards.policy.Marks`); `original_scores` were there before some were set by hand.
    `ran_with` has the versions that the latest attempt was given: each dataset by what it was, the task and the image.
    While it is run again, `standing` is the status that it had, and its result stays that of the attempt `shown`; `before`
    counts the attempts of former runs. Repeated to check that it comes to the same, it is `checking`: the id of the
    `check`, and what it is to run with, its `files`, `image` and the `digests` of its steps' images. `turn` is its place in
    its queue, and stays while it waits again, which it does since `queued_at`; `requires` are Capabilities, None asks for
    nothing. One of a plain file, and no zip, has its extension as `plain`. `request` is the id of the call that made it.
    `origin` says of one that was brought from another `site` its `id` there, who brought it, and when.
    """

    id = UnicodeAttribute()
    competition = UnicodeAttribute()
    phase = UnicodeAttribute()
    task = UnicodeAttribute(null=True)
    parent = UnicodeAttribute(null=True)
    tasks = JSONAttribute(null=True)
    pending = UnicodeSetAttribute(null=True)
    results: MapAttribute[str, Any] = MapAttribute(null=True)
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    mails = UnicodeSetAttribute(null=True)  # Kinds that its participant wants about its end.
    team = UnicodeAttribute(null=True)
    team_name = UnicodeAttribute(null=True)
    group = UnicodeAttribute(null=True)
    organization = JSONAttribute(null=True)
    name = UnicodeAttribute()
    status = UnicodeAttribute()
    queue = UnicodeAttribute()
    turn = NumberAttribute(default=0)
    requires = JSONAttribute(null=True)
    object_key = UnicodeAttribute()
    filename = UnicodeAttribute()
    size_bytes = NumberAttribute()
    sha256 = UnicodeAttribute()
    plain = UnicodeAttribute(null=True)
    attempt = NumberAttribute(default=0)
    before = NumberAttribute(default=0)
    shown = NumberAttribute(null=True)
    standing = UnicodeAttribute(null=True)
    wake_ups = NumberAttribute(default=0)
    token_digest = UnicodeAttribute(null=True)
    last_digest = UnicodeAttribute(null=True)
    uploaded: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute, null=True)
    runner = UnicodeAttribute(null=True)
    charged_day = UnicodeAttribute(null=True)
    in_progress = BooleanAttribute(null=True)
    solution = NumberAttribute(null=True)
    migrated_from = UnicodeAttribute(null=True)
    origin = JSONAttribute(null=True)
    description = UnicodeAttribute(null=True)
    method = JSONAttribute(null=True)
    fact_sheet = JSONAttribute(null=True)
    robot = UnicodeAttribute(null=True)
    public = BooleanAttribute(null=True)
    licence = UnicodeAttribute(null=True)
    ancestors: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute, null=True)
    phase_job = UnicodeAttribute(null=True, attr_name="batch")
    removed_at = UTCDateTimeAttribute(null=True)
    purged = BooleanAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    queued_at = UTCDateTimeAttribute(null=True)
    started_at = UTCDateTimeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    scores = JSONAttribute(null=True)
    original_scores = JSONAttribute(null=True)
    marks = JSONAttribute(null=True)
    notes: ListAttribute[Any] = ListAttribute(of=UnicodeAttribute, null=True)
    steps = JSONAttribute(null=True)
    ran_with = JSONAttribute(null=True)
    checking = JSONAttribute(null=True)
    fault = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    request = UnicodeAttribute(null=True, default_for_new=lambda: correlation.current() or None)  # type: ignore[return-value]

    @property
    def competitor(self) -> str:
        """The competitor that competes with it: a participant, or a team."""
        return str(self.team or self.user)

    @property
    def competitor_name(self) -> str:
        """The name of that on leaderboards."""
        return str(self.team_name or self.username)

    @property
    def counted(self) -> tuple[str, ...]:
        """For whom it is counted: for its participant, and for the team."""
        return (str(self.user), str(self.team)) if self.team else (str(self.user),)

    @property
    def forked_from(self) -> str | None:
        """The submission that it was started from."""
        return str(self.ancestors[-1]) if self.ancestors else None

    @property
    def shown_attempt(self) -> int:
        """The attempt that its scores, reason and files are of."""
        return int(self.shown if self.shown is not None else self.attempt)

    @property
    def taken_at(self) -> datetime:
        """The moment at which this site took its file."""
        taken: datetime = datetime.fromisoformat(self.origin["at"]) if self.origin else self.created_at
        return taken

    @property
    def is_brought(self) -> bool:
        """True when its scores are those of another site."""
        return self.origin is not None and self.shown_attempt == BROUGHT_ATTEMPT

    @property
    def is_parent(self) -> bool:
        """True when the work is done by its children."""
        return self.tasks is not None

    @property
    def waits_since(self) -> datetime:
        """The moment at which it was lined up last, while it waits."""
        since: datetime = self.queued_at or self.created_at
        return since

    @property
    def required(self) -> Capabilities:
        """The capabilities that a runner must have."""
        return Capabilities.from_dict(self.requires or {})

    def is_for(self, can: Capabilities, protocol: int) -> bool:
        """True for a runner that has what it needs, and speaks a version of the protocol in which it can be told."""
        return scheduling.fits(self.required, can) and (not self.plain or protocol >= PLAIN_FILES)

    def wait_on(self, queue: str, turn: int) -> None:
        """Before it is stored: wait on a queue, at this turn."""
        self.queue, self.turn = queue, turn
        self.waiting_pk, self.waiting_sk = queues.waiting_key(self.queue), self.place

    def begin_waiting(self) -> list[Action]:
        """The update actions that have it wait, at the turn that it has. What no runner is for waits on no queue."""
        if self.queue == queues.NONE:
            return []
        return [
            Submission.queue.set(self.queue),
            Submission.turn.set(self.turn),
            Submission.requires.set(self.requires) if self.requires else Submission.requires.remove(),
            Submission.waiting_pk.set(queues.waiting_key(self.queue)),
            Submission.waiting_sk.set(self.place),
        ]

    @classmethod
    def end_waiting(cls) -> list[Action]:
        """The update actions that have it wait no more."""
        return [cls.waiting_pk.remove(), cls.waiting_sk.remove()]

    @property
    def place(self) -> str:
        """The place where it stands among those that wait on its queue: by turn, then by age."""
        return f"{int(self.turn):012d}#{self.id}"

    @classmethod
    def at(cls, submission: str) -> Place["Submission"]:
        """The place of a submission, or one task of it."""
        parent, _, task = submission.partition("-")
        return Place(cls, f"SUBMISSION#{parent}", f"TASK#{task}" if task else "SUBMISSION")


def child_id(parent: str, task: str) -> str:
    """The id of the part of a submission that is its run on one task."""
    return f"{parent}-{task}"


def parent_of(submission: str) -> str | None:
    """The id of a child's parent; None for what is no child."""
    parent, _, task = submission.partition("-")
    return parent if task else None


def list_key(phase: str) -> str:
    return f"PHASE#{phase}"


def owner_key(competitor: str, phase: str) -> str:
    return f"PARTICIPANT#{competitor}#PHASE#{phase}"


def find(submission: str) -> Submission:
    """Raises NotFound."""
    (stored,) = table.read(Submission.at(submission))
    if stored is None or stored.purged:
        raise NotFound(NO_SUBMISSION)
    return stored


def children(parent: Submission) -> list[Submission]:
    """A parent's children in the order of its tasks; none for a submission that has none."""
    return table.read_many(Submission.at(child_id(parent.id, task)) for task in parent.tasks or {})


def describe(submission: Submission, changes: Mapping[str, Any], also: Composer = writes.nothing) -> None:
    """Change what is said of a submission, and `also` what follows from it. Raises Conflict when it is deleted meanwhile."""
    if not changes:
        return

    def compose(write: Transaction) -> None:
        actions = [getattr(Submission, name).set(value) for name, value in changes.items()]
        write.update(submission, actions=actions, condition=kept())
        also(write)

    writes.transact(
        compose,
        otherwise=Conflict(
            say("submission_changed", "This submission has changed meanwhile, or was deleted. Load it again.")
        ),
    )


def of_phase(phase: str, before: str | None, limit: int) -> tuple[list[Submission], str | None]:
    """One page of a phase's submissions, newest first."""
    return table.newest_listed(Submission, list_key(phase), before, limit)


def of_participant(competitor: str, phase: str, before: str | None, limit: int) -> tuple[list[Submission], str | None]:
    """One page of a participant's or a team's submissions in a phase, newest first."""
    return table.newest_owned(Submission, owner_key(competitor, phase), before, limit)


def kept() -> Condition:
    """True when it is there, and nobody has deleted it."""
    condition: Condition = Submission.pk.exists() & Submission.purged.does_not_exist()
    return condition


def is_described_as_read(submission: Submission) -> Condition:
    """Its answers to the fact sheet and its group, which its row on the board is made with, are as they were read."""
    pairs = ((Submission.fact_sheet, submission.fact_sheet), (Submission.group, submission.group))
    answers, group = (attribute.does_not_exist() if said is None else attribute == said for attribute, said in pairs)
    condition: Condition = answers & group
    return condition


def held_by(token_digest: str) -> Condition:
    """An attempt has it, the one with this token."""
    condition: Condition = (Submission.token_digest == token_digest) & Submission.status.is_in(*sorted(CLAIMED))
    return condition


def as_read(submission: Submission, lapsed: table.Item | None = None) -> Condition:
    """The row is as it was read: not settled, released or claimed since. `lapsed` is as for `leases.ending`."""
    condition: Condition
    if submission.token_digest is None:
        condition = (Submission.status == submission.status) & (Submission.attempt == submission.attempt)
    else:
        condition = held_by(submission.token_digest)
    if isinstance(lapsed, Submission):
        condition &= Submission.due_at == lapsed.due_at
    return condition


def check_not_child(submission: Submission) -> None:
    """Raise Conflict for one of several tasks of a submission: verbs are about their parent."""
    if submission.parent:
        raise Conflict(
            say(
                "submission_is_a_task",
                "This is one task of the submission {parent}. Name that one instead.",
                parent=submission.parent,
            )
        )


def is_owner(submission: Submission, account: Account, member: Participant | None) -> bool:
    """True when a submission is the account's own or its team's. `member` is what it is in the competition."""
    return team_rules.is_owner(submission.user, submission.team, account.id, participants.team_of(member))
