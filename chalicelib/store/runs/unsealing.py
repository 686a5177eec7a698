"""Results that organizers let out of sealed queues, as long as the runner that keeps it has not sent it."""

from collections.abc import Sequence

from pynamodb.attributes import UnicodeSetAttribute

from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Place


class UnsealingRequest(table.Item, discriminator="release"):
    """The submissions that a runner is to send. DynamoDB forgets a set that becomes empty."""

    submissions = UnicodeSetAttribute(null=True)

    @classmethod
    def at(cls, queue: str, runner: str) -> Place["UnsealingRequest"]:
        """The place where it is noted what a runner is to send."""
        return Place(cls, f"QUEUE#{queue}", f"RELEASE#{runner}")


def ask(queue: str, runner: str, submissions: set[str]) -> None:
    """The runner is to send what it keeps of these submissions. Asked twice it is asked once."""
    actions = [UnsealingRequest.kind.set(UnsealingRequest), UnsealingRequest.submissions.add(submissions)]
    writes.update(UnsealingRequest(*UnsealingRequest.at(queue, runner)), actions)


def of(request: UnsealingRequest | None) -> set[str]:
    """The submissions of a row that was looked for."""
    return set(request.submissions or ()) if request else set()


def forget(queue: str, runner: str, submission: str) -> None:
    """The runner has sent it, or has it no more."""
    writes.update(UnsealingRequest(*UnsealingRequest.at(queue, runner)), [UnsealingRequest.submissions.delete({submission})])


def note(submission: Submission, uploaded: Sequence[str]) -> None:
    """Note that what its attempt left is in the runs bucket now. Raises Conflict when the submission was run again
    meanwhile."""
    is_same = Submission.attempt == submission.attempt
    again = Conflict(say("run_again_meanwhile", "This submission was run again meanwhile."))
    writes.update(submission, [Submission.uploaded.set(list(uploaded))], is_same, otherwise=again)
