"""Files that several submissions have: those that went along into another phase have the file of the one before."""

from pynamodb.attributes import UnicodeSetAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Transaction


class SharedFile(table.Item, discriminator="shared_file"):
    """The submissions that have a file, by its object's key. Of a file that only one has there is none."""

    users = UnicodeSetAttribute(null=True)

    @classmethod
    def at(cls, object_key: str) -> Place["SharedFile"]:
        """The place where it is noted who has a file."""
        return Place(cls, f"FILE#{object_key}", "FILE")


def sharing(write: Transaction, object_key: str, *users: str) -> None:
    """Within a transaction: these submissions have the file."""
    actions: list[Action] = [SharedFile.kind.set(SharedFile), SharedFile.users.add(set(users))]
    write.update(SharedFile(*SharedFile.at(object_key)), actions=actions)


def leave(object_key: str, user: str) -> bool:
    """One submission has the file no more. True when others do."""
    (shared,) = table.read(SharedFile.at(object_key))
    if shared is None:
        return False
    writes.update(shared, [SharedFile.users.delete({user})])
    if shared.users:
        return True
    writes.delete(shared)
    return False
