"""The use that people make of each other's submissions: likes, downloads and forks, counted exactly.

The counters of a submission lie beside it and not on it, so that nobody who likes it gets in the way of its runner. While
its owner shares it, they stand on the phase's list of shared code, and while somebody likes it on the list of liked code.
"""

from collections.abc import Collection
from contextlib import suppress

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.submissions import shared_files, submissions
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Condition, ConditionFailed, Transaction


class SharedCode(table.Item, discriminator="shared_code"):
    """The use that others made of a submission. Without one nobody did anything, and its owner never shared it."""

    phase = UnicodeAttribute()
    likes = NumberAttribute(default=0)
    downloads = NumberAttribute(default=0)
    forks = NumberAttribute(default=0)

    @classmethod
    def at(cls, submission: str) -> Place["SharedCode"]:
        """Beside the submission."""
        return Place(cls, Submission.at(submission)[0], "SHARED")


class Reader(table.Item, discriminator="reader"):
    """The use that one account made of a submission of somebody else."""

    liked = BooleanAttribute(null=True)
    downloaded = BooleanAttribute(null=True)

    @classmethod
    def at(cls, submission: str, user: str) -> Place["Reader"]:
        """Beside the submission."""
        return Place(cls, Submission.at(submission)[0], f"READER#{user}")


class OwnSharedCode(table.Item, discriminator="own_shared_code"):
    """The place of what an account shares, among all that it shares anywhere. Whether it still does the submission says.

    What a team submitted each of its members shares, who was in it when that was shared.
    """

    @classmethod
    def at(cls, submission: str, mate: str | None = None) -> Place["OwnSharedCode"]:
        """Beside the submission: that of who submitted it, or of a `mate` in their team."""
        return Place(cls, Submission.at(submission)[0], f"SHARED#OWN#{mate}" if mate else "SHARED#OWN")


def list_key(phase: str) -> str:
    return f"SHARED#{phase}"


def liked_key(phase: str) -> str:
    return f"LIKED#{phase}"


def own_key(account: str) -> str:
    return f"SHARED_BY#{account}"


def of_account(account: str, limit: int) -> list[str]:
    """The ids of what an account shares, newest first, by one query. Some may be shared no more."""
    own, _ = table.newest_owned(OwnSharedCode, own_key(account), None, limit)
    return [str(one.owner_sk) for one in own]


def newest(phase: str, before: str | None, limit: int) -> tuple[list[str], str | None]:
    """One page of the ids of what owners share in a phase, newest first."""
    listed, following = table.newest_listed(SharedCode, list_key(phase), before, limit)
    return [str(one.list_sk) for one in listed], following


def most_liked(phase: str, before: str | None, limit: int) -> tuple[list[str], str | None]:
    """One page of the ids of what anybody likes in a phase, the most liked first."""
    liked, following = table.newest_owned(SharedCode, liked_key(phase), before, limit)
    return [str(one.owner_sk).partition("-")[2] for one in liked], following


def of_account_in_full(account: str, before: str | None, limit: int) -> tuple[list[OwnSharedCode], str | None]:
    """One page of the notes that an account shares something, newest first, and the cursor of the next."""
    return table.newest_owned(OwnSharedCode, own_key(account), before, limit)


def listing(write: Transaction, submission: Submission, is_public: bool, mates: Collection[str]) -> None:
    """Within a transaction: put a submission on the lists of shared code of its phase, of its owner and of the `mates` in
    their team, or take it off."""
    where = [SharedCode.list_pk.set(list_key(submission.phase)), SharedCode.list_sk.set(submission.id)]
    nowhere = [SharedCode.list_pk.remove(), SharedCode.list_sk.remove()]
    write.update(_counters(submission), actions=[*_being(submission), *(where if is_public else nowhere)])
    if is_public:
        owning(write, submission, submission.user)
        for mate in mates:
            write.save(_of_mate(submission.id, mate))
    else:
        for owned in (OwnSharedCode.at(submission.id), *(OwnSharedCode.at(submission.id, mate) for mate in mates)):
            write.delete(OwnSharedCode(*owned))


def owning(write: Transaction, submission: Submission, account: str) -> None:
    """Within a transaction: put a submission on the list of what an account shares."""
    where = [OwnSharedCode.owner_pk.set(own_key(account)), OwnSharedCode.owner_sk.set(submission.id)]
    actions: list[Action] = [OwnSharedCode.kind.set(OwnSharedCode), *where]
    write.update(OwnSharedCode(*OwnSharedCode.at(submission.id)), actions=actions)


def fill_in(submission: Submission, mates: Collection[str]) -> None:
    """Note whose a submission is that was shared before that was noted. Said twice it is noted once."""
    own = OwnSharedCode(*OwnSharedCode.at(submission.id), owner_pk=own_key(submission.user), owner_sk=submission.id)
    for one in (own, *(_of_mate(submission.id, mate) for mate in mates)):
        writes.put(one)


def succeed(note: OwnSharedCode, mate: str, account: str) -> None:
    """Note that the account into which a `mate`'s is merged shares something, in their place."""
    writes.put(_of_mate(str(note.owner_sk), account))
    writes.delete(OwnSharedCode(*OwnSharedCode.at(str(note.owner_sk), mate)))


def _of_mate(submission: str, mate: str) -> OwnSharedCode:
    return OwnSharedCode(*OwnSharedCode.at(submission, mate), owner_pk=own_key(mate), owner_sk=submission)


def like(submission: Submission, user: str, likes: bool) -> None:
    """Like a submission, or do so no more. What is so already stays. Raises Busy when very many do so at once."""
    reader = Reader(*Reader.at(submission.id, user))
    was: Condition = Reader.liked.does_not_exist() if likes else Reader.liked == True  # noqa: E712

    def compose(write: Transaction) -> None:
        liking: list[Action] = [Reader.kind.set(Reader), Reader.liked.set(True) if likes else Reader.liked.remove()]
        write.update(reader, actions=liking, condition=was)
        write.update(_counters(submission), actions=[*_being(submission), SharedCode.likes.add(1 if likes else -1)])
        write.condition_check(Submission, submission.pk, submission.sk, submissions.kept())

    if _once(compose):
        _place(submission)


def count_download(submission: Submission, user: str) -> None:
    """Count somebody's first download of a submission; a later one is counted no more. Raises Busy as `like`."""

    def compose(write: Transaction) -> None:
        first = Reader.downloaded.does_not_exist()
        actions: list[Action] = [Reader.kind.set(Reader), Reader.downloaded.set(True)]
        write.update(Reader(*Reader.at(submission.id, user)), actions=actions, condition=first)
        write.update(_counters(submission), actions=[*_being(submission), SharedCode.downloads.add(1)])
        write.condition_check(Submission, submission.pk, submission.sk, submissions.kept())

    _once(compose)


def forking(write: Transaction, source: Submission, fork: Submission) -> None:
    """Within a transaction: `fork` starts from `source`, on condition that this is shared as it was read.

    One with the same file shares it. Who starts from what is their own is not counted.
    """
    is_same = Submission.public == source.public if source.public is not None else Submission.public.does_not_exist()
    there = submissions.kept() & Submission.removed_at.does_not_exist() & is_same
    write.condition_check(Submission, source.pk, source.sk, there)
    if fork.competitor != source.competitor:
        write.update(_counters(source), actions=[*_being(source), SharedCode.forks.add(1)])
    if fork.object_key == source.object_key:
        shared_files.sharing(write, source.object_key, source.id, fork.id)


def forget(submission: str) -> None:
    """Remove all that was made of a submission. It is no error when there is nothing."""
    table.know_every_model()
    pk, last = OwnSharedCode.at(submission)
    writes.delete_many(patiently(lambda: list(table.Item.query(pk, table.Item.sk.between("READER#", f"{last}~")))))


def _once(compose: Composer) -> bool:
    """Write what holds once only. False when it was so already. Raises Busy."""
    try:
        writes.transact(compose)
    except ConditionFailed:
        return False
    return True


def _place(submission: Submission) -> None:
    """Put it among the liked ones by its likes. When somebody's like comes between, this is theirs to do."""
    (counters,) = table.read(SharedCode.at(submission.id))
    if counters is None:
        return
    place = f"{int(counters.likes):09d}-{submission.id}"
    where = [SharedCode.owner_pk.set(liked_key(submission.phase)), SharedCode.owner_sk.set(place)]
    nowhere = [SharedCode.owner_pk.remove(), SharedCode.owner_sk.remove()]
    with suppress(ConditionFailed):
        writes.update(counters, where if counters.likes else nowhere, SharedCode.likes == counters.likes)


def _counters(submission: Submission) -> SharedCode:
    return SharedCode(*SharedCode.at(submission.id))


def _being(submission: Submission) -> list[Action]:
    return [SharedCode.kind.set(SharedCode), SharedCode.phase.set(submission.phase)]
