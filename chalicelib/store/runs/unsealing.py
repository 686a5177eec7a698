"""What organizers let out of sealed queues, as long as the runner that keeps it has not sent it."""

from collections.abc import Sequence

from pynamodb.attributes import UnicodeSetAttribute
from pynamodb.exceptions import UpdateError

from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.submissions.submissions import Submission


class Release(table.Item, discriminator="release"):
    """The submissions that a runner is to send. DynamoDB forgets a set that becomes empty."""

    submissions = UnicodeSetAttribute(null=True)


def key(queue: str, runner: str) -> table.Key:
    return f"QUEUE#{queue}", f"RELEASE#{runner}"


def ask(queue: str, runner: str, submissions: set[str]) -> None:
    """The runner is to send what it keeps of these submissions. Asked twice it is asked once."""
    actions = [Release.kind.set(Release), Release.submissions.add(submissions)]
    Release(*key(queue, runner)).update(actions=actions)


def of(item: table.Item | None) -> set[str]:
    """The submissions of a row that was looked for."""
    return set(item.submissions or ()) if isinstance(item, Release) else set()


def forget(queue: str, runner: str, submission: str) -> None:
    """The runner has sent it, or has it no more."""
    Release(*key(queue, runner)).update(actions=[Release.submissions.delete({submission})])


def note(submission: Submission, uploaded: Sequence[str]) -> None:
    """What its attempt left is in the runs bucket now. Raises Conflict when the submission was run again meanwhile."""
    try:
        submission.update(
            actions=[Submission.uploaded.set(list(uploaded))], condition=Submission.attempt == submission.attempt
        )
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        raise Conflict("This submission was run again meanwhile.") from error
