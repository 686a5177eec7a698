"""Notes by mail about taking part: to who was let in or out, and to organizers of whom people wait for them."""

from datetime import datetime, timedelta

from chalicelib import ids
from chalicelib.domain.mail import notices
from chalicelib.domain.mail.letters import contact
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.writes import Composer

#: Organizers hear of those who wait so often at most, however many they are.
HOUR = timedelta(hours=1)
#: Letters on a day to one participant about what is decided, to and fro. What is decided then is told once, as the day ends.
MOST_A_DAY = 3


def of_decision(competition: Competition, participant: Participant, status: str, reason: str, now: datetime) -> list[Mail]:
    """The mail to somebody about whom organizers decide: none when another reason is all that it gives.

    Nobody is mailed who never asked to take part, nor more than some letters a day: the last word of that day is one more.
    """
    if participant.admitted or status in (participant.status, participants.PENDING):
        return []
    reply_to = contact(competition.settings.contact_email)
    letter = notices.decided(competition.called, competition.title, status, reason, reply_to)
    is_one_of_few = participants.decided_on(participant, now) < MOST_A_DAY
    id_ = ids.new(now) if is_one_of_few else f"decided-{now:%Y%m%d}-{competition.id}-{participant.user}"
    mail = outbox.to_account(id_, letter, participant.user, participant.username, now, participant.address)
    if not is_one_of_few:
        mail.wake_at(now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1))
    return [mail]


def of_application(competition: Competition, participant: Participant, now: datetime) -> Composer | None:
    """The writes that have organizers mailed, once an hour, that people wait; None for who needs not wait."""
    if participant.status != participants.PENDING:
        return None
    letter, begun = notices.applied(competition.called, competition.title), now.replace(minute=0, second=0, microsecond=0)
    mails = [
        outbox.to_account(f"applied-{begun:%Y%m%d%H}-{competition.id}-{user}", letter, user, name, now)
        for user, name in _organizers(competition).items()
    ]
    return lambda write: outbox.gathering(write, mails, begun + HOUR)


def _organizers(competition: Competition) -> dict[str, str]:
    """The names by which the user pool finds them: the owner's own; that of others is not read, and their id is one too."""
    owner = str(competition.owner_pk).partition("#")[2]
    return {user: competition.organizer if user == owner else user for user in sorted(competition.organizer_ids)}
