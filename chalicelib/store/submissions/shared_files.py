"""Files that several submissions have: those that went along into another phase have the file of the one before."""

from pynamodb.attributes import UnicodeSetAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.store import table


class SharedFile(table.Item, discriminator="shared_file"):
    """Which submissions have a file, by its object's key. Of a file that only one has there is none."""

    users = UnicodeSetAttribute(null=True)


def key(object_key: str) -> table.Key:
    return f"FILE#{object_key}", "FILE"


def sharing(write: TransactWrite, object_key: str, *users: str) -> None:
    """Within a transaction: these submissions have the file."""
    actions = [SharedFile.kind.set(SharedFile), SharedFile.users.add(set(users))]
    write.update(SharedFile(*key(object_key)), actions=actions)


def leave(object_key: str, user: str) -> bool:
    """One submission has the file no more. True when others do."""
    item = SharedFile(*key(object_key))
    found = table.fetch(key(object_key)).get(key(object_key))
    if not isinstance(found, SharedFile):
        return False
    item.update(actions=[SharedFile.users.delete({user})])
    if item.users:
        return True
    item.delete()
    return False
