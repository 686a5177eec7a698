"""Tries: how often anybody may ask for what costs others something, by account, by network address, or by both (ADR 36)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from chalicelib import ids, settings
from chalicelib.aws import accounts
from chalicelib.domain.people import challenges
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError, Challenge, QuotaExceeded, say
from chalicelib.store import writes
from chalicelib.store.people import buckets
from chalicelib.store.people.buckets import Bucket, Refill
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer

#: Of one account, from one address.
GUESSES = Refill(10, timedelta(minutes=1))
MAILS = Refill(5, timedelta(minutes=5))
#: From one address, whoever asks: a whole university may be behind it. Right guesses are given back.
WRONG_GUESSES = Refill(
    300,
    timedelta(seconds=10),
    say("guesses_of_network", "Too many wrong passwords and codes came from your network address."),
)
SIGN_UPS = Refill(
    300, timedelta(seconds=10), say("accounts_of_network", "Too many accounts were made from your network address.")
)
#: By one account, to all its competitions: a thousand a day.
INVITATIONS = Refill(
    1000, timedelta(days=1) / 1000, say("invitations_sent", "You may send 1,000 invitations to competitions a day.")
)

#: Of one challenge, while it is good.
_SOLUTIONS = Refill(1, challenges.LIFE)


@contextmanager
def guess(username: str, origin: str, solution: str | None, now: datetime) -> Iterator[None]:
    """Count a guess of a password or of a code; a right one forgets those before. Raises QuotaExceeded, with a challenge."""
    both, address = _both("guess", username, origin), _address("guess", origin)
    asked = {both: GUESSES} | ({address: WRONG_GUESSES} if address else {})
    taken = _take_or_challenge(asked, both, solution, now)
    yield
    buckets.fill(both)
    if address:
        buckets.give_back(taken[address], WRONG_GUESSES)


def mail(username: str, origin: str, now: datetime) -> None:
    """Count a mail that somebody asks for. Raises QuotaExceeded."""
    buckets.take(_both("mail", username, origin), MAILS, now)


def sign_up(username: str, origin: str, solution: str | None, now: datetime) -> None:
    """Count a new account. Raises QuotaExceeded, with a challenge."""
    if address := _address("sign up", origin):
        _take_or_challenge({address: SIGN_UPS}, _both("sign up", username, origin), solution, now)


def mailbox(email: str, origin: str, now: datetime) -> None:
    """Count the mail that is sent for a new account: nobody's mailbox is buried by accounts in its name.

    Raises QuotaExceeded.
    """
    buckets.take(_both("sign up of", email, origin), MAILS, now)


def invite(account: str, number: int, now: datetime) -> None:
    """Count invitations that an account, by its id, sends at once. Raises QuotaExceeded."""
    if number:
        buckets.take(ids.digest(f"invite {account}"), INVITATIONS, now, number)


def place_of_imports(account: Account) -> Place[Bucket]:
    """The place where it stands how many competitions an account has imported and copied lately."""
    return Bucket.at(_importing(account))


def check_may_import(account: Account, seen: Bucket | None, now: datetime) -> None:
    """Refuse who has imported and copied too many competitions, by what was `seen`. Raises QuotaExceeded."""
    if not account.is_admin:
        buckets.fuller(seen, _importing(account), _imports(), now)


def import_(
    account: Account, seen: Bucket | None, now: datetime, others: Composer, otherwise: AgonError | None = None
) -> None:
    """Count a competition that an account imports, replaces by a bundle or copies, in the transaction of `others`, by what
    was `seen`: one call. Administrators are not counted.

    Raises QuotaExceeded, Conflict, and `otherwise` for a condition of the others.
    """
    if account.is_admin:
        writes.transact(others, otherwise=otherwise)
    else:
        buckets.take_along(seen, _importing(account), _imports(), now, others, otherwise)


def _importing(account: Account) -> str:
    return ids.digest(f"import {account.id}")


def _imports() -> Refill:
    number = settings.get().imports_per_day
    return Refill(
        number,
        timedelta(days=1) / number,
        say("imports_a_day", "You may import and copy {number:,} competitions a day.", number=number),
    )


def _take_or_challenge(asked: Mapping[str, Refill], who: str, solution: str | None, now: datetime) -> dict[str, str]:
    """Take one try of each bucket: which was taken for which. Raises QuotaExceeded with a challenge.

    Who has solved one takes from others of the same sizes, which nobody empties without work, and is challenged no more.
    """
    if solution is not None and _is_worked(solution, who, now):
        worked = {bucket: ids.digest(f"worked {bucket}") for bucket in asked}
        for bucket, refill in asked.items():
            buckets.take(worked[bucket], refill, now)
        return worked
    try:
        for bucket, refill in asked.items():
            buckets.take(bucket, refill, now)
    except QuotaExceeded as error:
        made = challenges.make(_key(), who, ids.secret(), now)
        challenge = Challenge(made, challenges.BITS)
        raise QuotaExceeded(error.detail, error.next_attempt_at, challenge=challenge) from error
    return {bucket: bucket for bucket in asked}


def _is_worked(solution: str, who: str, now: datetime) -> bool:
    """True for the solution of a challenge that `who` was given lately, when it is shown first."""
    challenge, _, number = solution.partition(":")
    # Whose challenge it is costs one hash to see; only then is the table asked.
    if not (challenges.is_ours(_key(), who, challenge, now) and challenges.is_solved(challenge, number)):
        return False
    try:
        buckets.take(ids.digest(f"solution {challenge}"), _SOLUTIONS, now)
    except QuotaExceeded:
        return False
    return True


def _key() -> bytes:
    return accounts.key_of("challenges")


def _both(what: str, username: str, origin: str) -> str:
    return ids.digest(f"{what} {username.lower()} {_network(origin)}")


def _address(what: str, origin: str) -> str | None:
    """The bucket of an address alone. None without one, which API Gateway always tells: it would be everybody's."""
    return ids.digest(f"{what} from {_network(origin)}") if origin else None


def _network(origin: str) -> str:
    """Whose address it is: of IPv6 a single line has 2^64 at least, so they count as one."""
    try:
        address = ip_address(origin)
    except ValueError:
        return origin
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
