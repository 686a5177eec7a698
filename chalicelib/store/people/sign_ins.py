"""Sign-ins of accounts: when they signed out everywhere, which are gone, and which account an e-mail address has."""

from datetime import datetime, timedelta

from pynamodb.attributes import TTLAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import Place

#: Cognito makes no access token that lives longer; after that a sign-out has nothing to keep out.
LONGEST_SESSION = timedelta(days=1)


class SignOut(table.Item, discriminator="sign_out"):
    """The time when an account signed out everywhere, and the digest of the access token that it did so with."""

    signed_out_at = UTCDateTimeAttribute()
    digest = UnicodeAttribute()
    gone_at = TTLAttribute(attr_name="ttl")

    @classmethod
    def at(cls, account: str) -> Place["SignOut"]:
        """The place of an account's last sign-out."""
        return Place(cls, f"ACCOUNT#{account}", "SIGN_OUT")

    def ends(self, digest: str, issued_at: datetime | None) -> bool:
        """True for an access token that was there when the account signed out. Tokens say the second they are of."""
        return digest == self.digest or issued_at is None or issued_at < self.signed_out_at.replace(microsecond=0)


class Departure(table.Item, discriminator="departure"):
    """The note that an account is being removed, or merged into another: it is let in no more."""

    ordered_at = UTCDateTimeAttribute()
    gone_at = TTLAttribute(attr_name="ttl", null=True)

    @classmethod
    def at(cls, account: str) -> Place["Departure"]:
        """The place where it says that an account is gone, or going."""
        return Place(cls, f"ACCOUNT#{account}", "DEPARTURE")


class Address(table.Item, discriminator="address"):
    """The account that has an e-mail address. The address stands here as its digest."""

    account = UnicodeAttribute()
    username = UnicodeAttribute()

    @classmethod
    def at(cls, digest: str) -> Place["Address"]:
        """The place where it is noted whose an address is."""
        return Place(cls, f"ADDRESS#{digest}", "ADDRESS")


def sign_out(account: str, digest: str, now: datetime) -> None:
    """End every session that an account has now."""
    writes.put(SignOut(*SignOut.at(account), signed_out_at=now, digest=digest, gone_at=now + LONGEST_SESSION))


def claim(digest: str, account: str, username: str, former: str = "") -> Address | None:
    """Note whose an address is: None, or what another account has it by. What `former` has is given to the account."""
    address = Address(*Address.at(digest), account=account, username=username)
    try:
        writes.put(address, Address.pk.does_not_exist() | Address.account.is_in(account, former or account))
    except writes.ConditionFailed:
        (other,) = table.read(Address.at(digest))
        return other or address
    return None
